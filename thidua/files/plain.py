"""Texts and PDFs: whether they can be read, and whether their end has arrived."""

import codecs
import io
from typing import IO

from django.utils.translation import gettext as _

from thidua.core.errors import Invalid
from thidua.files.storage import CHUNK

_CONTROL = frozenset(chr(n) for n in range(32)) - frozenset("\t\n\r\f")
# Where the end of a PDF must be found: some scanners write filling after it.
PDF_TAIL = 4096


def is_text(source: IO[bytes]) -> bool:
    """Say whether all of ``source`` is UTF-8 without control characters, read piece by piece."""
    source.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := source.read(CHUNK):
            if not _CONTROL.isdisjoint(decoder.decode(piece)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def refuse_unreadable(source: IO[bytes]) -> None:
    """Refuse a text in another encoding than UTF-8: others would read wrong marks."""
    if not is_text(source):
        sentence = _(
            "Chữ trong tệp không theo bảng mã UTF-8, người khác mở ra sẽ sai dấu. Hãy mở bằng "
            "Notepad, chọn Lưu thành (Save as), mục Mã hóa (Encoding) chọn UTF-8; với Excel thì "
            "lưu thành “CSV UTF-8”. Rồi gửi lại."
        )
        raise Invalid(sentence, field="file")


def refuse_cut_pdf(source: IO[bytes]) -> None:
    """Refuse a PDF whose end is missing. Nothing in it is changed: it may bear a signature."""
    size = source.seek(0, io.SEEK_END)
    source.seek(max(0, size - PDF_TAIL))
    if b"%%EOF" not in source.read(PDF_TAIL):
        raise Invalid(
            _("Tệp PDF này thiếu phần cuối. Hãy lưu hoặc tải lại tệp rồi gửi."), field="file"
        )
