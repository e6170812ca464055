"""Entering an honour that was decided, correcting it, taking it out when it was entered wrongly."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.audit.actions import Actor, record
from thidua.commendations.honours import code_of, fits, known, name_of
from thidua.commendations.models import FIRST_YEAR, Award, last_day_of
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid
from thidua.core.text import day_text, fold, one_line
from thidua.organizations.models import Office, Organization, Person


@dataclass(frozen=True)
class AwardFacts:
    """What is told of an honour. Of ``honour`` (a code) and ``honour_name`` one is enough.

    ``organization_name`` blank: the name borne on the day of the decision, or at the year's end.
    """

    honour_name: str
    year: int
    honour: str = ""
    organization_name: str = ""
    collective: str = ""
    person_name: str = ""
    post: str = ""
    decision_number: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    note: str = ""
    source: str = ""


@deed()
def enter_award(
    organization: Organization,
    facts: AwardFacts,
    *,
    by: Actor,
    is_illustration: bool = False,
) -> Award:
    """Enter an honour of a unit, of a collective or a person in it; refuse one that is there."""
    award = Award(
        organization=organization,
        keeper_id=by.organization_id,
        is_illustration=is_illustration,
        entered_at=clock.now(),
    )
    _fill(award, facts)
    _refuse_twice(award)
    _save(award)
    record("award.entered", by=by, on=award)
    return award


@deed()
def correct_award(award: Award, facts: AwardFacts, *, by: Actor) -> Award:
    """Correct what is told of an honour; what stood before stays in the trail."""
    award = Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
    with override("vi"):  # the trail is Vietnamese, whatever the actor reads
        before = told_of(award)
    _fill(award, facts)
    _refuse_twice(award)
    _save(award)
    record("award.corrected", by=by, on=award, before=before)
    return award


@deed()
def remove_award(award: Award, *, by: Actor, reason: str) -> None:
    """Take out an honour that was entered wrongly; the trail keeps what it said and why."""
    found = Award.objects.select_for_update(of=("self",)).filter(pk=award.pk).first()
    if found is None:
        raise AlreadyDone(_("Khen thưởng này đã được bỏ rồi."))
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    with override("vi"):
        before = told_of(found)
    told = {"before": before, "reason": one_line(reason)[:500]}
    record("award.removed", by=by, on=found.organization, **told)
    found.delete()


@deed()
def blank_awards_of(person: Person, *, name: str) -> None:
    """Put ``name`` for a person's in their awards, on lawful request; each keeps its own number.

    The request is recorded by whoever carries it out (`keeping`).
    """
    for award in Award.objects.select_for_update(of=("self",)).filter(person=person):
        award.person_name, award.post = f"{name} ({award.pk})", ""
        award.note = award.source = ""
        award.save()


def told_of(award: Award) -> str:
    """Return all that an award says, in one line: for the trail."""
    return "; ".join(part for part in (str(award), award.basis, one_line(award.note)) if part)[:900]


def as_facts(award: Award) -> AwardFacts:
    """Return what an award says, to be told anew with some of it changed."""
    return AwardFacts(**{name: getattr(award, name) for name in AwardFacts.__dataclass_fields__})


def _fill(award: Award, facts: AwardFacts) -> None:
    for name in AwardFacts.__dataclass_fields__:
        value = getattr(facts, name)
        clean = one_line(value) if isinstance(value, str) and name != "note" else value
        setattr(award, name, clean)
    _name_honour(award)
    _refuse_bad_year(award)
    _refuse_bad_decision(award)
    if not award.organization_name:
        day = award.decided_on or last_day_of(award.year)
        award.organization_name = award.organization.name_on(day)
    if not award.person_name:
        award.post = ""
    award.person = _person_of(award)


def _name_honour(award: Award) -> None:
    if not award.honour:
        award.honour = code_of(award.honour_name)
    elif known(award.honour) is None:
        raise Invalid(_("Danh hiệu, hình thức này không có trong danh sách."), field="honour")
    award.honour_name = award.honour_name or name_of(award.honour)
    if not award.honour_name:
        raise Invalid(_("Cần ghi danh hiệu hoặc hình thức khen thưởng."), field="honour_name")
    if not fits(award.honour, award.subject):
        told = {"honour": award.honour_name}
        sentence = _("%(honour)s chỉ tặng cá nhân: hãy ghi họ tên người được khen.")
        if award.is_persons:
            sentence = _("%(honour)s chỉ tặng tập thể: hãy bỏ trống họ tên.")
        raise Invalid(sentence % told, field="person_name")


def _refuse_bad_year(award: Award) -> None:
    if not FIRST_YEAR <= award.year <= clock.today().year:
        raise Invalid(_("Năm phải từ 1948 đến năm nay."), field="year")
    last = award.organization.last_day_of_rights
    if last and award.year > last.year:
        told = {"unit": award.organization.name, "day": day_text(last)}
        sentence = _("%(unit)s đã kết thúc ngày %(day)s: năm được khen không thể sau đó.")
        raise Invalid(sentence % told, field="year")


def _refuse_bad_decision(award: Award) -> None:
    if award.decided_on and award.decided_on > clock.today():
        raise Invalid(_("Ngày quyết định chưa tới."), field="decided_on")
    if award.decided_on and award.decided_on.year < award.year:
        raise Invalid(_("Ngày quyết định trước năm được khen."), field="decided_on")


def _person_of(award: Award) -> Person | None:
    """Return the only person of this name who holds or held a post there, or None."""
    if not award.person_name:
        return None
    offices = Office.objects.filter(organization=award.organization_id)
    people = Person.objects.filter(folded=fold(award.person_name), pk__in=offices.values("person"))
    found = list(people[:2])
    return found[0] if len(found) == 1 else None


def _refuse_twice(award: Award) -> None:
    """Refuse an honour that is there: with this decision, or with one of the two not told."""
    same = Award.objects.filter(
        organization=award.organization_id,
        collective_key=fold(award.collective),
        person_key=fold(award.person_name),
        honour_key=fold(award.honour_told),
        year=award.year,
    ).exclude(pk=award.pk)
    if award.decision_number:
        same = same.filter(Q(decision_key=fold(award.decision_number)) | Q(decision_key=""))
    other = same.first()
    if other is not None:
        raise _twice(other)


def _twice(other: Award) -> AlreadyDone:
    told = {"award": str(other), "basis": other.basis or _("chưa ghi quyết định")}
    return AlreadyDone(
        _(
            "Đã có %(award)s (%(basis)s). Nếu là một khen thưởng khác cùng năm, hãy ghi số quyết "
            "định của cả hai."
        )
        % told,
        field="decision_number",
    )


def _save(award: Award) -> None:
    """Write the row; whoever entered the same at the same moment came first."""
    try:
        with transaction.atomic():
            award.save()
    except IntegrityError as error:
        raise AlreadyDone(
            _("Khen thưởng này vừa được người khác ghi."), field="decision_number"
        ) from error
