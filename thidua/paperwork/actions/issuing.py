"""Issuing a draft: its number, its frozen words, its printings; withdrawing it; a new version."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.workflow import move, require_state
from thidua.cycles.actions.years import lock_year
from thidua.documents.actions import (
    Line,
    NumberMoved,
    freeze_official,
    peek_number,
    print_version,
    symbol_of,
    take_number,
    withdraw_paper,
)
from thidua.documents.printing import tried
from thidua.jobs.actions import later
from thidua.notifications.actions import notify
from thidua.organizations.queries import header_of
from thidua.paperwork.actions.drafting import keep_reading, made, note, reread
from thidua.paperwork.models import Draft
from thidua.paperwork.papers import kind_of, name_of, official_of, texts_of
from thidua.paperwork.papers.heads import RECIPIENTS
from thidua.paperwork.queries import of_its_year, whole
from thidua.typesetting.official import Official
from thidua.typesetting.papers.frame import ILLUSTRATION
from thidua.typesetting.papers.wording import lines_of

TRIES = 5  # others may take our number while the paper is being set with it


@dataclass(frozen=True)
class Ready:
    """The paper as it would be issued now. ``peeked`` is None where the number is typed."""

    official: Official
    dated: date
    signer: Appointment
    peeked: int | None


def issue_draft(draft: Draft, *, by: Acting) -> Draft:
    """Issue the paper: number, frozen words, code, PDF and Word. Return the draft, now issued.

    Setting it comes before the deed and after it; the deed reads draft and number again, and where
    somebody was quicker with the number all is done anew. Refuses what `made_ready` refuses, and
    words that changed since ``draft`` was read.
    """
    for _attempt in range(TRIES):
        ready = made_ready(draft)
        tried(ready.official)
        try:
            issued = _issue(draft, ready, by=by)
        except NumberMoved:
            draft = of_its_year(whole(Draft.objects.filter(pk=draft.pk)).get())
            continue
        if issued.version is not None:
            print_version(issued.version)
        return issued
    raise WrongState(_("Đang có nhiều văn bản cùng lấy số. Hãy bấm Ban hành lần nữa."))


def made_ready(draft: Draft) -> Ready:
    """Return the paper with the number that it would have; nothing is kept.

    Refuses a paper without a day, a signer who still may sign, a number where none is given out,
    or a part that its kind asks for.
    """
    require_state(draft, Draft.State.DRAFT)
    kind, texts = kind_of(draft.kind), texts_of(draft)
    for part in kind.parts:
        if part.required and not texts[part.name].strip():
            raise Invalid(
                _("Chưa viết phần “%(part)s”. Hãy viết rồi lưu bản thảo.") % {"part": part.label},
                field=part.name,
            )
    if draft.dated is None:
        raise Invalid(_("Chưa ghi ngày văn bản. Hãy ghi rồi lưu bản thảo."), field="dated")
    if draft.signer is None:
        raise Invalid(_("Chưa chọn người ký. Hãy chọn rồi lưu bản thảo."), field="signer")
    if not draft.signer.holds(clock.today()):
        raise Invalid(_("Người ký đã chọn nay không còn ký được. Hãy chọn lại."), field="signer")
    peeked = peek_number(draft.issuer, kind.abbreviation, draft.dated.year)
    number = peeked or draft.typed_number
    if number is None:
        raise Invalid(
            _("Chưa ghi số văn bản (lấy ở sổ văn bản đi). Hãy ghi rồi lưu bản thảo."),
            field="typed_number",
        )
    unit = header_of(draft.issuer, draft.dated).symbol
    symbol = symbol_of(number, kind.abbreviation, unit)
    official = official_of(draft, symbol=symbol, is_final=True)
    return Ready(official, draft.dated, draft.signer, peeked)


@deed()
def _issue(draft: Draft, ready: Ready, *, by: Acting) -> Draft:
    draft = reread(draft)
    lock_year(draft.cycle)
    if made_ready(draft) != ready:
        raise _moved(draft, ready)
    chain, previous = chain_of_bloc(draft.cycle.bloc_id), draft.previous
    version = freeze_official(
        ready.official,
        by=by,
        chain=chain,
        previous=previous.version if previous else None,
        title=name_of(draft, ready.official),
        is_illustration=ready.official.watermark == ILLUSTRATION,
    )
    number = take_number(
        draft.issuer,
        kind=kind_of(draft.kind).abbreviation,
        dated=ready.dated,
        title=version.title,
        number=None if ready.peeked else draft.typed_number,
        line=Line(
            signer=ready.signer.user.name,
            recipients="; ".join(lines_of(texts_of(draft).get(RECIPIENTS.name, "")))[:500],
            version=version,
            peeked=ready.peeked,
        ),
        by=by,
    )
    keep_reading(draft, by=by)
    move(draft, Draft.State.ISSUED, version=version)
    note("paper.issued", draft, by, symbol=number.symbol, digest=version.digest)
    later("documents.print", pk=version.pk)
    notify(
        [e.organization_id for e in draft.cycle.current()],
        gettext_noop("%(issuer)s đã ban hành: %(title)s."),
        about=draft,
        issuer=draft.issuer.name,
        title=version.title[:200],
    )
    return draft


def _moved(draft: Draft, ready: Ready) -> WrongState:
    kind = kind_of(draft.kind)
    if ready.peeked != peek_number(draft.issuer, kind.abbreviation, ready.dated.year):
        return NumberMoved(_("Số vừa được văn bản khác lấy."))
    return WrongState(_("Nội dung vừa thay đổi. Hãy xem lại bản in rồi ban hành."))


@deed()
def withdraw_draft(draft: Draft, *, by: Acting, reason: str) -> Draft:
    """Take an issued paper back, with a reason; its number, words and page stay readable."""
    draft = reread(draft)
    require_state(draft, Draft.State.ISSUED)
    if draft.version is not None:
        withdraw_paper(draft.version, by=by, reason=reason)
    return draft


@deed()
def replace_draft(draft: Draft, *, by: Acting) -> Draft:
    """Begin a new version of an issued paper; it names the old one once it is issued."""
    draft = reread(draft)
    require_state(draft, Draft.State.ISSUED)
    lock_year(draft.cycle)
    if draft.later.exists():
        raise AlreadyDone(_("Đã có bản sau của văn bản này."))
    return made(
        Draft(
            kind=draft.kind,
            cycle=draft.cycle,
            enrolment=draft.enrolment,
            subject=draft.subject,
            issuer=draft.issuer,
            parts=draft.parts,
            place=draft.place,
            dated=clock.today(),
            signer=draft.signer,
            previous=draft,
        ),
        by=by,
    )
