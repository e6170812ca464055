"""How papers write days and lists, and how typed lines become blocks of a paper.

Papers are Vietnamese whatever language the reader's pages are in, so nothing here is translated.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from thidua.typesetting.official import Block, Heading, HeadingLevel, Items, Paragraph

TO_WRITE = "…"  # where a text is still to be written
_ITEM = re.compile(r"(?:[-+*•]|[a-zđ]\)|\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s+\S")
_HEADINGS: tuple[tuple[HeadingLevel, re.Pattern[str]], ...] = (
    ("chapter", re.compile(r"(?:Chương|CHƯƠNG|Phần|PHẦN)\s+[IVXLC\d]+\b")),
    ("section", re.compile(r"(?:Mục|MỤC|Tiểu mục)\s+[IVXLC\d]+\b")),
    ("article", re.compile(r"(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\s*[.:]")),
)


def day_words(day: date) -> str:
    """Return a day as papers write it: "ngày 05 tháng 02 năm 2026".

    Days under 10 and the months 1 and 2 have a leading 0 (NĐ 30/2020, Phụ lục I).
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def day_short(day: date | None) -> str:
    """Return a day as tables write it: "05/02/2026"; "" for none."""
    return "" if day is None else f"{day.day:02d}/{day.month:02d}/{day.year}"


def count_words(number: int) -> str:
    """Return a small number as papers count: "06", "12"."""
    return f"{number:02d}"


def lines_of(text: str) -> list[str]:
    """Return the lines of a typed text, trimmed, without the empty ones."""
    return [line for line in (line.strip() for line in text.split("\n")) if line]


def paragraphs(text: str, empty: str = "") -> list[Block]:
    """Return a typed text as blocks: lines with a sign of their own ("- ", "a) ", "1. ") as items.

    ``empty`` is what an empty text says; "" leaves nothing.
    """
    return _blocks(lines_of(text) or lines_of(empty))


def articles(text: str) -> list[Block]:
    """Return the text of a quy chế as blocks: Chương, Mục, Điều by how their lines begin.

    A line in capitals after "Chương …" alone is its name and stands under it.
    """
    found: list[Block] = []
    rest: list[str] = []
    lines = lines_of(text)
    while lines:
        line = lines.pop(0)
        level = _level(line)
        if level is None:
            rest.append(line)
            continue
        found += _blocks(rest)
        rest = []
        if level != "article" and lines and lines[0].isupper() and not _level(lines[0]):
            line = f"{line}\n{lines.pop(0)}"
        found.append(Heading(line, level))
    return found + _blocks(rest)


def numbered(lines: Iterable[str]) -> Items:
    """Return lines as khoản: "1. …", "2. …"."""
    return Items([f"{number}. {line}" for number, line in enumerate(lines, 1)])


def dashed(lines: Iterable[str]) -> Items:
    """Return lines with a dash before each."""
    return Items([f"- {line}" for line in lines])


def ended(lines: Sequence[str]) -> list[str]:
    """Return the lines of a list, each ending with ";" and the last with "."."""
    return [f"{line}{'.' if n == len(lines) else ';'}" for n, line in enumerate(lines, 1)]


def _level(line: str) -> HeadingLevel | None:
    return next((level for level, form in _HEADINGS if form.match(line)), None)


def _blocks(lines: Iterable[str]) -> list[Block]:
    """Return lines as paragraphs, those with a sign of their own gathered as items."""
    found: list[Block] = []
    for line in lines:
        if not _ITEM.match(line):
            found.append(Paragraph(line))
        elif found and isinstance(found[-1], Items):
            found[-1].items.append(line)
        else:
            found.append(Items([line]))
    return found


def record_name(kind: str, year: int, whose: str) -> str:
    """Return "Báo cáo tổng kết năm 2026 của Hội A" for "báo cáo tổng kết năm"."""
    name = kind.removesuffix(" năm")
    return f"{name[:1].upper()}{name[1:]} năm {year} của {whose}"
