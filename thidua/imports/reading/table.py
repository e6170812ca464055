"""What is read of a sheet: its rows, and what a careful reader has to say about them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from thidua.core.errors import Invalid

Value = str | float | int | bool | date | datetime | time | timedelta
Cells = Sequence[Value]
Place = tuple[int, int]  # row and column, both from 0
MOST_CELLS = 10_000_000  # of the rectangle that the reader lays out in memory
MOST_COLUMNS = 702  # A to ZZ
NAMED = 12  # so many places are named, then "…"


def unreadable(sentence: str) -> Invalid:
    """Return the refusal of a sheet as a whole, beside the field of the file."""
    return Invalid(sentence, field="file")


def column_name(column: int) -> str:
    """Return the letters of a column counted from 0: 0 → "A", 26 → "AA"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number from 0 of a column's letters: "A" → 0, "AA" → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_name(row: int, column: int) -> str:
    """Return a cell as the sheet calls it; both numbers from 0: (4, 1) → "B5"."""
    return f"{column_name(column)}{row + 1}"


def spans(rows: Sequence[int]) -> str:
    """Return row numbers as they are read: [5, 7, 8, 9] → "5, 7–9"."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    told = [str(a) if a == b else f"{a}–{b}" for a, b in runs[:NAMED]]
    return ", ".join([*told, "…"] if len(runs) > NAMED else told)


@dataclass(frozen=True)
class Remark:
    """Something said about the sheet: which sentence (`wording.SAID`), and its facts."""

    code: str
    facts: dict[str, str | int] = field(default_factory=dict)


@dataclass
class Marks:
    """What stands beside the values of a sheet. Rows and columns count from 0."""

    hidden: list[int] = field(default_factory=list)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    formulas: int = 0
    first_formulas: list[Place] = field(default_factory=list)
    uncomputed: set[Place] = field(default_factory=set)
    broken: set[Place] = field(default_factory=set)
    last_row: int = -1
    last_column: int = -1

    def add_formula(self, place: Place, *, computed: bool) -> None:
        """Note a formula; one without a value is an error of its cell."""
        self.formulas += 1
        if len(self.first_formulas) < NAMED:
            self.first_formulas.append(place)
        if not computed:
            self.uncomputed.add(place)

    def reach(self, row: int, column: int) -> None:
        """Note that something stands at this row and column."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)

    def refuse_huge(self) -> None:
        """Refuse a rectangle that would fill the memory: two cells far apart are enough for it."""
        rows, columns = self.last_row + 1, self.last_column + 1
        if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
            raise unreadable(
                _(
                    "Trang tính trải tới ô %(cell)s, quá rộng để đọc. Hãy xóa các hàng và cột "
                    "trống ở dưới và bên phải bảng, hoặc chép riêng bảng sang một tệp mới."
                )
                % {"cell": cell_name(self.last_row, self.last_column)}
            )


@dataclass
class Table:
    """One sheet, open. ``rows`` yields (row from 0, cells) and can be asked once.

    The first cell of a row stands in the column ``left`` (from 0). ``sheet`` is its name, "" for a
    text; ``sheets`` are those that may be read instead.
    """

    rows: Callable[[], Iterator[tuple[int, Cells]]]
    left: int = 0
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)
    remarks: list[Remark] = field(default_factory=list)
    close: Callable[[], Any] = lambda: None

    def all_remarks(self) -> list[Remark]:
        """Return what there is to say of the sheet as such."""
        said = list(self.remarks)
        marks = self.marks
        if marks.hidden:
            rows = spans([row + 1 for row in marks.hidden])
            said.append(Remark("hidden", {"rows": rows, "count": len(marks.hidden)}))
        if marks.merged:
            ranges = [f"{cell_name(*a)}:{cell_name(*b)}" for a, b in marks.merged]
            said.append(Remark("merged", {"ranges": named(ranges, len(ranges))}))
        if marks.formulas:
            cells = named([cell_name(*place) for place in marks.first_formulas], marks.formulas)
            said.append(Remark("formulas", {"cells": cells, "count": marks.formulas}))
        return said


def named(names: Sequence[str], of: int) -> str:
    """Return the first names, with "…" where there are more."""
    first = list(names[:NAMED])
    return ", ".join([*first, "…"] if of > len(first) else first)
