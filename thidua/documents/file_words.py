"""The words of a file that anybody may have made, as far as a code of ours may stand in them.

A PDF is read in a process of its own with limits, a Word file only after its package was found to
be no bomb. What is damaged or closed is not read: only its bare bytes are looked through, since
what a PDF tells of itself (XMP) lies there open.
"""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua.core.errors import DomainError
from thidua.files.kinds import DOCX, HEAD, PDF, Container, sniff
from thidua.files.packages import kind_of_package
from thidua.files.storage import incoming_file
from thidua.typesetting.reading import Limits, Unreadable, read_text

MEGABYTE = 1024 * 1024
LIMITS = Limits()
MOST_OF_A_PART = 20 * MEGABYTE
_TAG, _PARAGRAPH = re.compile(r"<[^<>]+>"), re.compile(r"</w:p>|<w:tab/>|<w:br/>")
_PARTS = re.compile(r"(docProps/(core|custom)|word/(document|header\d*|footer\d*))\.xml")
WHY: dict[str, str | Promise] = {
    "empty": _("Tệp rỗng (0 byte): có thể chưa tải hết về máy."),
    "too_big": _("Tệp quá lớn nên không được mở ra đọc."),
    "not_pdf": _("Tệp không phải PDF."),
    "encrypted": _("Tệp có mật khẩu nên không đọc được nội dung."),
    "damaged": _("Tệp bị hỏng hoặc thiếu một phần."),
    "too_many_pages": _("Tệp có quá nhiều trang nên không được đọc hết."),
    "too_slow": _("Tệp quá phức tạp: đọc lâu mà chưa xong."),
    "too_heavy": _("Tệp bung ra quá lớn, có thể làm treo máy, nên không được đọc."),
}


class Unread(Exception):
    """A file that could not be read through. ``found`` is what could be seen from outside."""

    def __init__(self, sentence: str, found: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.found = found


def words_of(file: BinaryIO, path: Path | None = None) -> str:
    """Return the words of a PDF or Word file; "" of any other kind. Raises `Unread`.

    ``path`` is where the file lies, if it has a place; else a copy is made and taken away again.
    """
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise Unread(str(WHY["empty"]), "")
    found = sniff(head)
    try:
        if found is PDF:
            return "\n".join([_open_words(file), *_pages(file, path)])
        if found is Container.PACKAGE and kind_of_package(file) is DOCX:
            return _of_word(file)
    except Unreadable as trouble:
        raise Unread(str(WHY[trouble.reason]), _open_words(file)) from trouble
    except DomainError as refusal:
        raise Unread(refusal.sentence, "") from refusal
    return ""


def _pages(file: BinaryIO, path: Path | None) -> list[str]:
    with _placed(file, path) as place:
        return read_text(place, LIMITS)


@contextmanager
def _placed(file: BinaryIO, path: Path | None) -> Iterator[Path]:
    """Yield where the file lies: a copy is gone afterwards, whatever happens."""
    if path is not None:
        yield path
        return
    with incoming_file() as copy:
        file.seek(0)
        with copy.open("wb") as target:
            copyfileobj(file, target)
        yield copy


def _open_words(file: BinaryIO) -> str:
    """Return what stands in a PDF's bytes uncompressed, up to the size that is read at all."""
    file.seek(0)
    return file.read(LIMITS.size).decode("latin-1").replace("\x00", "")


def _of_word(file: BinaryIO) -> str:
    """Return the words of a Word file whose package was looked through before."""
    file.seek(0)
    words = []
    with zipfile.ZipFile(file) as package:
        for entry in package.infolist():
            if _PARTS.fullmatch(entry.filename) and entry.file_size <= MOST_OF_A_PART:
                part = package.read(entry).decode("utf-8", "replace")
                words.append(unescape(_TAG.sub("", _PARAGRAPH.sub("\n", part))))
    return "\n".join(words)
