"""The words of a Word or PDF file that somebody sent, read before anything of it is kept."""

import unicodedata
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from thidua.core.errors import Invalid
from thidua.core.text import nfc
from thidua.documents.file_words import WHY
from thidua.files.kinds import DOCX, PDF
from thidua.files.uploads import most_bytes, received
from thidua.typesetting.articles import paragraphs_of
from thidua.typesetting.docx_text import read_docx
from thidua.typesetting.reading import Limits, Unreadable, read_text

MOST_LETTERS = 1_000_000  # some 300 pages; what is longer is read to there


@dataclass(frozen=True)
class Words:
    """Paragraphs, a line each; "" for a scan. ``is_cut``: the file holds more than was taken."""

    text: str
    is_cut: bool = False


def words_of(upload: UploadedFile) -> Words:
    """Return the words of ``upload``. Refuses with `Invalid` beside ``file`` what cannot be read.

    What may come in at all, and bombs, is `files.uploads.received`'s to refuse.
    """
    with received(upload) as found:
        try:
            if found.kind is PDF:
                lines = paragraphs_of(read_text(found.path, Limits(size=most_bytes())))
            elif found.kind is DOCX:
                lines = [p.text.replace("\n", " ") for p in read_docx(found.path)]
            else:
                told = _("Chỉ nhận tệp Word (.docx) hoặc PDF. Hãy lưu lại theo dạng đó rồi gửi.")
                raise Invalid(told, field="file")
        except Unreadable as trouble:
            raise Invalid(str(WHY[trouble.reason]), field="file") from trouble
    text = nfc("\n".join(filter(None, map(_readable, lines))))
    return Words(text[:MOST_LETTERS], len(text) > MOST_LETTERS)


def _readable(line: str) -> str:
    """Return the line without signs that no page shows: controls, halves of letters."""
    kept = (" " if c == "\t" else c for c in line if c == "\t" or _is_seen(c))
    return "".join(kept).strip()


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs", "Co", "Cn")
