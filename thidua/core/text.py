"""Vietnamese text: one normal form, folding for search, a key for sorting, plain abbreviations."""

import re
import unicodedata
from collections.abc import Sequence

# What officers write short, folded on both sides so that either form finds the other.
ABBREVIATIONS = {
    "ubnd": "uy ban nhan dan",
    "ubmttq": "uy ban mat tran to quoc",
    "mttq": "mat tran to quoc",
    "mttqvn": "mat tran to quoc viet nam",
    "ldld": "lien doan lao dong",
    "ccb": "cuu chien binh",
    "lhpn": "lien hiep phu nu",
    "tncs": "thanh nien cong san",
    "hcm": "ho chi minh",
    "tdkt": "thi dua khen thuong",
    "cddc": "chat doc da cam",
    "xh-nn": "xa hoi nghe nghiep",
    "ntm": "nong thon moi",
    "cchc": "cai cach hanh chinh",
    "ptttd": "phong trao thi dua",
    "ptttdyn": "phong trao thi dua yeu nuoc",
}
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^0-9a-z-]+")
_CONTROL = {c: None for c in range(32) if c not in (9, 10, 13)} | {0x7F: None, 0xFEFF: None}

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the dictionary's order


def nfc(text: str) -> str:
    """Return ``text`` composed (NFC), line ends as LF, without control characters."""
    composed = unicodedata.normalize("NFC", text).translate(_CONTROL)
    return composed.replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """Return ``text`` in NFC with every run of white space as one blank, ends trimmed."""
    return _SPACES.sub(" ", nfc(text)).strip()


def fold(text: str) -> str:
    """Return ``text`` for search: no marks, no case, đ as d, known abbreviations written out."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    words = _NOT_WORD.sub(" ", bare.replace("đ", "d").replace("Đ", "d").lower()).split()
    spelled = " ".join(ABBREVIATIONS.get(word, word) for word in words)
    return _SPACES.sub(" ", spelled.replace("-", " ")).strip()


def sort_key(text: str) -> str:
    """Return a key that sorts by the Vietnamese alphabet: letters first, then tones, then case.

    Each letter becomes a character whose code point follows the alphabet; the tones come
    after all letters, so they decide only between words whose letters are the same.
    """
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in parts[1:] if mark in _TONES), "")
        base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES)).lower()
        if base in _LETTERS:
            letters.append(chr(0x100 + _LETTERS.index(base)))
        elif base.isdigit():
            letters.append(base)
        else:
            letters.append(" ")
        tones.append(str(_TONES.index(tone) + 1 if tone else 0) + ("u" if char.isupper() else "l"))
    return _SPACES.sub(" ", "".join(letters)).strip() + "\t" + "".join(tones)


def join_names(names: Sequence[str], last: str) -> str:
    """Return "A, B và C" for the names, with ``last`` (the word for "and") before the last."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
