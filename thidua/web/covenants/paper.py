"""The covenant's exact text as set paper: what each line is, and not a letter changed."""

from collections.abc import Iterator
from typing import NamedTuple

PARTIES_HEADING = "CÁC ĐƠN VỊ THAM GIA GIAO ƯỚC"
ANNEX_HEADING = "PHỤ LỤC: CHỈ TIÊU CÁC ĐƠN VỊ ĐĂNG KÝ"


class Line(NamedTuple):
    """One line of the text: what it is, its words as they stand, and in which part it stands.

    Part 0 is the title, part 1 what comes before the first heading.
    Kinds: title, of, party_heading, party, clause_heading, annex_heading, unit_heading, paragraph.
    """

    kind: str
    text: str
    part: int


def paper_lines(text: str) -> list[Line]:
    """Return the lines of ``text`` that are not blank, each with its kind, grouped in parts.

    ``text`` is `version.text` or `covenant_text(covenant).as_text()`. Joined again, the lines
    are the text without its blank lines, letter for letter, whatever stands in it.
    """
    lines: list[Line] = []
    where, clause, part = "head", 0, 0
    for block in _blocks(text):
        first = _kind_of_first(block[0], where, clause + 1)
        rest = "paragraph"
        if not lines:
            first, rest = "title", "of"
        elif first == "party_heading":
            where, rest = "parties", "party"
        elif first == "annex_heading":
            where = "annex"
        clause += first == "clause_heading"
        part += bool(lines) and (part == 0 or first.endswith("_heading"))
        lines += [Line(rest if n else first, line, part) for n, line in enumerate(block)]
    return lines


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield the runs of lines between blank ones."""
    block: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def _kind_of_first(line: str, where: str, next_clause: int) -> str:
    if where == "head":
        return "party_heading" if line == PARTIES_HEADING else "paragraph"
    if line == ANNEX_HEADING:
        return "annex_heading"
    if where == "annex":
        return "unit_heading"
    return "clause_heading" if line.startswith(f"{next_clause}. ") else "paragraph"
