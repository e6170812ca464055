"""Read a PDF that anybody may have made: in a process of its own, with limits, or not at all.

`read_pdf` gives words with their places, sizes and fonts, level rules and pictures, for the check
of a layout; `read_text` the text alone, which is some five times faster. Points (1/72 inch), from
the top left corner of the page. Nothing is kept and nothing of the file is run.
"""

import itertools
import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Any, Literal

from thidua.typesetting import _pdf_child

MM = 72 / 25.4  # points in a millimetre
MEGABYTE = 1024 * 1024
HEAD = 1024  # a PDF's first line stands within this (ISO 32000-1, Annex H, note 13)
EXITS = {
    _pdf_child.ENCRYPTED: "encrypted",
    _pdf_child.DAMAGED: "damaged",
    _pdf_child.TOO_MANY_PAGES: "too_many_pages",
    _pdf_child.TOO_HEAVY: "too_heavy",
}
HANDED_ON = ("LD_LIBRARY_PATH", "PATH", "SYSTEMROOT")
SUBSET = re.compile(r"^[A-Z]{6}\+")
STYLE = re.compile(r"(PS)?([-, ]?(Bold|Italic|Oblique|Regular|Normal))*(MT|PSMT)?$")
HANGING = ",.;:-–…”"
SAME_LINE = 2.0  # points between baselines that are one line

Reason = Literal[
    "empty",  # 0 bytes
    "too_big",  # more bytes than allowed: not opened
    "not_pdf",  # does not begin as a PDF, whatever its name
    "encrypted",  # opens with a password only
    "damaged",
    "too_many_pages",
    "too_slow",
    "too_heavy",  # needs more memory than allowed (a decompression bomb), or broke the reader
]


class Unreadable(Exception):
    """A PDF that cannot be read. ``reason`` says why; whoever asked makes the sentence."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True)
class Limits:
    """What reading may take: bytes of the file, pages, letters, seconds, memory in megabytes."""

    size: int = 50 * MEGABYTE
    pages: int = 500
    letters: int = 2_000_000
    seconds: int = 20
    megabytes: int = 768


@dataclass(frozen=True)
class Font:
    """A font as the file names it, with its style, and whether its letters lie in the file."""

    name: str
    is_embedded: bool
    is_bold: bool
    is_italic: bool

    @property
    def family(self) -> str:
        """Name without subset mark and style: "TimesNewRoman", "LiberationSerif"."""
        return STYLE.sub("", SUBSET.sub("", self.name)).replace(" ", "")


@dataclass(frozen=True)
class Word:
    """Letters without a space between them, on one baseline ``y``, in one font and size."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    font: Font


