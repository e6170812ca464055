"""`make lock`: write requirements/*.txt, pinned and hashed, from requirements/*.in."""

import subprocess
import sys

from scripts.checks import ROOT
from scripts.environment import PYTHON, prepare
from scripts.package_index import uv_environment

COMPILE = [
    *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"),
    *("--only-binary", ":all:", "--custom-compile-command", "make lock"),
]


def main(extra: list[str]) -> None:
    """Compile the three files; ``extra`` goes to uv, such as --upgrade."""
    prepare("dev")
    for name in ("installer", "base", "dev"):
        files = ["--output-file", f"requirements/{name}.txt", f"requirements/{name}.in"]
        command = [str(PYTHON), "-m", *COMPILE, *extra, *files]
        environment = uv_environment(PYTHON)
        subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
