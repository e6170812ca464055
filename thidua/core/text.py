"""Vietnamese text: one normal form, folding for search, a key for sorting, plain abbreviations."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import cache

# What officers write short, folded on both sides so that either form finds the other.
ABBREVIATIONS = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "ubmt": "uy ban mat tran",
    "ubmttq": "uy ban mat tran to quoc",
    "ubmttqvn": "uy ban mat tran to quoc viet nam",
    "mttq": "mat tran to quoc",
    "mttqvn": "mat tran to quoc viet nam",
    "ldld": "lien doan lao dong",
    "ccb": "cuu chien binh",
    "lhpn": "lien hiep phu nu",
    "tncs": "thanh nien cong san",
    "tnxp": "thanh nien xung phong",
    "hcm": "ho chi minh",
    "tp": "thanh pho",
    "tphcm": "thanh pho ho chi minh",
    "tw": "trung uong",
    "xh": "xa hoi",
    "tdkt": "thi dua khen thuong",
    "cddc": "chat doc da cam",
    "xh-nn": "xa hoi nghe nghiep",
    "ntm": "nong thon moi",
    "cchc": "cai cach hanh chinh",
    "ptttd": "phong trao thi dua",
    "ptttdyn": "phong trao thi dua yeu nuoc",
}
_SPACES = re.compile(r"\s+")
_CONTROL = {c: None for c in range(32) if c not in (9, 10, 13)} | {0x7F: None, 0xFEFF: None}

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the dictionary's order


class _Bare(dict[int, str | None]):
    """What each sign of decomposed text becomes when folded; reckoned once for each sign."""

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        if unicodedata.combining(sign):
            told = None
        else:
            small = sign.replace("đ", "d").replace("Đ", "d").lower()
            told = small if _WORD.fullmatch(small) else " "
        self[code] = told
        return told


_WORD = re.compile(r"[0-9a-z-]+")
_BARE = _Bare()


def nfc(text: str) -> str:
    """Return ``text`` composed (NFC), line ends as LF, without control characters."""
    composed = unicodedata.normalize("NFC", text).translate(_CONTROL)
    return composed.replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """Return ``text`` in NFC with every run of white space as one blank, ends trimmed."""
    return _SPACES.sub(" ", nfc(text)).strip()


def fold(text: str) -> str:
    """Return ``text`` for search: no marks, no case, đ as d, known abbreviations written out."""
    words = unicodedata.normalize("NFD", text).translate(_BARE).split()
    spelled = " ".join(ABBREVIATIONS.get(word, word) for word in words)
    return " ".join(spelled.replace("-", " ").split())


def sort_key(text: str) -> str:
    """Return a key that sorts by the Vietnamese alphabet: letters first, then tones, then case.

    The key is made of digits alone, two for each letter, so that every collation of either
    database orders it alike. The tones come after all letters: they decide only between words
    whose letters are the same.
    """
    weights = [_weights(char) for char in one_line(text)]
    return "".join(
        [*(place for place, _tone in weights), "00", *(tone for _place, tone in weights)]
    )


@cache
def _weights(char: str) -> tuple[str, str]:
    """Return the two digits of a sign's letter, and the two of its tone and case."""
    parts = unicodedata.normalize("NFD", char)
    tone = next((mark for mark in parts[1:] if mark in _TONES), "")
    base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES)).lower()
    rank = 2 * (_TONES.index(tone) + 1 if tone else 0) + char.isupper()
    return f"{_place(base):02d}", f"{rank:02d}"


def _place(letter: str) -> int:
    """Return where a letter stands: a blank first, then signs, digits, the alphabet."""
    if letter == " ":
        return 1
    if letter.isascii() and letter.isdigit():
        return 3 + int(letter)
    return 13 + _LETTERS.index(letter) if letter and letter in _LETTERS else 2


def day_text(day: date) -> str:
    """Return a day as every page writes it: "3/9/2026"."""
    return f"{day.day}/{day.month}/{day.year}"


def join_names(names: Sequence[str], last: str) -> str:
    """Return "A, B và C" for the names, with ``last`` (the word for "and") before the last."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
