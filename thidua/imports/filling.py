"""Giving the form of a kind out: empty with examples, or filled with what is there.

What comes out is what comes in: the same headings, the same words. Text is written as text, so that
no spreadsheet computes it (`reading.safe`).
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

from thidua.core.numbers import format_points
from thidua.core.text import day_text
from thidua.files.storage import incoming_folder
from thidua.imports.form import Column, Form, words_of_sheets
from thidua.imports.reading.safe import guarded
from thidua.imports.reading.table import column_name

ROWS_TO_CHOOSE = 10_000  # so far down a cell offers its list
FIRST_LIST = 3  # the column of the notes where the lists begin
Told = dict[str, Any]


def as_xlsx(form: Form, rows: Iterable[Told] = ()) -> IO[bytes]:
    """Return a workbook of the form with ``rows``, in a file that is gone when it is closed."""
    file = TemporaryFile(dir=incoming_folder())  # noqa: SIM115  (the answer closes it)
    try:
        _fill(file, form, rows)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _fill(file: IO[bytes], form: Form, rows: Iterable[Told]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    words = words_of_sheets()
    with xlsxwriter.Workbook(file, options) as book:
        look = _Look(book)
        _sheet(book, look, form, words["sheet"], rows)
        examples = [
            {c.name: c.examples[n] for c in form.columns if n < len(c.examples)} for n in range(2)
        ]
        _sheet(book, look, form, words["examples"], examples, as_told=True)
        _notes(book, look, form)


class _Look:
    """How the cells look."""

    def __init__(self, book: Any) -> None:
        frame = {"border": 1, "border_color": "#b9ac97", "valign": "top"}
        head = {**frame, "bold": True, "text_wrap": True, "bg_color": "#f3e9d8"}
        self.head = book.add_format(head)
        self.needed = book.add_format({**head, "font_color": "#8c1c13"})
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        self.number = book.add_format({"valign": "top", "align": "left"})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})

    def of(self, column: Column) -> Any:
        """Return how the cells of a column look: what is typed there then stays what it is."""
        return {
            "day": self.day,
            "year": self.number,
            "rank": self.number,
            "points": self.number,
        }.get(column.reads, self.text)


def _sheet(
    book: Any, look: _Look, form: Form, name: str, rows: Iterable[Told], *, as_told: bool = False
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(form.columns):
        sheet.set_column(place, place, column.width, look.of(column))
        sheet.write_string(0, place, column.heading, look.needed if column.needed else look.head)
        if column.choices:
            source = _list_of(form, column)
            offer = {"validate": "list", "source": source, "error_type": "warning"}
            sheet.data_validation(1, place, ROWS_TO_CHOOSE, place, offer)
    for number, told in enumerate(rows, start=1):
        for place, column in enumerate(form.columns):
            value = told.get(column.name)
            if as_told:
                sheet.write_string(number, place, str(value or ""))
            else:
                _write(sheet, number, place, column, value, look)


def _list_of(form: Form, column: Column) -> str:
    """Return where the notes list the words of a choice: a range holds words with commas too."""
    letter = column_name(FIRST_LIST + _choices(form).index(column))
    return f"='{words_of_sheets()['notes']}'!${letter}$2:${letter}${len(column.offered) + 1}"


def _choices(form: Form) -> list[Column]:
    return [column for column in form.columns if column.choices]


def _write(sheet: Any, row: int, place: int, column: Column, value: Any, look: _Look) -> None:
    if _is_blank(value):
        return
    if isinstance(value, date):
        sheet.write_datetime(row, place, datetime.combine(value, time()), look.day)
    elif column.reads in ("year", "rank"):
        sheet.write_number(row, place, value, look.number)
    elif column.reads == "points":
        sheet.write_number(row, place, value / 100, look.number)
    else:
        sheet.write_string(row, place, written(column, value), look.text)


def _is_blank(value: Any) -> bool:
    """Say whether nothing is told; no points at all are told too."""
    return value is None or value is False or value == ""


def written(column: Column, value: Any) -> str:
    """Return a value as the form has it in words."""
    if _is_blank(value):
        return ""
    if column.choices:
        return column.word(value)
    if column.reads == "points":
        return format_points(value)
    if column.reads == "yes":
        return words_of_sheets()["yes"]
    return day_text(value) if isinstance(value, date) else str(value)


def _notes(book: Any, look: _Look, form: Form) -> None:
    """Write what each column asks for, and beside it the lists that the cells offer."""
    words = words_of_sheets()
    sheet = book.add_worksheet(words["notes"])
    for place, width in enumerate((34, 90, 3)):
        sheet.set_column(place, place, width, look.wrap)
    lines = [[form.title, ""], *(["", note] for note in form.notes), ["", ""]]
    for column in form.columns:
        told = [words["needed"]] if column.needed else []
        told += [column.note.rstrip(".")] if column.note else []
        lines.append([column.heading, ". ".join(told)])
    choices = _choices(form)
    lists = [[column.heading, *column.offered] for column in choices]
    sheet.set_column(FIRST_LIST, FIRST_LIST + len(lists), 34, look.wrap)
    for number in range(max(len(lines), *(len(words) for words in [[], *lists]))):
        cells = [*(lines[number] if number < len(lines) else ["", ""]), ""]
        cells += [words[number] if number < len(words) else "" for words in lists]
        for place, text in enumerate(cells):
            if text:
                is_head = number == 0 or (place == 0 and number < len(lines))
                sheet.write_string(number, place, text, look.head if is_head else look.wrap)


def as_csv(form: Form, rows: Iterable[Told]) -> Iterator[str]:
    """Yield the lines of a CSV that Excel opens rightly: a mark of UTF-8 first, semicolons."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=";")
    yield "\ufeff"
    yield _taken(line, writer, [column.heading for column in form.columns])
    for told in rows:
        cells = [guarded(written(column, told.get(column.name))) for column in form.columns]
        yield _taken(line, writer, cells)


def _taken(line: io.StringIO, writer: Any, cells: list[str]) -> str:
    writer.writerow(cells)
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text
