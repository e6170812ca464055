"""What a ready table is made of: plain data, points in whole hundredths."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

POINT = 100
OUTSIDE = ("penalty", "knockout")


class Completeness(StrEnum):
    """How much of a real table the source lets one read, in the words of domain.md 4.1."""

    NEARLY = "nearly"
    TOP_LEVEL = "top_level"
    PARTIAL = "partial"
    SYNTHETIC = "synthetic"


@dataclass(frozen=True)
class Row:
    """One node. ``kind`` and ``parameters`` as `marks.rules.rule_from` reads; a group has none.

    ``max`` of a group is what the source writes, None where it writes none.
    """

    code: str
    name: str
    kind: str = ""
    max: int | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    is_bonus: bool = False
    owner: str = "bloc"
    fact: str = ""
    guidance: str = ""
    bonus_cap: int | None = None
    rows: tuple["Row", ...] = ()


@dataclass(frozen=True)
class ReadyTable:
    """A table that a year may begin with, its source, and what of it could not be read."""

    code: str
    name: str
    completeness: Completeness
    source: str
    remark: str
    rows: tuple[Row, ...]
    basis: str = ""
    step: int = 1
    bonus_cap: int | None = None
    ties: tuple[str, ...] = ()
    classes: tuple[Mapping[str, Any], ...] = ()

    @property
    def is_synthetic(self) -> bool:
        """Whether it was put together for illustration and is no body's own."""
        return self.completeness is Completeness.SYNTHETIC

    @property
    def standard(self) -> int:
        """The sum of the standard maxima, in hundredths."""
        return sum(standard_of(row) for row in self.rows)

    @property
    def bonus(self) -> int:
        """The most that bonuses can add under the caps, in hundredths."""
        most = sum(bonus_of(row) for row in self.rows)
        return most if self.bonus_cap is None else min(most, self.bonus_cap)


def walk(rows: tuple[Row, ...], depth: int = 0) -> Iterator[tuple[int, Row]]:
    """Yield (depth, row) from top to bottom; the top level has depth 0."""
    for row in rows:
        yield depth, row
        yield from walk(row.rows, depth + 1)


def standard_of(row: Row) -> int:
    """Return the standard maximum of a row with all below it."""
    if row.kind:
        return 0 if row.is_bonus or row.kind in OUTSIDE else row.max or 0
    return sum(standard_of(child) for child in row.rows)


def bonus_of(row: Row) -> int:
    """Return the most that the bonuses of a row can add, under its cap."""
    if row.kind:
        return (row.max or 0) if row.is_bonus else 0
    most = sum(bonus_of(child) for child in row.rows)
    return most if row.bonus_cap is None else min(most, row.bonus_cap)


def group(code: str, name: str, *rows: Row, bonus_cap: int | None = None, told: str = "") -> Row:
    """Return a group whose written maximum is what its rows sum to."""
    standard = sum(standard_of(row) for row in rows)
    return Row(code, name, max=standard or None, bonus_cap=bonus_cap, guidance=told, rows=rows)


def manual(code: str, name: str, points: int, *, told: str = "") -> Row:
    """Return a criterion for which the scorer gives 0 … ``points``."""
    return Row(code, name, "manual", points * POINT, guidance=told)


def extra(code: str, name: str, points: int) -> Row:
    """Return a bonus of 0 … ``points``."""
    return Row(code, name, "manual", points * POINT, is_bonus=True)


def graded(code: str, name: str, *steps: tuple[str, int]) -> Row:
    """Return a criterion with labelled steps, the first of which is the maximum."""
    told = [{"label": label, "points": points * POINT} for label, points in steps]
    return Row(code, name, "graded", steps[0][1] * POINT, {"steps": told})
