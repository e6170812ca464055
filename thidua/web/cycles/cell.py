"""One cell of a board of duties, whichever app's duty it tells of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """One duty of one member: a word, its kind for the eye, where it opens, a short note."""

    word: str
    kind: str
    url: str
    note: str = ""
    is_missing: bool = False
