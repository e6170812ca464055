"""Compound files of older Windows (MS-CFB): DOC, XLS, PPT, read with `olefile`."""

import struct
from typing import IO

from django.utils.translation import gettext as _
from olefile import OleFileIO

from thidua.core.errors import Invalid
from thidua.files.kinds import COMPOUND, DOC, PPT, XLS, Foreign, Kind

# What a file that was damaged, by chance or by will, makes the reader raise.
_DAMAGES = (OSError, ValueError, IndexError, KeyError, TypeError, struct.error, RecursionError)
_STREAMS = (
    ("worddocument", DOC),
    ("workbook", XLS),
    ("book", XLS),
    ("powerpoint document", PPT),
)
_MACROS = ("macros", "_vba_project_cur", "_vba_project")
_PASSWORDS = ("encryptedpackage", "encryptedsummary")
_LAST_SECTOR = 0xFFFFFFFA  # higher numbers mean "free", "end" and the like
_SMALL_STREAM = 4096  # what is smaller lies elsewhere, in the root's own stream
_FLAGS_AT, _ENCRYPTED = 10, 0x0100  # of the first block of a Word document (MS-DOC 2.5.1)


class Locked(Invalid):
    """A document with a password."""


def macro_refusal() -> Invalid:
    """Return the refusal of a document that carries a program of its own."""
    sentence = _(
        "Tệp có macro (chương trình chạy kèm) nên chưa nhận được. Hãy lưu lại thành .docx, .xlsx, "
        ".pptx hoặc PDF rồi gửi."
    )
    return Invalid(sentence, field="file")


def password_refusal() -> Invalid:
    """Return the refusal of a document that nobody else could open."""
    sentence = _("Tệp có mật khẩu nên người chấm không mở được. Hãy bỏ mật khẩu rồi gửi lại.")
    return Locked(sentence, field="file")


def damage_refusal() -> Invalid:
    """Return the refusal of a file that is damaged or was cut."""
    sentence = _("Tệp bị hỏng hoặc thiếu một phần. Hãy mở thử trên máy, lưu lại rồi gửi.")
    return Invalid(sentence, field="file")


def kind_of_compound(source: IO[bytes]) -> Kind | Foreign:
    """Return what the compound file is; refuse macros, passwords and damage.

    Only the directory is read. The macros of an old PowerPoint file hide inside its one stream
    and are not looked for; a password of an old Excel file neither.
    """
    source.seek(0)
    try:
        with OleFileIO(source) as container:
            entries = {child.name.lower(): child for child in container.root.kids}
            sector_size = int(container.sectorsize)
            is_cut = _is_cut(container)
    except _DAMAGES as damage:
        raise damage_refusal() from damage
    if is_cut:
        raise damage_refusal()
    kind = next((kind for name, kind in _STREAMS if name in entries), COMPOUND)
    if any(name in entries for name in _PASSWORDS):
        raise password_refusal()
    if any(name in entries for name in _MACROS):
        raise macro_refusal()
    if kind is DOC and _is_encrypted(source, entries["worddocument"].isectStart, sector_size):
        raise password_refusal()
    return kind


def _is_cut(container: OleFileIO) -> bool:
    """Say whether a chain leads to a sector that is not there: `olefile` knows those that are."""
    starts = [c.isectStart for c in container.root.kids if c.size >= _SMALL_STREAM]
    there = len(container.fat)
    return any(there <= sector < _LAST_SECTOR for sector in [*container.fat, *starts])


def _is_encrypted(source: IO[bytes], sector: int, sector_size: int) -> bool:
    """Say whether the Word document asks for a password: one bit of its first block."""
    source.seek((sector + 1) * sector_size + _FLAGS_AT)
    flags = source.read(2)
    return len(flags) == 2 and bool(struct.unpack("<H", flags)[0] & _ENCRYPTED)
