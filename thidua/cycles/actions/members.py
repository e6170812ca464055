"""What can be done with the members of a year: join, leave, hand the lead on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.text import day_text, one_line
from thidua.core.workflow import require_state
from thidua.cycles.actions.years import copy_cycle, locked
from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.signals import member_left
from thidua.organizations.models import Organization


def _note(code: str, enrolment: Enrolment, by: Acting, **facts: str | int | None) -> None:
    cycle = enrolment.cycle
    record(
        code,
        by=by,
        on=cycle,
        chain=chain_of_bloc(cycle.bloc_id),
        member=enrolment.organization.name,
        **facts,
    )


@deed()
def join_cycle(
    cycle: Cycle,
    organization: Organization,
    *,
    by: Acting,
    on: date | None = None,
    role: str = Enrolment.Role.MEMBER,
    basis: str = "",
) -> Enrolment:
    """Let an organisation take part from a day on (the year's first day unless told)."""
    return _join(cycle, [organization], by=by, on=on, role=role, basis=basis)[0]


@deed()
def join_together(
    cycle: Cycle,
    organizations: Sequence[Organization],
    *,
    by: Acting,
    on: date | None = None,
    basis: str = "",
) -> list[Enrolment]:
    """Let several organisations take part by one paper, all or none."""
    if not organizations:
        raise Invalid(_("Cần chọn ít nhất một đơn vị."), field="organization")
    role = Enrolment.Role.MEMBER
    return _join(cycle, organizations, by=by, on=on, role=role, basis=basis)


def _join(
    cycle: Cycle,
    organizations: Sequence[Organization],
    *,
    by: Acting,
    on: date | None,
    role: str,
    basis: str,
) -> list[Enrolment]:
    """Write the members in few statements, in the order in which they are given."""
    cycle = locked(cycle)
    on = on or date(cycle.year, 1, 1)
    place = cycle.enrolments.order_by("-place").values_list("place", flat=True).first() or 0
    before = {e.organization_id: e for e in cycle.enrolments.filter(organization__in=organizations)}
    joining = []
    for organization in organizations:
        _refuse_joining(cycle, organization, before.get(organization.pk), on)
        place += 1
        enrolment = Enrolment(
            cycle=cycle,
            organization=organization,
            role=role,
            place=place,
            joined_on=on,
            join_basis=basis,
        )
        before[organization.pk] = enrolment
        joining.append(enrolment)
    for enrolment in Enrolment.objects.bulk_create(joining):
        _note("member.joined", enrolment, by, day=on.isoformat(), basis=basis)
    return joining


def _refuse_joining(
    cycle: Cycle, organization: Organization, before: Enrolment | None, on: date
) -> None:
    if before is not None and before.left_on is None:
        raise AlreadyDone(_("Đơn vị này đã tham gia."), field="organization")
    if on.year > cycle.year:
        raise Invalid(_("Ngày tham gia phải trong năm thi đua."), field="on")
    if organization.ended_on and on > organization.ended_on:
        told = {"unit": organization.name, "day": day_text(organization.ended_on)}
        raise Invalid(
            _("%(unit)s đã kết thúc sau ngày %(day)s nên không tham gia được.") % told,
            field="organization",
        )
    if before is not None:
        raise AlreadyDone(
            _("Đơn vị này đã rời trong năm; muốn tham gia lại thì từ năm sau."),
            field="organization",
        )


@deed()
def remove_member(enrolment: Enrolment, *, by: Acting) -> None:
    """Strike a member off a year still in preparation, while nothing of its own stands there.

    From the opening on a member leaves, with a day and a reason.
    """
    cycle = locked(enrolment.cycle)
    require_state(cycle, Cycle.State.DRAFT)
    _note("member.removed", enrolment, by)
    try:
        with transaction.atomic():
            enrolment.delete()
    except ProtectedError as error:
        raise WrongState(
            _("Đơn vị này đã có phần việc trong năm. Hãy ghi việc rời, có lý do.")
        ) from error


@deed()
def leave_cycle(
    enrolment: Enrolment, *, by: Acting, on: date, reason: str, basis: str = ""
) -> Enrolment:
    """End a member's duties from a day on. What it signed and was given stays."""
    cycle = locked(enrolment.cycle)
    enrolment = (
        cycle.enrolments.select_for_update(of=("self",))
        .select_related("organization", "cycle__bloc")
        .get(pk=enrolment.pk)
    )
    if enrolment.left_on is not None:
        raise AlreadyDone(_("Đơn vị này đã rời rồi."))
    if not one_line(reason):
        raise Invalid(_("Cần ghi lý do."), field="reason")
    if on < enrolment.joined_on:
        raise Invalid(_("Ngày rời phải sau ngày tham gia."), field="on")
    if on > clock.today():
        raise Invalid(_("Ngày rời chưa tới: hãy ghi khi đơn vị đã rời."), field="on")
    end_duties(enrolment, by=by, on=on, reason=reason, basis=basis)
    return enrolment


def end_duties(enrolment: Enrolment, *, by: Acting, on: date, reason: str, basis: str) -> None:
    """Write that a member left and tell the apps above; the caller has locked and refused."""
    enrolment.left_on, enrolment.leave_reason, enrolment.leave_basis = on, reason, basis
    enrolment.reviews_leader = False
    enrolment.save()
    member_left.send(sender=Enrolment, enrolment=enrolment, by=by)
    _note("member.left", enrolment, by, day=on.isoformat(), reason=reason, basis=basis)


@deed()
def hand_lead(
    cycle: Cycle,
    *,
    by: Acting,
    leaders: Sequence[Enrolment],
    deputies: Sequence[Enrolment],
    reviewer: Enrolment | None = None,
) -> Cycle:
    """Name the leaders and deputies of the year (one, several or none), all at once.

    ``reviewer`` is the member that the meeting names to answer the leader's own targets; it
    is needed only where there is no deputy.
    """
    cycle = locked(cycle)
    leading, helping = {e.pk for e in leaders}, {e.pk for e in deputies}
    if leading & helping:
        raise Invalid(_("Một đơn vị không vừa là trưởng vừa là phó."), field="deputies")
    if reviewer and reviewer.pk in leading:
        raise Invalid(_("Không ai xem xét phần việc của chính mình."), field="reviewer")
    members = {
        e.pk: e for e in cycle.enrolments.filter(left_on=None).select_related("organization")
    }
    named = leading | helping | ({reviewer.pk} if reviewer else set())
    if not named <= set(members):
        raise Invalid(_("Chỉ chọn trong các đơn vị đang tham gia."))
    cycle.enrolments.filter(reviews_leader=True).update(reviews_leader=False)
    for pk, member in members.items():
        role = Enrolment.Role.MEMBER
        if pk in leading:
            role = Enrolment.Role.LEADER
        elif pk in helping:
            role = Enrolment.Role.DEPUTY
        reviews = reviewer is not None and reviewer.pk == pk
        if (member.role, member.reviews_leader) != (role, reviews):
            member.role, member.reviews_leader = role, reviews
            member.save(update_fields=["role", "reviews_leader"])
    record(
        "lead.handed",
        by=by,
        on=cycle,
        chain=chain_of_bloc(cycle.bloc_id),
        leaders=", ".join(m.organization.name for pk, m in members.items() if pk in leading),
        deputies=", ".join(m.organization.name for pk, m in members.items() if pk in helping),
    )
    return cycle


@dataclass(frozen=True)
class Lead:
    """Who is to lead and help, as enrolments of the old year, and who reviews the leader."""

    leaders: Sequence[Enrolment]
    deputies: Sequence[Enrolment]
    reviewer: Enrolment | None = None


@deed()
def begin_next_year(old: Cycle, lead: Lead, *, by: Acting, year: int) -> Cycle:
    """Copy a year's set-up and name who leads the new one, in one deed."""
    new = copy_cycle(old, by=by, year=year)
    there = {e.organization_id: e for e in new.enrolments.all()}
    named = [*lead.leaders, *lead.deputies, *([lead.reviewer] if lead.reviewer else [])]
    if any(e.organization_id not in there for e in named):
        raise Invalid(_("Chỉ chọn trong các đơn vị đang tham gia."))
    hand_lead(
        new,
        by=by,
        leaders=[there[e.organization_id] for e in lead.leaders],
        deputies=[there[e.organization_id] for e in lead.deputies],
        reviewer=there[lead.reviewer.organization_id] if lead.reviewer else None,
    )
    return new


def proposed_rotation(old: Cycle) -> tuple[list[Enrolment], list[Enrolment]]:
    """Return who would lead and help next year if the deputies moved up: a proposal, no rule.

    The next in the list's order after the last deputy becomes deputy.
    """
    members = old.current()
    leaders = old.in_role(Enrolment.Role.DEPUTY) or old.in_role(Enrolment.Role.LEADER)
    if not leaders or len(members) < 2:
        return leaders, []
    after = (members.index(leaders[-1]) + 1) % len(members)
    deputy = next((m for m in members[after:] + members[:after] if m not in leaders), None)
    return leaders, [deputy] if deputy else []
