"""Printing a frozen paper: PDF and Word, made once, and then these bytes are the paper."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _

from thidua.accounts.acting import NOBODY
from thidua.audit.actions import record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import DomainError, WrongState
from thidua.documents.models import Printing, Version
from thidua.files.actions import keep_made
from thidua.files.kinds import DOCX, PDF, Kind
from thidua.files.models import Blob
from thidua.typesetting.fonts import Fonts, find_fonts
from thidua.typesetting.official import Official, from_data
from thidua.typesetting.pdf import Unprintable, render_pdf
from thidua.typesetting.word import render_docx

log = logging.getLogger(__name__)
KINDS: dict[str, Kind] = {Printing.Form.PDF: PDF, Printing.Form.WORD: DOCX}
LIKE_PDF = (Printing.Form.PDF, Printing.Form.SIGN)
Render = Callable[[Official, Fonts], bytes]
RENDER: dict[str, Render] = {
    Printing.Form.PDF: render_pdf,
    Printing.Form.WORD: lambda official, _fonts: render_docx(official),
}


class CannotPrint(DomainError):
    """The paper could not be set; the cause is for the operator (``__cause__``, the log)."""

    code = "cannot_print"


def fonts_in_use() -> Fonts:
    """Return the family that papers of this installation are set in."""
    return find_fonts(settings.PAPER_FONTS)


def print_version(version: Version) -> list[Printing]:
    """Return the PDF and the Word file of a frozen paper, made now where they are not there yet.

    Call it outside a transaction: setting a paper takes its time, and bytes are not rolled back.
    Twice, or by two at once, does no harm: the first file of a form stays the paper for ever.
    Refuses `WrongState` for a text frozen without a paper, `CannotPrint` when setting it fails.
    """
    have = {p.form: p for p in version.printings.select_related("blob")}
    missing = [form for form in KINDS if form not in have]
    if missing and not version.official:
        raise WrongState(_("Bản này được chốt trước khi hệ thống in văn bản, nên không có bản in."))
    if missing:
        made = _rendered(version, missing)
        have |= {form: keep_printing(version, form, content) for form, content in made.items()}
    return [have[form] for form in KINDS]


def set_for_reading(official: Official) -> bytes:
    """Return a PDF of what is told but not issued, such as a signing file; nothing is kept."""
    try:
        return render_pdf(official, fonts_in_use())
    except Unprintable as fault:
        raise cannot_print(official.kind, fault) from fault


def _rendered(version: Version, forms: list[str]) -> dict[str, bytes]:
    try:
        official, fonts = from_data(version.official), fonts_in_use()
        return {form: RENDER[form](official, fonts) for form in forms}
    except Unprintable as fault:
        raise cannot_print(f"{version.kind}, version {version.pk}", fault) from fault


def cannot_print(paper: str, fault: Unprintable) -> CannotPrint:
    """Tell the operator the cause, and return what the officer is told."""
    log.error("the paper %s cannot be set: %s", paper, fault)
    return CannotPrint(
        _(
            "Chưa lập được bản in của văn bản này: mẫu in gặp lỗi. Nội dung vẫn còn nguyên. "
            "Người vận hành đã được báo; hãy thử lại sau."
        )
    )


def keep_printing(version: Version, form: str, content: bytes) -> Printing:
    """Keep the file that was made of a version, unless one of its form is there already."""
    blob = keep_made(content, KINDS.get(form, PDF), by=NOBODY)
    return _write(version, form, blob)


@deed()
def _write(version: Version, form: str, blob: Blob) -> Printing:
    """Write which bytes are the paper, unless another was first: then hers are."""
    family = fonts_in_use().family if form in LIKE_PDF else ""
    printing, made = Printing.objects.select_related("blob").get_or_create(
        version=version,
        form=form,
        defaults={"blob": blob, "made_at": clock.now(), "family": family},
    )
    if made:
        told = {"form": printing.get_form_display(), "digest": blob.digest}
        record("paper.printed", by=NOBODY, on=version, chain=version.chain, **told)
    return printing
