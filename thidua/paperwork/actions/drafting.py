"""Drafting a paper of a year: begun from the year's data, its free parts written."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import Invalid, WrongState
from thidua.core.locks import lock
from thidua.core.text import nfc
from thidua.core.workflow import require_state
from thidua.cycles.actions.years import lock_year
from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.queries import with_parts
from thidua.organizations.models import Organization
from thidua.paperwork.models import Draft
from thidua.paperwork.papers import kind_of, official_of
from thidua.paperwork.queries import of_its_year, signers_of, whole
from thidua.typesetting.official import as_data

LONGEST_PART = 60_000  # letters: some thirty pages


@dataclass(frozen=True)
class DraftFacts:
    """What a person writes in a draft: the free parts by name, and what stands at head and foot."""

    parts: dict[str, str] = field(default_factory=dict)
    place: str = ""
    dated: date | None = None
    typed_number: int | None = None
    signer: Appointment | None = None


@deed()
def begin_draft(
    kind: str, cycle: Cycle, *, by: Acting, enrolment: Enrolment | None = None, subject: int = 0
) -> Draft:
    """Begin the paper of this kind, or return the draft that was begun already.

    A member's paper is issued by the member, the bloc's by who leads it: the organisation worked
    for where that leads, else the first leader, else the managing body. Refuses a ``subject`` that
    the kind does not have in this year: there is nothing to write of.
    """
    lock_year(cycle)
    found = kind_of(kind)
    told = {"kind": found.key, "cycle": cycle, "enrolment": enrolment, "subject": subject}
    if begun := Draft.objects.filter(**told, state=Draft.State.DRAFT).first():
        return begun
    fresh = with_parts(Cycle.objects.filter(pk=cycle.pk)).get()
    if subject not in {about.pk for about in found.subjects(fresh, enrolment)}:
        raise Invalid(
            _("Lúc này chưa có gì để ghi vào %(paper)s, nên chưa lập được.") % {"paper": found.name}
        )
    issuer = enrolment.organization if enrolment else _issuer(fresh, by)
    return made(Draft(**told, issuer=issuer), by=by)


def made(draft: Draft, *, by: Acting) -> Draft:
    """Save a new draft with the one signer there can be, and note it."""
    draft.place = draft.place or draft.issuer.place
    if draft.signer is None and len(signers := signers_of(draft.issuer)) == 1:
        draft.signer = signers[0]
    draft.save(force_insert=True)
    note("paper.begun", draft, by)
    return draft


def _issuer(cycle: Cycle, by: Acting) -> Organization:
    leaders = [e.organization for e in cycle.in_role(Enrolment.Role.LEADER)]
    mine = [leader for leader in leaders if leader.pk == by.organization_id]
    return next(iter([*mine, *leaders, cycle.bloc.managing_body]))


@deed()
def save_draft(
    draft: Draft, facts: DraftFacts, *, by: Acting, revision: int | None = None
) -> Draft:
    """Keep what was written; a paper that now reads otherwise is kept for the next comparison.

    Refuses a part that the kind does not know, one that is too long, and a signer of another
    organisation. An empty part is kept empty: what the kind proposed is not forced on anybody.
    ``revision`` is the one that the writer saw: if another was saved since, this is refused.
    """
    draft = reread(draft)
    require_state(draft, Draft.State.DRAFT)
    lock_year(draft.cycle)
    if revision not in (None, draft.revision):
        raise WrongState(_saved_elsewhere(draft))
    draft.revision += 1
    draft.parts = _parts(draft, facts.parts)
    draft.place, draft.dated, draft.typed_number = facts.place, facts.dated, facts.typed_number
    if facts.signer and facts.signer.organization_id != draft.issuer_id:
        raise Invalid(_("Người ký phải là người của cơ quan ban hành."), field="signer")
    draft.signer = facts.signer
    draft.save()
    keep_reading(draft, by=by)
    return draft


def _saved_elsewhere(draft: Draft) -> str:
    last = draft.savings.select_related("by__person").first()
    return _(
        "Dự thảo này vừa được %(who)s lưu từ một trang khác, nên chữ bạn vừa gõ còn ở đây mà chưa "
        "lưu đè lên. Hãy mở dự thảo ở một trang mới rồi ghép phần của bạn vào."
    ) % {"who": last.by.name if last else _("người khác")}


def keep_reading(draft: Draft, *, by: Acting) -> None:
    """Keep how the paper reads now, unless it was kept so before."""
    official = as_data(official_of(draft))
    last = draft.savings.first()
    if by.user and (last is None or last.official != official):
        draft.savings.create(official=official, at=clock.now(), by=by.user)


def _parts(draft: Draft, parts: dict[str, str]) -> dict[str, str]:
    known = {part.name: part for part in kind_of(draft.kind).parts}
    for name, text in parts.items():
        if name not in known:
            raise Invalid(_("Văn bản này không có phần nào tên như vậy."))
        if len(text) > LONGEST_PART:
            raise Invalid(
                _("Phần này dài quá %(most)d chữ cái. Hãy chuyển bớt sang phụ lục.")
                % {"most": LONGEST_PART},
                field=name,
            )
    return {name: nfc(text).strip() for name, text in parts.items()}


@deed()
def discard_draft(draft: Draft, *, by: Acting) -> None:
    """Delete a draft that nobody issued; how it read goes with it."""
    draft = reread(draft)
    require_state(draft, Draft.State.DRAFT)
    note("paper.discarded", draft, by)
    draft.savings.all().delete()
    draft.delete()


def reread(draft: Draft) -> Draft:
    """Return the draft locked, with all that its paper reads."""
    mine = Draft.objects.filter(pk=draft.pk)
    lock(mine)
    return of_its_year(whole(mine).get())


def note(code: str, draft: Draft, by: Acting, **facts: str | int) -> None:
    """Record an act on a paper in the bloc's chain."""
    record(code, by=by, on=draft, chain=chain_of_bloc(draft.cycle.bloc_id), **facts)
