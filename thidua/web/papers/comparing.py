"""What changed between two readings of a paper, line by line."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from thidua.typesetting.official import Official
from thidua.typesetting.text import as_text

AROUND = 1  # lines shown before and after a change
LONGEST = 3_000  # lines: beyond it comparing would take too long


class Line(NamedTuple):
    """A line of the comparison: "same", "added", "removed", or "gap" where lines are left out."""

    what: str
    text: str


def changes(before: Official, after: Official) -> list[Line]:
    """Return the changed lines with a line around each; none when both read alike."""
    old, new = _lines(before), _lines(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[Line] = []
    for group in matcher.get_grouped_opcodes(AROUND):
        found += [Line("gap", "")] if found else []
        found += [line for opcode in group for line in _of(opcode, old, new)]
    return found


def _of(opcode: tuple[str, int, int, int, int], old: list[str], new: list[str]) -> Iterator[Line]:
    what, from_old, to_old, from_new, to_new = opcode
    if what == "equal":
        yield from (Line("same", text) for text in old[from_old:to_old])
        return
    yield from (Line("removed", text) for text in old[from_old:to_old])
    yield from (Line("added", text) for text in new[from_new:to_new])


def _lines(official: Official) -> list[str]:
    return [line for line in as_text(official).split("\n") if line.strip()][:LONGEST]
