"""What happens to letters on their way to paper: composed, controls dropped, long words let break.

Nothing visible is lost here. What a family of letters cannot show is another matter: `fonts`.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")
# A word that is wider than its place may break at these; they are never printed.
BREAK = "\u200b"
_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]|\v|\f")
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Widths in shares of the size, as Times has them; a little more than true where in doubt.
_NARROW, _BROAD = frozenset("iljtfrI.,;:|!()[]-/' "), frozenset("mwMW@%…—")


def clean(text: str) -> str:
    """Return ``text`` composed (NFC), lines ended by one sign, without what has no shape at all."""
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text).replace("\t", " "))
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    text = _SELECTORS.sub("", text)
    return "".join(
        letter
        for letter in text
        if letter == "\n" or unicodedata.category(letter) not in _INVISIBLE
    )


def mapped(thing: T, change: Callable[[str], str]) -> T:
    """Return a dataclass like ``thing`` with ``change`` done to every string in it."""
    result: T = _mapped(thing, change)
    return result


def _mapped(thing: Any, change: Callable[[str], str]) -> Any:
    if isinstance(thing, str):
        return change(thing)
    if isinstance(thing, list | tuple):
        return type(thing)(_mapped(one, change) for one in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        names = [one.name for one in fields(thing)]
        return replace(thing, **{name: _mapped(getattr(thing, name), change) for name in names})
    return thing


def let_break(text: str, width: float, size: float) -> str:
    """Return ``text`` with `BREAK` between the letters of words that ``width`` points can't hold.

    ``size`` is the letters' size in points.
    """
    most = width / size
    if len(text) * 0.3 <= most:
        return text
    return re.sub(r"\S+", lambda word: _broken(word.group(), most), text)


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how many points ``text`` is wide in Times of ``size`` points."""
    return sum(map(_share, text)) * size * (0.94 if bold else 0.88)


def _broken(word: str, most: float) -> str:
    if len(word) <= most or sum(map(_share, word)) <= most:
        return word
    return BREAK.join(word)


def _share(letter: str) -> float:
    if letter in _NARROW:
        return 0.34
    if letter in _BROAD:
        return 1.0
    return 0.75 if letter.isupper() else 0.52