@dataclass(frozen=True)
class Row:
    """Words on one baseline that belong together: two columns beside each other are two rows."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """Its words; a word in two fonts is one."""
        parts = [self.words[0].text]
        for before, word in zip(self.words, self.words[1:], strict=False):
            gap = " " if word.x0 - before.x1 > 0.1 * word.size else ""
            parts.append(gap + word.text)
        return "".join(parts)

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.words[-1].x1

    @property
    def y(self) -> float:
        """Its baseline."""
        return self.words[0].y

    @cached_property
    def size(self) -> float:
        """The size of most of its letters."""
        return self._most(lambda word: word.size)

    @cached_property
    def is_bold(self) -> bool:
        """Whether most of its letters are."""
        return self._most(lambda word: word.font.is_bold)

    @cached_property
    def is_italic(self) -> bool:
        """Whether most of its letters are."""
        return self._most(lambda word: word.font.is_italic)

    @property
    def edge(self) -> float:
        """Where it ends, but for a sign that hangs in the margin as good setters let it."""
        return self.x1 - (0.25 * self.size if self.text[-1] in HANGING else 0.0)

    @property
    def middle(self) -> float:
        """Half way between its ends."""
        return (self.x0 + self.x1) / 2

    def _most(self, trait: Any) -> Any:
        counts: dict[Any, int] = {}
        for word in self.words:
            counts[trait(word)] = counts.get(trait(word), 0) + len(word.text)
        return max(counts, key=lambda key: counts[key])


@dataclass(frozen=True)
class Rule:
    """A level line or thin bar; or, as a picture, any box."""

    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """One page: ``width`` and ``height`` in points, what is on it, its text in reading order."""

    width: float
    height: float
    words: list[Word]
    rules: list[Rule]
    pictures: list[Rule]
    text: str

    @cached_property
    def rows(self) -> list[Row]:
        """Words gathered into rows, from the top; a wide gap parts a line into two rows."""
        ordered = sorted(self.words, key=lambda word: (word.y, word.x0))
        lines: list[list[Word]] = []
        for word in ordered:
            if lines and word.y - lines[-1][0].y < SAME_LINE:
                lines[-1].append(word)
            else:
                lines.append([word])
        return [Row(row) for line in lines for row in _parted(line)]


@dataclass(frozen=True)
class Read:
    """All pages of a PDF."""

    pages: list[Page]
    fonts: list[Font]

    @property
    def text(self) -> str:
        """The text of all pages."""
        return "\n".join(page.text for page in self.pages)

    @property
    def has_text(self) -> bool:
        """Whether there is a text layer at all: a scan has none."""
        return any(page.words for page in self.pages)


def _parted(line: list[Word]) -> list[tuple[Word, ...]]:
    """Part a line where two columns meet: at a gap that stands out among those of the line."""
    line.sort(key=lambda word: word.x0)
    gaps = [word.x0 - before.x1 for before, word in itertools.pairwise(line)]
    usual = median(gap for gap in gaps if gap > 0.5) if any(gap > 0.5 for gap in gaps) else 0.0
    rows = [[line[0]]]
    for gap, word in zip(gaps, line[1:], strict=True):
        # What a list begins with ("1.", "a)", "-") belongs to the words after it.
        is_sign = len(rows[-1]) == 1 and len(rows[-1][0].text) <= 3
        is_wide = gap > 0.8 * word.size and (gap > 2.2 * usual or gap > 3 * word.size)
        if is_wide and not (is_sign and gap < 3 * word.size):
            rows.append([word])
        else:
            rows[-1].append(word)
    return [tuple(row) for row in rows]


def read_pdf(path: str | Path, limits: Limits | None = None) -> Read:
    """Return all that stands in the PDF at ``path``. Raises `Unreadable` with its reason."""
    return read_of(_child(Path(path), "layout", limits or Limits()))


def read_of(found: dict[str, Any]) -> Read:
    """Return what the child process told, with names."""
    fonts = [Font(*font) for font in found["fonts"]]
    return Read([_page(page, fonts) for page in found["pages"]], fonts)


def read_text(path: str | Path, limits: Limits | None = None) -> list[str]:
    """Return the text of each page of the PDF at ``path``. Raises `Unreadable` with its reason.

    All pages empty means that there is no text layer (a scan).
    """
    found = _child(Path(path), "text", limits or Limits())
    return [page["text"] for page in found["pages"]]


def _page(data: dict[str, Any], fonts: list[Font]) -> Page:
    return Page(
        data["width"],
        data["height"],
        [
            Word(text, x0, x1, y, size, fonts[font])
            for text, x0, x1, y, size, font in data["pieces"]
        ],
        [Rule(*rule) for rule in data["rules"]],
        [Rule(*picture) for picture in data["pictures"]],
        data["text"],
    )


def _child(path: Path, mode: str, limits: Limits) -> dict[str, Any]:
    _refuse_unopened(path, limits)
    numbers = (limits.megabytes, limits.seconds, limits.pages, limits.letters)
    # -I: neither the folder we stand in nor anybody's variables; secrets stay with us.
    command = [sys.executable, "-I", _pdf_child.__file__, str(path.absolute()), mode]
    handed_on = {name: os.environ[name] for name in HANDED_ON if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  (our own program, and a path that we made)
            [*command, *map(str, numbers)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=2 * limits.seconds + 5,
            env=handed_on,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Unreadable("too_slow") from late
    if done.returncode == 0:
        found: dict[str, Any] = json.loads(done.stdout)
        return found
    raise Unreadable(_reason_of(done.returncode))


def _refuse_unopened(path: Path, limits: Limits) -> None:
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("empty")
    if size > limits.size:
        raise Unreadable("too_big")
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(HEAD):
            raise Unreadable("not_pdf")


def _reason_of(code: int) -> Reason:
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "too_slow"
    # Any other signal is PDFium giving up for want of memory, or broken by what it read.
    return EXITS.get(code, "too_heavy")  # type: ignore[return-value]
