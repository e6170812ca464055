"""Sheets as boards have them, made in memory."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import UploadedFile

from thidua.accounts.acting import Acting
from thidua.imports.actions.bringing import bring_sheet
from thidua.imports.form import form
from thidua.imports.models import Import

Rows = Sequence[Sequence[Any]]


def xlsx(rows: Rows, also: Callable[[Any, Any], None] | None = None) -> io.BytesIO:
    """Return a workbook with one sheet; ``also(book, sheet)`` may add to it."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})  # equal rows, equal bytes
    sheet = book.add_worksheet("Bảng")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    if also:
        also(book, sheet)
    book.close()
    file.seek(0)
    return file


def text(rows: Rows, encoding: str = "utf-8", delimiter: str = ";") -> io.BytesIO:
    """Return a CSV file."""
    told = io.StringIO(newline="")
    csv.writer(told, delimiter=delimiter).writerows(rows)
    return io.BytesIO(told.getvalue().encode(encoding))


def upload(file: io.BytesIO, name: str = "bang.xlsx") -> UploadedFile:
    """Return the file as it comes from a browser."""
    return UploadedFile(file, name, size=len(file.getvalue()))


def headings(kind: str) -> list[str]:
    """Return the headings of a form."""
    return [column.heading for column in form(kind).columns]


def rows_of(kind: str, *rows: dict[str, Any]) -> list[list[Any]]:
    """Return the form of a kind filled with rows given by the columns' names."""
    columns = form(kind).columns
    return [headings(kind), *([row.get(c.name) for c in columns] for row in rows)]


def unit(name: str, **told: Any) -> dict[str, Any]:
    """Return a row of the sheet of organisations."""
    return {"name": name, "kind": "tổ chức xã hội", "level": "cấp tỉnh", **told}


def brought(kind: str, rows: Rows, by: Acting, also: Any = None, name: str = "bang.xlsx") -> Import:
    """Bring a small sheet; return the import as the database has it."""
    imported = bring_sheet(upload(xlsx(rows, also), name), by=by, kind=kind)
    return Import.objects.select_related("blob", "by__person").get(pk=imported.pk)


def an_import(by: Acting) -> Import:
    """Bring a sheet with one new organisation."""
    return brought("organizations", rows_of("organizations", unit("Hội mới của bảng")), by)


def problems(imported: Import) -> list[tuple[int, str, str]]:
    """Return row, cell and code of what is wrong."""
    return [(row, cell, code) for row, _column, cell, code, _facts in imported.found["problems"]]


def remarks(imported: Import) -> dict[str, dict[str, Any]]:
    """Return what is said of the sheet, by code."""
    return dict(imported.found["remarks"])
