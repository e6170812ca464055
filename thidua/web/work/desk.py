"""What lies on the desk: the running years of a person's organisations, read all at once.

The number of queries does not grow with the years, their members or their targets.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.covenants.models import Covenant, Reminder
from thidua.covenants.rounds import TURNS
from thidua.cycles import permissions as cycles_may
from thidua.cycles.models import Cycle, Enrolment, Phase
from thidua.cycles.queries import running_cycles_of
from thidua.documents.models import PaperSheet
from thidua.movements.models import Adoption
from thidua.reporting.models import Period, Report, ReportSending
from thidua.scoring.models import Objection, Result, ScoringTable
from thidua.targets.models import TargetSet
from thidua.web.work.sheets import Marking, marking_of


@dataclass
class Year:
    """One running year with what its tasks are told from."""

    cycle: Cycle
    sets: dict[int, TargetSet] = field(default_factory=dict)  # by enrolment
    covenants: list[Covenant] = field(default_factory=list)  # newest first, superseded left out
    movements: int = 0
    joined: Counter[int] = field(default_factory=Counter)  # movements joined, by organisation
    periods: list[Period] = field(default_factory=list)  # of reporting, by their due days
    reports: list[Report] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)  # newest first, set aside left out
    has_table: bool = False  # whether a scoring table is in use
    marking: Marking = field(default_factory=Marking)

    def due_on(self, kind: str) -> date | None:
        """Return the day by which the phase of ``kind`` asks for things, if it names one."""
        phase = self.cycle.phase(kind)
        return phase.due_on if phase else None

    def standing(self, kind: str) -> str:
        """Return where the phase of ``kind`` stands; a year that leaves it out sets no window."""
        phase = self.cycle.phase(kind)
        return phase.standing() if phase else Phase.Standing.OPEN

    def concerns(self, acting: Acting) -> bool:
        """Say whether ``acting`` has any part in this year."""
        return bool(
            cycles_may.is_member(acting, self.cycle)
            or cycles_may.is_board(acting, self.cycle)
            or cycles_may.is_secretary(acting, self.cycle)
        )


def years_of(actings: Sequence[Acting]) -> list[Year]:
    """Return the running years of these actings (one person for each of its organisations)."""
    running = Q(pk=None)
    for acting in actings:
        if acting.appointments:
            running |= Q(pk__in=running_cycles_of(acting).order_by().values("pk"))
    members = Enrolment.objects.select_related("organization", "target_set")
    of_year = {"cycle": OuterRef("pk")}
    in_use = ScoringTable.objects.filter(state=ScoringTable.State.ADOPTED, **of_year)
    cycles = (
        Cycle.objects.filter(running)
        .annotate(has_table=Exists(in_use), has_periods=Exists(Period.objects.filter(**of_year)))
        .select_related("bloc__managing_body")
        .prefetch_related(Prefetch("enrolments", members), "phases__acts")
    )
    years = {cycle.pk: Year(cycle, has_table=cycle.has_table) for cycle in cycles}
    if years:
        _add_sets(years, actings)
        _add_movements(years)
        _add_covenants(years, actings)
        _add_reports(years, actings)
        _add_results(years)
        _add_marking(years, actings)
    return list(years.values())


def _add_sets(years: dict[int, Year], actings: Sequence[Acting]) -> None:
    opened: list[TargetSet] = []
    for year in years.values():
        begun = [e for e in year.cycle.current() if hasattr(e, "target_set")]
        year.sets = {enrolment.pk: enrolment.target_set for enrolment in begun}
        opened += [s for s in year.sets.values() if any(_looks_into(a, s) for a in actings)]
    prefetch_related_objects(opened, "targets__answers")


def _looks_into(acting: Acting, target_set: TargetSet) -> bool:
    """Say whether the set's targets matter for a task: one's own, or one to be answered."""
    if target_set.state == TargetSet.State.SENT:
        return is_reviewing(acting, target_set)
    own = acting.is_for(target_set.enrolment.organization_id)
    return own and target_set.is_editable


def is_reviewing(acting: Acting, target_set: TargetSet) -> bool:
    """Say whether the organisation worked for answers this set (its head, or an officer)."""
    enrolment = target_set.enrolment
    reviewers = {r.organization_id for r in enrolment.cycle.reviewers_of(enrolment)}
    if not reviewers:
        return bool(cycles_may.is_board(acting, enrolment.cycle))
    return bool(acting.appointments) and acting.organization_id in reviewers


def _add_movements(years: dict[int, Year]) -> None:
    seen = set()
    for cycle_id, adoption_id, organization_id in Adoption.objects.filter(
        cycle__in=years
    ).values_list("cycle_id", "pk", "participations__organization_id"):
        year = years[cycle_id]
        year.movements += adoption_id not in seen
        seen.add(adoption_id)
        if organization_id is not None:
            year.joined[organization_id] += 1


def _add_covenants(years: dict[int, Year], actings: Sequence[Acting]) -> None:
    superseded = Covenant.State.SUPERSEDED
    found = (
        Covenant.objects.filter(cycle__in=years)
        .exclude(state=superseded)
        .annotate(has_waiting_sheets=Exists(_waiting().filter(version=OuterRef("version"))))
        .select_related("version")
        .defer("version__official")
        .order_by("-kind", "-number")  # whole ones first
    )
    for covenant in found:
        covenant.cycle = years[covenant.cycle_id].cycle
        years[covenant.cycle_id].covenants.append(covenant)
    covenants = [c for year in years.values() for c in year.covenants]
    in_turn = [c for c in covenants if c.is_in_turn and c.state == Covenant.State.SIGNING]
    prefetch_related_objects(in_turn, Prefetch("turns", TURNS))
    signing = [c for c in covenants if c.takes_signatures]
    prefetch_related_objects(signing, "version__signatures", "declines")
    with_sheets = [c for c in signing if getattr(c, "has_waiting_sheets", False)]
    waiting = _waiting().select_related("organization")
    prefetch_related_objects(
        with_sheets, Prefetch("version__sheets", waiting, to_attr="waiting_sheets")
    )
    circulated = [c for c in covenants if c.state == Covenant.State.CIRCULATED]
    prefetch_related_objects(circulated, "comments")
    led = [
        c
        for c in signing
        if c.state == Covenant.State.SIGNING
        and any(acting.has_perm("covenants.declare_covenant", c) for acting in actings)
    ]
    today = Reminder.objects.filter(day=clock.today())
    prefetch_related_objects(led, Prefetch("reminders", today))


def _waiting() -> QuerySet[PaperSheet]:
    return PaperSheet.objects.filter(state=PaperSheet.State.BROUGHT)


def _add_reports(years: dict[int, Year], actings: Sequence[Acting]) -> None:
    with_periods = [pk for pk, year in years.items() if getattr(year.cycle, "has_periods", False)]
    if not with_periods:
        return
    for period in Period.objects.filter(cycle__in=with_periods):
        period.cycle = years[period.cycle_id].cycle
        years[period.cycle_id].periods.append(period)
    found = Report.objects.filter(period__cycle__in=years).select_related("period")
    for report in found.order_by("period__due_on", "pk"):
        year = years[report.period.cycle_id]
        members = {e.pk: e for e in year.cycle.enrolments.all()}
        report.enrolment = members[report.enrolment_id]
        report.period.cycle = year.cycle
        year.reports.append(report)
    returned = [
        r
        for year in years.values()
        for r in year.reports
        if r.state == Report.State.RETURNED
        and any(acting.is_for(r.enrolment.organization_id) for acting in actings)
    ]
    sendings = Prefetch("sendings", ReportSending.objects.defer("content"))
    prefetch_related_objects(returned, sendings, "answers")


def _add_results(years: dict[int, Year]) -> None:
    if not any(year.has_table for year in years.values()):
        return
    unanswered = Objection.objects.filter(answered_at=None).select_related(
        "enrolment__organization"
    )
    found = Result.objects.filter(cycle__in=years).prefetch_related(
        Prefetch("objections", unanswered)
    )
    for result in found.order_by("-number"):
        year = years[result.cycle_id]
        result.cycle = year.cycle
        for objection in result.objections.all():
            objection.enrolment.cycle = year.cycle
        year.results.append(result)


def _add_marking(years: dict[int, Year], actings: Sequence[Acting]) -> None:
    marked = [year.cycle for year in years.values() if year.has_table]
    for cycle_id, marking in marking_of(marked, actings).items():
        years[cycle_id].marking = marking
