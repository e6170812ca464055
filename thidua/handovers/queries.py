"""Reads about handovers."""

from django.db.models import Q, QuerySet

from thidua.accounts.acting import Acting
from thidua.cycles.models import Cycle, Enrolment
from thidua.handovers.models import Handover
from thidua.organizations.models import Organization


def may_receive(cycle: Cycle) -> QuerySet[Organization]:
    """Return who may take the year over: its members now, and those of the bloc's next year."""
    members = Q(enrolments__cycle=cycle, enrolments__left_on=None)
    following = Q(enrolments__cycle__bloc=cycle.bloc_id, enrolments__cycle__year=cycle.year + 1)
    found = Organization.objects.filter(members | (following & Q(enrolments__left_on=None)))
    return Organization.objects.filter(pk__in=found.values("pk"))


def next_leader(cycle: Cycle) -> Organization | None:
    """Return who leads the bloc's next year, else this year's deputy: who usually receives."""
    following = Enrolment.objects.filter(
        cycle__bloc=cycle.bloc_id,
        cycle__year=cycle.year + 1,
        role=Enrolment.Role.LEADER,
        left_on=None,
    )
    leading = {e.organization_id for e in cycle.in_role(Enrolment.Role.LEADER)}
    found = [e.organization for e in following.select_related("organization")]
    found += [e.organization for e in cycle.in_role(Enrolment.Role.DEPUTY)]
    return next((one for one in found if one.pk not in leading), None)


def handovers_for(acting: Acting) -> QuerySet[Handover]:
    """Return the handovers this person may see: the twin of ``handovers.view_handover``."""
    if not acting.appointments:
        return Handover.objects.none()
    leading = [Enrolment.Role.LEADER, Enrolment.Role.DEPUTY]
    led = Cycle.objects.filter(
        enrolments__organization=acting.organization,
        enrolments__left_on=None,
        enrolments__role__in=leading,
    )
    seen = Q(cycle__in=led.values("pk"))
    seen |= Q(receiver=acting.organization) & ~Q(state=Handover.State.DRAFT)
    if acting.has_role("board"):
        seen |= Q(cycle__bloc__managing_body=acting.organization)
    for appointment in acting.appointments:
        if appointment.role == "secretary":
            seen |= Q(cycle__bloc=appointment.bloc_id, cycle__year=appointment.year)
    return Handover.objects.filter(seen).select_related(
        "giver", "receiver", "handed_by__person", "received_by__person"
    )


def handover_of(cycle: Cycle, acting: Acting) -> Handover | None:
    """Return the handover of a year that this person may see, or None."""
    found = handovers_for(acting).filter(cycle=cycle).first()
    if found is not None:
        found.cycle = cycle
    return found
