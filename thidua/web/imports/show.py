"""An import as a page shows it: sentences for codes, words for columns, links to what was made."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import reverse

from thidua.imports.kinds import the_kind
from thidua.imports.models import Import, ImportedRow
from thidua.imports.wording import OF_ROW, OF_SHEET, said

LINKS = {
    "organizations.organization": "organizations:show",
    "organizations.bloc": "blocs:show",
    "cycles.cycle": "cycles:show",
    "commendations.award": "awards:show",
}


@dataclass(frozen=True)
class Wrong:
    """What is wrong in one cell: the row, the column's heading, the cell, a sentence."""

    row: int
    heading: str
    cell: str
    sentence: str


@dataclass(frozen=True)
class Line:
    """What came of one row: a thing with its kind and, where it has a page, its address."""

    row: int
    kind: str
    name: str
    outcome: str
    word: str
    url: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading of the sheet, and which column of the form it was taken for."""

    letters: str
    text: str
    meant: str


def remarks_of(imported: Import) -> list[str]:
    """Return what there is to say of the sheet."""
    return [said(OF_SHEET, code, facts) for code, facts in imported.found["remarks"]]


def problems_of(imported: Import) -> list[Wrong]:
    """Return the errors, row by row."""
    headings = {column.name: column.heading for column in the_kind(imported.kind).form.columns}
    return [
        Wrong(row, headings.get(column, ""), cell, said(OF_ROW, code, facts))
        for row, column, cell, code, facts in imported.found["problems"]
    ]


def columns_of(imported: Import) -> list[Heading]:
    """Return the headings with what they were taken for."""
    headings = {column.name: column.heading for column in the_kind(imported.kind).form.columns}
    mapping: dict[str, Any] = imported.found["mapping"]
    return [
        Heading(letters, text, headings.get(mapping.get(str(place), ""), ""))
        for place, letters, text in imported.found["headings"]
    ]


def result_lines(rows: Iterable[ImportedRow], *, is_undone: bool) -> list[Line]:
    """Return the rows of a result; what was taken back has no page any more."""
    return [
        Line(
            row.row,
            _kind_of(row.thing),
            row.name,
            row.outcome,
            str(row.get_outcome_display()),
            "" if is_undone else _url_of(row),
        )
        for row in rows
    ]


def _kind_of(label: str) -> str:
    return str(apps.get_model(label)._meta.verbose_name) if label else ""


def _url_of(row: ImportedRow) -> str:
    name = LINKS.get(row.thing)
    return reverse(name, args=[row.thing_id]) if name else ""
