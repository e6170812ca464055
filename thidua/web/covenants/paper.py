"""The covenant's exact text as set paper: what each line is, and not a letter changed."""

import re
from collections.abc import Iterator
from typing import NamedTuple

PARTIES_HEADING = "CÁC ĐƠN VỊ THAM GIA GIAO ƯỚC"
ANNEX_HEADING = "PHỤ LỤC: CHỈ TIÊU CÁC ĐƠN VỊ ĐĂNG KÝ"
_NUMBERED = re.compile(r"(\d+)\. ")


class Line(NamedTuple):
    """One line of the text: what it is, its words as they stand, and in which part it stands.

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
    part, lines = 0, []
    for kind, line in _kinds(text.split("\n")):
        part += kind.endswith("_heading")
        lines.append(Line(kind, line, part))
    return lines


def _kinds(texts: list[str]) -> Iterator[tuple[str, str]]:
    where, clause, after_blank = "head", 0, True
    for number, line in enumerate(texts):
        if not line.strip():
            after_blank = True
            continue
        kind = "paragraph"
        if where == "head" and number < 2:
            kind = "of" if number else "title"
        elif after_blank and line == PARTIES_HEADING and where == "head":
            kind, where = "party_heading", "parties"
        elif after_blank and line == ANNEX_HEADING:
            kind, where = "annex_heading", "annex"
        elif where == "annex" and after_blank:
            kind = "unit_heading"
        elif where != "head" and after_blank and _number_of(line) == clause + 1:
            kind, where, clause = "clause_heading", "clauses", clause + 1
        elif where == "parties":
            kind = "party"
        yield kind, line
        after_blank = False


def _number_of(line: str) -> int:
    found = _NUMBERED.match(line)
    return int(found[1]) if found else 0
