"""What stands beside the values of an old .xls sheet: a walk over its records (MS-XLS, BIFF5-8)."""

import struct
from dataclasses import dataclass, field

from thidua.imports.reading.table import Marks, Place
from thidua.imports.reading.xlsx import damaged

BOF, EOF, FILEPASS, BOUNDSHEET = {0x0009, 0x0209, 0x0409, 0x0809}, 0x000A, 0x002F, 0x0085
ROW, FORMULA, BOOLERR = 0x0208, 0x0006, 0x0205
VALUES = {0x0203, 0x0204, 0x027E, 0x00FD, BOOLERR, FORMULA}  # one cell each
MULRK = 0x00BD
HIDDEN = 0x0020


@dataclass
class Book:
    """The sheets of the book in order, with what stands beside their values."""

    is_locked: bool = False
    sheets: list[Marks] = field(default_factory=list)


def walk(stream: bytes) -> Book:
    """Return what the workbook stream tells; refuse one that is cut."""
    book = Book()
    try:
        starts = _globals(stream, book)
        if not book.is_locked:
            book.sheets = [_sheet(stream, start) for start in starts]
    except (struct.error, IndexError) as damage:
        raise damaged() from damage
    return book


def _globals(stream: bytes, book: Book) -> list[int]:
    """Return where each sheet begins; note a password."""
    starts, at = [], 0
    while at < len(stream):
        code, length = struct.unpack_from("<HH", stream, at)
        if code == FILEPASS:
            book.is_locked = True
            return []
        if code == BOUNDSHEET:
            starts.append(struct.unpack_from("<I", stream, at + 4)[0])
        at += 4 + length
        if code == EOF:
            break
    return starts


def _sheet(stream: bytes, at: int) -> Marks:
    """Walk one sheet up to its end; charts within it are passed over."""
    marks, deep = Marks(), 0
    unpack = struct.Struct("<HH").unpack_from
    while at < len(stream):
        code, length = unpack(stream, at)
        if code in BOF:
            deep += 1
        elif code == EOF:
            deep -= 1
            if deep <= 0:
                break
        elif deep == 1:
            _record(marks, code, stream[at + 4 : at + 4 + length])
        at += 4 + length
    return marks


def _record(marks: Marks, code: int, body: bytes) -> None:
    if code in VALUES:
        row, column = struct.unpack_from("<HH", body)
        marks.reach(row, column)
        if code == FORMULA:
            _formula(marks, (row, column), body)
        elif code == BOOLERR and body[7]:
            marks.broken.add((row, column))
    elif code == MULRK:
        row, _first = struct.unpack_from("<HH", body)
        marks.reach(row, struct.unpack_from("<H", body, len(body) - 2)[0])
    elif code == ROW and struct.unpack_from("<H", body, 12)[0] & HIDDEN:
        marks.hidden.append(struct.unpack_from("<H", body)[0])


def _formula(marks: Marks, place: Place, body: bytes) -> None:
    """Note a formula: its value is a number unless the last two of eight bytes are FF."""
    marks.add_formula(place, computed=True)
    if body[12:14] == b"\xff\xff" and body[6] == 2:
        marks.broken.add(place)
