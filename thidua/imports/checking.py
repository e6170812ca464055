"""A look at a sheet: which row has the headings, what each cell means, what would be done.

Nothing is written. The same look is taken again right before writing, within the deed.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core.numbers import format_number
from thidua.imports.form import Column, Form
from thidua.imports.kinds.base import Kind, Plan, Problem, Row, Tick
from thidua.imports.reading.letters import Letters
from thidua.imports.reading.opening import open_sheet
from thidua.imports.reading.table import (
    Cells,
    Place,
    Remark,
    Table,
    cell_name,
    unreadable,
)
from thidua.imports.reading.values import BadCell, Values, as_text

HEAD_ROWS = 30  # a title and some lines may stand above the headings
LEARNT_ROWS = 200  # so many rows tell how the sheet is written
BLANKS = {"day": None, "year": None, "rank": None, "points": None, "yes": False}
TICKS = 500  # rows between two words of progress


def most_rows() -> int:
    """Return how many rows a sheet may have."""
    return int(settings.IMPORT_MAX_ROWS)


@dataclass
class Choices:
    """What a person has told about a sheet; see `models.Import`."""

    sheet: str = ""
    header_row: int | None = None
    mapping: dict[str, str] | None = None
    for_all: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)


@dataclass
class Look:
    """What a look at a sheet came to. ``plan`` is None while needed columns are not known."""

    sheet: str
    sheets: list[str]
    header_row: int
    headings: dict[int, str]
    mapping: dict[int, str]
    remarks: list[Remark]
    left: int = 0
    missing: list[str] = field(default_factory=list)
    plan: Plan | None = None
    rows: int = 0


def look(
    kind: Kind, file: IO[bytes], told: Choices, *, by: Acting, tick: Tick, is_checked: bool = False
) -> Look:
    """Read the sheet and plan its import; refuses with `Invalid` beside ``file``."""
    table = open_sheet(file, sheet=told.sheet, is_checked=is_checked)
    try:
        return _look(kind, table, told, by, tick)
    finally:
        table.close()


def _look(kind: Kind, table: Table, told: Choices, by: Acting, tick: Tick) -> Look:
    reading = Reading(kind.form, table, told)
    found = Look(
        table.sheet,
        table.sheets,
        reading.header_row,
        reading.headings,
        reading.mapping,
        table.all_remarks(),
        table.left,
        [column.name for column in reading.missing],
    )
    if found.missing:
        return found
    found.plan = Plan()
    rows = reading.rows(found.plan, tick)
    found.rows = reading.read
    problems = found.plan.problems
    found.plan = kind.plan(rows, by=by, choices=told.answers)
    found.plan.problems = [*problems, *found.plan.problems]
    found.remarks += reading.remarks()
    return found


class Reading:
    """Reads the rows of one sheet by its headings."""

    def __init__(self, form: Form, table: Table, told: Choices) -> None:
        self.form, self.table, self.told = form, table, told
        self._all = table.rows()
        self._first = list(islice(self._all, HEAD_ROWS + LEARNT_ROWS))
        texts = (cell for _n, cells in self._first for cell in cells if isinstance(cell, str))
        self.letters = Letters(texts)
        self.values = Values(self.letters)
        self.header_row, cells = self._header()
        line = self.values.line(10_000)
        self.headings = {
            n: str(line(cell)) for n, cell in enumerate(cells) if as_text(cell).strip()
        }
        self.mapping = self._mapping()
        self.empty = self.read = 0

    def _header(self) -> tuple[int, Cells]:
        """Return the row of the headings: the one told, else the one with most that are known."""
        if not self._first:
            raise unreadable(_("Trong trang tính chưa có gì."))
        if self.told.header_row is not None:
            wanted = self.told.header_row - 1
            return next((r for r in self._first if r[0] == wanted), self._first[0])
        best, most = self._first[0], 0
        for number, cells in self._first[:HEAD_ROWS]:
            texts = [self.letters.read(as_text(cell)) for cell in cells]
            if (count := len(self.form.recognised(texts))) > most:
                best, most = (number, cells), count
        if most == 0:
            full = (r for r in self._first if sum(1 for c in r[1] if as_text(c).strip()) > 1)
            best = next(full, best)
        return best

    def _mapping(self) -> dict[int, str]:
        if self.told.mapping is not None:
            names = {column.name for column in self.form.columns}
            told = {int(place): name for place, name in self.told.mapping.items() if name in names}
            return {place: name for place, name in told.items() if place in self.headings}
        width = max(self.headings, default=-1) + 1
        return self.form.recognised([self.headings.get(n, "") for n in range(width)])

    @property
    def missing(self) -> list[Column]:
        """The needed columns that neither a heading nor a value for all rows gives."""
        given = {*self.mapping.values(), *(n for n, v in self.told.for_all.items() if v)}
        return [column for column in self.form.needed if column.name not in given]

    def remarks(self) -> list[Remark]:
        """Return what there is to say when all rows have been read."""
        said = []
        for font, count in self.letters.converted.items():
            said.append(Remark(f"font_{font}", {"count": count}))
        if self.values.serials:
            said.append(Remark("serials", {"count": self.values.serials}))
        unused = [text for place, text in self.headings.items() if place not in self.mapping]
        if unused:
            said.append(Remark("unused", {"headings": ", ".join(unused)[:300]}))
        if self.empty:
            said.append(Remark("empty_rows", {"count": self.empty}))
        return said

    def rows(self, plan: Plan, tick: Tick) -> list[Row]:
        """Return the rows that can be read; what is wrong in a cell is noted in ``plan``."""
        reader = _RowReader(self, plan)
        found: list[Row] = []
        most, gap = most_rows(), 0
        for number, cells in self._below():
            if not any(cells) or not any(as_text(c).strip() for c in cells if c != ""):
                gap += 1
                continue
            self.empty, gap = self.empty + gap, 0
            if self.read >= most:
                raise _too_many(most)
            self.read += 1
            row = reader.read(number, cells)
            if row is not None:
                found.append(row)
            if self.read % TICKS == 0:
                tick(self.read, max(self.table.marks.last_row, self.read))
        return found

    def _below(self) -> Iterator[tuple[int, Cells]]:
        for number, cells in self._first:
            if number > self.header_row:
                yield number, cells
        yield from self._all


def _too_many(most: int) -> Exception:
    return unreadable(
        _(
            "Trang tính có hơn %(most)s hàng, quá số nhận một lần. Hãy tách thành nhiều tệp rồi "
            "nhập lần lượt."
        )
        % {"most": format_number(most)}
    )


def _for_all(column: Column, told: dict[str, str]) -> Any:
    """Return what a row has where the sheet has nothing: what counts for all rows, or a blank."""
    value = told.get(column.name)
    if not value:
        return BLANKS.get(column.reads, "")
    return int(value) if column.reads == "year" else value


@cache
def _row_of(names: tuple[str, ...]) -> Callable[..., Any]:
    """Return the class of a form's rows."""
    return namedtuple("Row", names)


