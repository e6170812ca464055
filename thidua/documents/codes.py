"""The code that stands on a paper: how it is drawn, written, read back, and where it leads."""

import re
import secrets
from collections.abc import Iterator

from django.conf import settings

# Neither 0 and O nor 1, I and L: they are mixed up when read from paper. 31^10 is 8 · 10^14.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH, HALF = 10, 5
_SHOWN = re.compile(rf"(?<![0-9A-Za-z])([{LETTERS}]{{5}})-([{LETTERS}]{{5}})(?![0-9A-Za-z])")
_WHOLE = re.compile(rf"[{LETTERS}]{{{LENGTH}}}")
_BETWEEN = re.compile(r"[\s\-‐‑–—.]+")


def new_code() -> str:
    """Return a code that nobody can guess: 10 letters and digits, as the database keeps it."""
    return "".join(secrets.choice(LETTERS) for _n in range(LENGTH))


def shown(code: str) -> str:
    """Return the code as papers and pages write it: XXXXX-XXXXX."""
    return f"{code[:HALF]}-{code[HALF:]}" if code else ""


def read_code(typed: str) -> str:
    """Return the code that somebody typed, however they set it; "" where it is none."""
    bare = _BETWEEN.sub("", typed.strip()).upper()
    return bare if _WHOLE.fullmatch(bare) else ""


def codes_in(text: str) -> Iterator[str]:
    """Yield the codes that stand in ``text`` as papers write them, each once, in their order."""
    seen = set()
    for first, second in _SHOWN.findall(text):
        if (code := first + second) not in seen:
            seen.add(code)
            yield code


def address_of(code: str) -> str:
    """Return the public address that a paper's QR leads to."""
    return f"{settings.PUBLIC_URL}/kiem-tra/{shown(code)}/"
