"""ZIP packages: Word, Excel, PowerPoint and LibreOffice; bombs are met before anybody opens them.

The directory is read first: too many parts, too large or too tightly packed is refused unread. Then
each part is unpacked to nowhere, piece by piece, so that a directory that lies shows as damage.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO

from django.utils.translation import gettext as _

from thidua.core.errors import Invalid
from thidua.files.compounds import damage_refusal, macro_refusal, password_refusal
from thidua.files.kinds import DOCX, ODP, ODS, ODT, PPTX, XLSX, ZIP, Foreign, Kind
from thidua.files.storage import CHUNK, incoming_folder

MEGABYTE = 1024 * 1024
MOST_PARTS = 5_000
MOST_UNPACKED = 300 * MEGABYTE
MOST_TIMES = 300  # how often larger a part may become; zeros alone become a thousand times larger
SMALL = MEGABYTE  # a part so small may be packed as tightly as it likes
MOST_DEEP = 2  # a workbook in a chart in a presentation
MOST_AT_ONCE = MEGABYTE  # of a directory or a list of contents
_DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError),
    *(NotImplementedError, IndexError, KeyError),
)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CONTENTS, _MIMETYPE, _MANIFEST = "[Content_Types].xml", "mimetype", "META-INF/manifest.xml"
_OFFICE = {
    b"wordprocessingml.document.main+xml": DOCX,
    b"spreadsheetml.sheet.main+xml": XLSX,
    b"presentationml.presentation.main+xml": PPTX,
}
_ODF = {kind.media_type.encode(): kind for kind in (ODT, ODS, ODP)}
_PACKED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf\x27\x1c")


class Bomb(Invalid):
    """A package that would fill a disk or a memory."""


class _Sparing:
    """Lets `zipfile` read, but never much at once: its directory would stand in memory whole."""

    def __init__(self, file: IO[bytes]) -> None:
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable
        self.file = file

    def read(self, size: int = -1) -> bytes:
        if size < 0:
            here = self.file.tell()
            size = self.file.seek(0, io.SEEK_END) - here
            self.file.seek(here)
        if size > MOST_AT_ONCE:
            raise _bomb()
        return self.file.read(size)


@dataclass
class _Room:
    """What may still be unpacked, over all packages that lie in one another."""

    parts: int
    size: int

    def take(self, entries: list[zipfile.ZipInfo]) -> None:
        self.parts -= len(entries)
        self.size -= sum(entry.file_size for entry in entries)
        if self.parts < 0 or self.size < 0 or any(_is_too_tight(entry) for entry in entries):
            raise _bomb()


def _is_too_tight(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > SMALL and entry.file_size > MOST_TIMES * entry.compress_size


def _bomb() -> Invalid:
    sentence = _(
        "Tệp này bung ra quá lớn hoặc chứa quá nhiều phần, có thể làm treo máy người mở, nên "
        "không được nhận. Hãy lưu lại thành PDF rồi gửi."
    )
    return Bomb(sentence, field="file")


def kind_of_package(source: IO[bytes]) -> Kind | Foreign:
    """Return what the ZIP package is; refuse bombs, macros, passwords, archives in it, damage."""
    return _look(source, _Room(MOST_PARTS, MOST_UNPACKED), deep=0)


def _look(source: IO[bytes], room: _Room, *, deep: int) -> Kind | Foreign:
    source.seek(0)
    try:
        with zipfile.ZipFile(_Sparing(source)) as package:
            entries = package.infolist()
            room.take(entries)
            if any(entry.flag_bits & 1 for entry in entries):
                raise password_refusal()
            kind = _kind_inside(package)
            if isinstance(kind, Foreign):
                return kind
            _refuse_macros(package)
            for entry in entries:
                _read_through(package, entry, room, deep=deep)
    except _DAMAGES as damage:
        raise damage_refusal() from damage
    return kind


def _kind_inside(package: zipfile.ZipFile) -> Kind | Foreign:
    names = set(package.namelist())
    if _CONTENTS in names:
        contents = _small_part(package, _CONTENTS)
        if b"macroEnabled" in contents:
            raise macro_refusal()
        return next((kind for mark, kind in _OFFICE.items() if mark in contents), ZIP)
    if _MIMETYPE in names:
        if _MANIFEST in names and b"encryption-data" in _small_part(package, _MANIFEST):
            raise password_refusal()
        return _ODF.get(_small_part(package, _MIMETYPE).strip(), ZIP)
    return ZIP


def _refuse_macros(package: zipfile.ZipFile) -> None:
    """Refuse a VBA project, and LibreOffice's own macros."""
    for name in package.namelist():
        if name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/")):
            raise macro_refusal()


def _small_part(package: zipfile.ZipFile, name: str) -> bytes:
    """Return a part that lists what the others are."""
    entry = package.getinfo(name)
    if entry.file_size > MOST_AT_ONCE:
        raise _bomb()
    return package.read(entry)


def _read_through(
    package: zipfile.ZipFile, entry: zipfile.ZipInfo, room: _Room, *, deep: int
) -> None:
    """Unpack one part to nowhere, which checks its sum; look into a package that lies in it."""
    if entry.compress_type not in _METHODS:
        raise damage_refusal()
    # One byte more than the directory tells: what is longer than that then fails its sum.
    entry.file_size += 1
    with package.open(entry) as part:
        start = part.read(CHUNK)
        if not start.startswith(_PACKED):
            while part.read(CHUNK):
                pass
            return
        if deep == MOST_DEEP or not start.startswith(b"PK"):
            raise _archive_inside()
        with SpooledTemporaryFile(max_size=MEGABYTE, dir=str(incoming_folder())) as inner:
            inner.write(start)
            while piece := part.read(CHUNK):
                inner.write(piece)
            if isinstance(_look(inner, room, deep=deep + 1), Foreign):
                raise _archive_inside()


def _archive_inside() -> Invalid:
    sentence = _("Trong tệp có một tệp nén khác nên chưa nhận được. Hãy bỏ ra rồi gửi riêng.")
    return Invalid(sentence, field="file")