class _RowReader:
    """Reads one row after the other into named tuples of the form's columns."""

    def __init__(self, reading: Reading, plan: Plan) -> None:
        form, told = reading.form, reading.told
        self.plan, self.marks = plan, reading.table.marks
        self.left = reading.table.left
        names = [column.name for column in form.columns]
        self.make: Callable[..., Any] = _row_of(("at", *names))
        self.blanks = [_for_all(column, told.for_all) for column in form.columns]
        order = {name: n for n, name in enumerate(names)}
        self.columns = [
            (place, order[name], form.column(name), form.column(name).reader(reading.values))
            for place, name in sorted(reading.mapping.items())
        ]
        self.needed = [(n, column) for n, column in enumerate(form.columns) if column.needed]
        self.troubled = {row for row, _c in self.marks.uncomputed | self.marks.broken}

    def read(self, number: int, cells: Cells) -> Row | None:
        """Return the row; None where it says too little to be planned at all.

        A row with a wrong cell is planned too, so that what else is wrong in it, or would seem
        wrong in others without it, is told at once. Nothing is written while anything is wrong.
        """
        values: list[Any] = list(self.blanks)
        is_good = True
        width = len(cells)
        if number in self.troubled:
            is_good = self._refuse_troubled(number)
        for place, at, column, read in self.columns:
            cell = cells[place] if place < width else ""
            if cell == "":
                continue
            try:
                values[at] = read(cell)
            except BadCell as bad:
                is_good = self._wrong(number, column, bad.code, bad.facts)
        is_plain = True
        for at, column in self.needed:
            if values[at] == "" or values[at] is None:
                if is_good:
                    is_good = self._needed(number, column)
                is_plain &= column.reads == "choice"
        return self.make(number + 1, *values) if is_plain else None

    def _wrong(self, number: int, column: Column, code: str, facts: dict[str, str | int]) -> bool:
        self.plan.problems.append(Problem(number + 1, column.name, code, facts))
        return False

    def _refuse_troubled(self, number: int) -> bool:
        is_good = True
        for place, _at, column, _read in self.columns:
            where: Place = (number, self.left + place)
            for code, places in (
                ("uncomputed", self.marks.uncomputed),
                ("broken", self.marks.broken),
            ):
                if where in places:
                    is_good = self._wrong(number, column, code, {})
        return is_good

    def _needed(self, number: int, column: Column) -> bool:
        """Refuse an empty cell; a merged range over it explains why it is empty."""
        place = next((p for p, _at, c, _r in self.columns if c.name == column.name), None)
        facts: dict[str, str | int] = {"heading": column.heading}
        for first, last in self.marks.merged if place is not None else []:
            row, col = number, self.left + (place or 0)
            if first[0] <= row <= last[0] and first[1] <= col <= last[1]:
                facts["range"] = f"{cell_name(*first)}:{cell_name(*last)}"
                return self._wrong(number, column, "needed_merged", facts)
        if column.name in ("organization", "member"):
            return self._wrong(number, column, "no_unit", {})
        return self._wrong(number, column, "needed", facts)
