"""Where packages come from: whatever pip is set up with on this machine, told to uv as well."""

import ast
import os
import re
import subprocess
from pathlib import Path

# pip's word for a setting → uv's variable. An address stands in neither table nor file of ours.
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "timeout": "UV_HTTP_TIMEOUT",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}
# The environment outweighs a command's section, and that the section for all commands.
SECTIONS = (":env:", "install", "global")
LINE = re.compile(r"^(:env:|[a-z]+)\.([a-z-]+)=(.+)$")


def uv_environment(python: Path) -> dict[str, str]:
    """Return the environment for uv, given the ``python`` whose pip is asked for its settings."""
    listing = subprocess.run(
        [python, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    environment = {
        # Hashes say which file is meant, so it does not matter which index offers it.
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_PYTHON_DOWNLOADS": "never",
        **translate(listing),
    }
    return {**environment, **os.environ}


def translate(listing: str) -> dict[str, str]:
    """Return uv's variables for what `pip config list` printed."""
    found = [match.groups() for line in listing.splitlines() if (match := LINE.match(line))]
    variables: dict[str, str] = {}
    for section in SECTIONS:
        for here, name, written in found:
            if here == section and name in UV_NAMES:
                value = " ".join(str(ast.literal_eval(written)).split())
                # uv takes a comma between folders where pip takes a space.
                value = value.replace(" ", ",") if name == "find-links" else value
                variables.setdefault(UV_NAMES[name], value)
    return variables
