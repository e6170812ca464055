"""Check the layout of a PDF, wherever it lies, and tell it row by row."""

from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from thidua.core.errors import Invalid
from thidua.documents.file_words import WHY
from thidua.files.kinds import PDF
from thidua.files.models import Blob
from thidua.files.storage import incoming_file, open_bytes
from thidua.files.uploads import most_bytes, received
from thidua.typesetting.layout import check
from thidua.typesetting.layout_rules import Outcome
from thidua.typesetting.official import HeaderStyle
from thidua.typesetting.reading import Limits, Unreadable, read_pdf
from thidua.web.layout.wording import KINDS, NAMES, OUTCOMES, asked, measured, where


@dataclass(frozen=True)
class LayoutRow:
    """One rule as a page shows it. ``page`` is where to look, None where it is the whole paper."""

    key: str
    name: str
    outcome: Outcome
    word: str
    kind: str
    measured: str
    asked: str
    page: int | None
    citation: str


@dataclass(frozen=True)
class Checked:
    """A checked PDF: all rows, those that are not met first among them."""

    rows: list[LayoutRow]
    pages: int
    is_scan: bool

    @property
    def broken(self) -> list[LayoutRow]:
        """The rules that are not met."""
        return [row for row in self.rows if row.outcome == "not_met"]

    @property
    def met(self) -> int:
        """How many rules are met."""
        return sum(row.outcome == "met" for row in self.rows)

    @property
    def skipped(self) -> int:
        """How many rules do not apply."""
        return sum(row.outcome == "not_applicable" for row in self.rows)


def layout_of(
    source: Path | Blob, *, in_decree: bool = True, style: HeaderStyle | None = None
) -> Checked:
    """Return what the PDF at ``source`` (a path or a kept file) came to; some 0.3 s for ten pages.

    ``in_decree`` is false for what NĐ 30 does not name as a kind (`Official.in_decree`). Raises
    `Unreadable` with its reason.
    """
    if isinstance(source, Path):
        return _checked(source, in_decree=in_decree, style=style)
    with incoming_file() as copy, open_bytes(source) as kept:
        with copy.open("wb") as target:
            copyfileobj(kept, target)
        return _checked(copy, in_decree=in_decree, style=style)


def check_upload(upload: UploadedFile, *, in_decree: bool = True) -> Checked:
    """Check what somebody sent; nothing of it is kept. Refuses with `Invalid` beside ``file``."""
    with received(upload) as found:
        if found.kind is not PDF:
            told = _("Chỉ kiểm tra được tệp PDF. Tệp Word thì hãy lưu thành PDF rồi gửi.")
            raise Invalid(told, field="file")
        try:
            return layout_of(found.path, in_decree=in_decree)
        except Unreadable as trouble:
            raise Invalid(str(WHY[trouble.reason]), field="file") from trouble


def _checked(path: Path, *, in_decree: bool, style: HeaderStyle | None) -> Checked:
    read = read_pdf(path, Limits(size=most_bytes()))
    rows = [
        LayoutRow(
            finding.key,
            str(NAMES[finding.key]),
            finding.outcome,
            str(OUTCOMES[finding.outcome]),
            KINDS[finding.outcome],
            measured(finding),
            asked(finding.rule),
            finding.page,
            where(finding.rule),
        )
        for finding in check(read, in_decree=in_decree, style=style)
    ]
    return Checked(rows, len(read.pages), not read.has_text)
