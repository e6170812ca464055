"""What stands beside the values of an .xlsx sheet, read from its XML in one stream.

`calamine` gives the values and nothing else: no hidden row, no formula, no error. The XML is not
parsed: it is looked through by patterns, a megabyte at a time, which takes a tenth of the time of
a parser and no memory. The package was read through before (`files.packages`).
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import IO

from django.utils.translation import gettext as _

from thidua.imports.reading.table import (
    MOST_CELLS,
    MOST_COLUMNS,
    Marks,
    Place,
    column_number,
    unreadable,
)

PIECE, LONGEST_ROW, SMALL_PART = 1 << 20, 16 << 20, 4 << 20
MOST_TROUBLES = 5_000  # cells without a value: more means that nothing was computed at all
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_WHERE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_ROW_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_FULL_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{2,3})\d{1,7}"[^>]*[^/]>')


def damaged() -> Exception:
    """Return the refusal of a sheet that is damaged or was cut."""
    return unreadable(
        _("Tệp Excel bị hỏng hoặc thiếu một phần. Hãy mở bằng Excel, lưu lại rồi gửi.")
    )


@dataclass(frozen=True)
class Patterns:
    """What is looked for, with the prefix that the file gives its tags (mostly none)."""

    hidden: re.Pattern[bytes]
    wide: re.Pattern[bytes]
    error: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    merged: re.Pattern[bytes]


@cache
def _patterns(prefix: bytes) -> Patterns:
    def tag(pattern: bytes) -> re.Pattern[bytes]:
        return re.compile(pattern.replace(b"~", prefix))

    return Patterns(
        hidden=tag(rb'<~row\b[^>]*\bhidden="(?:1|true)"[^>]*>'),
        wide=tag(rb'<~c r="([A-Z]{2,3})\d'),
        error=tag(rb'<~c\b[^>]*\bt="e"[^>]*>'),
        formula=tag(rb"<~c\b([^>]*)>\s*<~f\b[^>]*?(?:/>|>[^<]*</~f>)\s*(?:<~v[^>]*>([^<]*))?"),
        merged=tag(rb'<~mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'),
    )


def sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Return which part of the package holds each sheet, by the sheet's name."""
    relations = {}
    for found in _RELATION.finditer(_small(package, "xl/_rels/workbook.xml.rels")):
        told = _attributes(found[1])
        relations[told.get("Id", "")] = told.get("Target", "")
    parts = {}
    for found in _SHEET.finditer(_small(package, "xl/workbook.xml")):
        told = _attributes(found[1])
        target = relations.get(next((v for k, v in told.items() if k.endswith(":id")), ""), "")
        parts[told.get("name", "")] = target[1:] if target.startswith("/") else f"xl/{target}"
    return parts


def _attributes(text: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(text)}


def _small(package: zipfile.ZipFile, name: str) -> str:
    try:
        entry = package.getinfo(name)
        if entry.file_size > SMALL_PART:
            raise damaged()
        return package.read(entry).decode("utf-8", "replace")
    except (KeyError, zipfile.BadZipFile, OSError, ValueError) as trouble:
        raise damaged() from trouble


def look_through(part: IO[bytes]) -> Marks:
    """Return the marks of the sheet whose XML is ``part``."""
    marks, columns = Marks(), set[bytes]()
    patterns, last = _patterns(b""), b""
    for number, block in enumerate(_blocks(part)):
        if number == 0:
            prefix = re.search(rb"<(\w+:)?worksheet\b", block)
            if prefix is None or b"sheetData" not in block:
                raise damaged()
            patterns = _patterns(prefix[1] or b"")
        _look(block, patterns, marks, columns)
        last = block
    for found in patterns.merged.finditer(last):
        marks.merged.append((_place(found[1], found[2]), _place(found[3], found[4])))
    marks.last_column = max([25, *(column_number(c.decode()) for c in columns)])
    return marks


def is_wide(marks: Marks) -> bool:
    """Say whether the rectangle is too large, empty cells with borders counted."""
    rows, columns = marks.last_row + 1, marks.last_column + 1
    return columns > MOST_COLUMNS or rows * columns > MOST_CELLS


def widest_full(part: IO[bytes]) -> int:
    """Return the last column (from 0) in which something stands, borders and colours apart."""
    columns = set[bytes]()
    for block in _blocks(part):
        columns.update(_FULL_CELL.findall(block))
    return max([25, *(column_number(c.decode()) for c in columns)])


def _blocks(part: IO[bytes]) -> Iterator[bytes]:
    """Yield the XML cut behind the end of a row, and at last what stands behind the last row."""
    rest = b""
    while piece := part.read(PIECE):
        rest += piece
        cut = rest.rfind(b"row>")
        if cut >= 0:
            yield rest[: cut + 4]
            rest = rest[cut + 4 :]
        elif len(rest) > LONGEST_ROW:
            raise damaged()
    yield rest


def _look(block: bytes, patterns: Patterns, marks: Marks, columns: set[bytes]) -> None:
    for found in patterns.hidden.finditer(block):
        if row := _ROW_NUMBER.search(found[0]):
            marks.hidden.append(int(row[1]) - 1)
    columns.update(patterns.wide.findall(block))
    if b't="e"' in block:
        for found in patterns.error.finditer(block):
            if where := _WHERE.search(found[0]):
                _note(marks.broken, _place(where[1], where[2]))
    if b"<f" in block or b":f" in block:
        _look_for_formulas(block, patterns, marks)
    _reach(block, patterns, marks)


def _look_for_formulas(block: bytes, patterns: Patterns, marks: Marks) -> None:
    for found in patterns.formula.finditer(block):
        if where := _WHERE.search(found[1]):
            # A text may well be computed to nothing; a number cannot.
            computed = bool(found[2]) or b't="str"' in found[1]
            marks.add_formula(_place(where[1], where[2]), computed=computed)
            if len(marks.uncomputed) > MOST_TROUBLES:
                raise _never_computed()


def _reach(block: bytes, patterns: Patterns, marks: Marks) -> None:
    """Note the last row of the block in which a value stands."""
    full = max(block.rfind(b"<v"), block.rfind(b":v>"), block.rfind(b"<is"), block.rfind(b":is>"))
    if full < 0:
        return
    begin = max(block.rfind(b"<row", 0, full), block.rfind(b":row", 0, full))
    row = _ROW_NUMBER.search(block, begin, full) if begin >= 0 else None
    marks.last_row = max(marks.last_row, int(row[1]) - 1 if row else marks.last_row + 1)


def _note(places: set[Place], place: Place) -> None:
    places.add(place)
    if len(places) > MOST_TROUBLES:
        raise _never_computed()


def _never_computed() -> Exception:
    return unreadable(
        _(
            "Quá nhiều ô là công thức chưa có giá trị hoặc báo lỗi. Hãy mở bằng Excel, đợi tính "
            "xong, lưu lại rồi gửi; hoặc chép bảng rồi dán “chỉ giá trị”."
        )
    )


def _place(letters: bytes, row: bytes) -> Place:
    return int(row) - 1, column_number(letters.decode())
