"""Reads about years."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core.errors import OutOfTime
from thidua.core.text import day_text
from thidua.cycles.models import Carrying, Cycle, Enrolment, Phase
from thidua.organizations.models import Organization, Reorganization
from thidua.organizations.queries import organizations


def with_parts(cycles: QuerySet[Cycle]) -> QuerySet[Cycle]:
    """Carry what every page of a year reads: bloc, members with names, phases with acts."""
    members = Enrolment.objects.select_related("organization").prefetch_related(
        "organization__names"
    )
    return cycles.select_related("bloc").prefetch_related(
        Prefetch("enrolments", members), "phases__acts"
    )


def for_a_deed(cycles: QuerySet[Cycle]) -> QuerySet[Cycle]:
    """Carry what an act within a year asks of it: its bloc, who has which part, its phases."""
    return cycles.select_related("bloc").prefetch_related("enrolments", "phases__acts")


def cycles_for(acting: Acting) -> QuerySet[Cycle]:
    """Return the years this person may see: the twin of ``cycles.view_cycle``."""
    seen = ~Q(state=Cycle.State.DRAFT)
    if acting.appointments:
        seen |= Q(enrolments__organization=acting.organization)
        if acting.has_role("board"):
            seen |= Q(bloc__managing_body=acting.organization)
        for appointment in acting.appointments:
            if appointment.role == "secretary":
                seen |= Q(bloc=appointment.bloc_id, year=appointment.year)
    return with_parts(Cycle.objects.filter(pk__in=Cycle.objects.filter(seen).values("pk")))


def enrolments_seen(acting: Acting, organization: Organization) -> QuerySet[Enrolment]:
    """Return an organisation's parts in years that this person may see, newest first.

    Also those that went on under a successor.
    """
    seen = cycles_for(acting).order_by().values("pk")
    part = Q(organization=organization) | Q(
        pk__in=Carrying.objects.filter(predecessor=organization).values("enrolment")
    )
    return (
        Enrolment.objects.filter(part, cycle__in=seen)
        .select_related("cycle__bloc", "organization")
        .order_by("-cycle__year", "cycle__bloc__sort_key")
    )


def joinable(cycle: Cycle) -> QuerySet[Organization]:
    """Return the organisations that have no part in the year yet, with their parents."""
    return (
        organizations()
        .exclude(enrolments__cycle=cycle)
        .exclude(ended_on__lt=date(cycle.year, 1, 1))
    )


def parts_still_open(organizations: Iterable[Organization]) -> QuerySet[Enrolment]:
    """Return their parts in years in preparation or open whose duties run: what an act settles."""
    running = [Cycle.State.DRAFT, Cycle.State.OPEN]
    return (
        Enrolment.objects.filter(
            organization__in=list(organizations), left_on=None, cycle__state__in=running
        )
        .select_related("organization", "cycle__bloc")
        .order_by("cycle__bloc__sort_key", "cycle__bloc", "cycle__year", "place")
    )


def settled_by(reorganization: Reorganization, acting: Acting) -> QuerySet[Carrying]:
    """Return what became of members' parts by an act, in years that this person may see."""
    seen = cycles_for(acting).order_by().values("pk")
    return Carrying.objects.filter(
        reorganization=reorganization, enrolment__cycle__in=seen
    ).select_related("enrolment__cycle__bloc", "predecessor", "successor")


def running_cycles_of(acting: Acting) -> QuerySet[Cycle]:
    """Return the draft and open years in which this person's organisation has work."""
    if not acting.appointments:
        return Cycle.objects.none()
    involved = Q(enrolments__organization=acting.organization, enrolments__left_on=None)
    if acting.has_role("board"):
        involved |= Q(bloc__managing_body=acting.organization)
    for appointment in acting.appointments:
        if appointment.role == "secretary":
            involved |= Q(bloc=appointment.bloc_id, year=appointment.year)
    running = Cycle.objects.filter(involved, state__in=[Cycle.State.DRAFT, Cycle.State.OPEN])
    return with_parts(Cycle.objects.filter(pk__in=running.values("pk")))


def years_led_by(organization: Organization) -> QuerySet[Cycle]:
    """Return the draft and open years whose secretary this organisation may name."""
    leading = Q(
        enrolments__organization=organization,
        enrolments__left_on=None,
        enrolments__role__in=[Enrolment.Role.LEADER, Enrolment.Role.DEPUTY],
    ) | Q(bloc__managing_body=organization)
    running = Cycle.objects.filter(leading, state__in=[Cycle.State.DRAFT, Cycle.State.OPEN])
    return Cycle.objects.filter(pk__in=running.values("pk")).select_related("bloc")


def refuse_unless_accepting(cycle: Cycle, kind: str) -> Phase | None:
    """Return the phase of ``kind``; refuse with `OutOfTime` when it is not open or is closed.

    A year that leaves the phase out sets no window.
    """
    phase = cycle.phase(kind)
    if phase is None or phase.accepts:
        return phase
    if phase.standing() == Phase.Standing.UPCOMING:
        opens = day_text(phase.opens_on)
        raise OutOfTime(
            _("Giai đoạn “%(phase)s” mở từ ngày %(day)s.") % {"phase": phase, "day": opens}
        )
    raise OutOfTime(_("Giai đoạn “%(phase)s” đã đóng, không nhận thêm.") % {"phase": phase})
