"""Opening a sheet: what it is, whether it may be opened at all, which of its sheets is read."""

import zipfile
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _
from olefile import OleFileIO
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from thidua.core.errors import Invalid
from thidua.files.compounds import Locked
from thidua.files.kinds import XLSX, Foreign
from thidua.files.packages import Bomb, kind_of_package
from thidua.imports.reading import biff, xlsx
from thidua.imports.reading.table import Cells, Marks, Remark, Table, unreadable
from thidua.imports.reading.texts import open_text
from thidua.imports.reading.xlsx import damaged

COMPOUND, PACKAGE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<style")
# What the libraries raise at a file that was damaged, by chance or by will.
_DAMAGES = (OSError, ValueError, IndexError, KeyError, TypeError, RuntimeError, CalamineError)


def open_sheet(file: IO[bytes], *, sheet: str = "", is_checked: bool = False) -> Table:
    """Return the rows of a sheet, and what is to be said of them; the caller closes the table.

    ``sheet`` names which one of a workbook; else it is the first that is to be seen. What
    ``is_checked`` was read through before, when it was kept. Refuses with `Invalid` beside
    ``file``: another kind, a password, a bomb, damage, a rectangle without end.
    """
    file.seek(0)
    head = file.read(512)
    if head.startswith(COMPOUND):
        return _open_old(file, sheet)
    if head.startswith(PACKAGE):
        if not is_checked:
            _refuse_bad_package(file)
        return _open_new(file, sheet)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower().startswith(_MARKUP):
        raise unreadable(
            _("Tệp này là trang web mang tên Excel. Hãy mở bằng Excel, lưu thành .xlsx rồi gửi.")
        )
    return open_text(file)


def _locked() -> Invalid:
    return unreadable(
        _(
            "Tệp có mật khẩu nên chưa đọc được. Hãy mở bằng Excel, vào Tệp, Thông tin, Bảo vệ sổ "
            "làm việc, Mã hóa bằng mật khẩu, xóa trống ô mật khẩu, lưu lại rồi gửi."
        )
    )


def _refuse_bad_package(file: IO[bytes]) -> None:
    """Unpack all of it to nowhere, sizes told and sizes real; refuse bombs, macros, damage."""
    try:
        kind = kind_of_package(file)
    except Bomb as bomb:
        raise unreadable(
            _(
                "Tệp này bung ra quá lớn, có thể làm treo máy, nên không được nhận. Hãy chép riêng "
                "bảng cần nhập sang một tệp mới rồi gửi."
            )
        ) from bomb
    except Locked as lock:
        raise _locked() from lock
    if isinstance(kind, Foreign) or kind is not XLSX:
        raise unreadable(
            _("Tệp này không phải bảng tính Excel (.xlsx). Hãy lưu bảng thành .xlsx rồi gửi.")
        )


def _open_new(file: IO[bytes], wanted: str) -> Table:
    try:
        book = _book(file)
        name, names, said = _chosen(book, wanted)
        marks = _marks(file, name)
        marks.refuse_huge()
        return _table(book, name, names, marks, said)
    except Invalid:
        raise
    except (*_DAMAGES, zipfile.BadZipFile) as damage:
        raise damaged() from damage


def _book(file: IO[bytes]) -> CalamineWorkbook:
    """Open the workbook, from the disk where it lies there: that reader is quicker."""
    file.seek(0)
    try:
        return CalamineWorkbook.from_object(file)
    except PasswordError as lock:
        raise _locked() from lock


def _marks(file: IO[bytes], name: str) -> Marks:
    """Look through the sheet's own XML before its values are laid out in memory."""
    with zipfile.ZipFile(file) as package:
        part = xlsx.sheet_parts(package).get(name, "")
        with package.open(part) as xml:
            marks = xlsx.look_through(xml)
        if xlsx.is_wide(marks):
            with package.open(part) as xml:
                marks.last_column = xlsx.widest_full(xml)
    return marks


def _chosen(book: CalamineWorkbook, wanted: str) -> tuple[str, list[str], list[Remark]]:
    """Return which sheet is read, which could be, and what to say of the choice."""
    sheets = [s for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    shown = [s.name for s in sheets if s.visible == SheetVisibleEnum.Visible]
    concealed = [s.name for s in sheets if s.name not in shown]
    if not shown:
        raise unreadable(_("Trong tệp không có trang tính nào hiện ra để đọc."))
    name = wanted if wanted in shown else shown[0]
    said = []
    if len(shown) > 1:
        said.append(Remark("one_of_sheets", {"sheet": name, "count": len(shown)}))
    if concealed:
        said.append(Remark("hidden_sheets", {"sheets": ", ".join(concealed)[:200]}))
    return name, shown, said


def _table(
    book: CalamineWorkbook, name: str, names: list[str], marks: Marks, said: list[Remark]
) -> Table:
    sheet = book.get_sheet_by_name(name)
    marks.merged = marks.merged or list(sheet.merged_cell_ranges or [])
    marks.merged = [(a, b) for a, b in marks.merged if a != b]
    left = sheet.start[1] if sheet.start else 0

    def rows() -> Iterator[tuple[int, Cells]]:
        return _numbered(sheet)

    return Table(rows, left, name, names, marks, said, close=book.close)


def _numbered(sheet: CalamineSheet) -> Iterator[tuple[int, Cells]]:
    """Yield the rows with their numbers: the reader begins with the sheet's very first."""
    return enumerate(sheet.iter_rows()) if sheet.start else iter(())


def _open_old(file: IO[bytes], wanted: str) -> Table:
    try:
        stream = _stream(file)
        walked = biff.walk(stream)
        if walked.is_locked:
            raise _locked()
        for marks in walked.sheets:
            marks.refuse_huge()
        book = _book(file)
        name, names, said = _chosen(book, wanted)
        place = book.sheet_names.index(name)
        marks = walked.sheets[place] if place < len(walked.sheets) else Marks()
        return _table(book, name, names, marks, said)
    except Invalid:
        raise
    except _DAMAGES as damage:
        raise damaged() from damage


def _stream(file: IO[bytes]) -> bytes:
    """Return the workbook's stream out of its container; refuse a password and other documents."""
    file.seek(0)
    container: Any
    with OleFileIO(file) as container:
        if container.exists("EncryptedPackage"):
            raise _locked()
        for name in ("Workbook", "Book"):
            if container.exists(name):
                stream: bytes = container.openstream(name).read()
                return stream
    raise unreadable(_("Tệp này không phải bảng tính Excel. Hãy lưu bảng thành .xlsx rồi gửi."))
