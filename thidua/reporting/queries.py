"""Reads about reports, measurements and evidence."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.cycles.models import Cycle, Enrolment
from thidua.movements.models import Adoption
from thidua.reporting.models import (
    Evidence,
    EvidenceUse,
    Report,
    ReportAnswer,
    ReportSending,
    Sharing,
    Turnout,
)
from thidua.reporting.results import TargetResult, measured_targets, result_of
from thidua.targets.models import Target


def cycles_followed(acting: Acting) -> QuerySet[Cycle]:
    """Return the years this person follows: the twin of ``cycles.follow_cycle``."""
    if not acting.appointments:
        return Cycle.objects.none()
    followed = Q(enrolments__organization=acting.organization)
    if acting.has_role("board"):
        followed |= Q(bloc__managing_body=acting.organization)
    for appointment in acting.appointments:
        if appointment.role == "secretary":
            followed |= Q(bloc=appointment.bloc_id, year=appointment.year)
    return Cycle.objects.filter(followed).order_by()


def with_parts(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Carry what a report's page and its acts read, at a number of queries that does not grow."""
    members = Enrolment.objects.select_related("organization").prefetch_related(
        "organization__names"
    )
    return reports.select_related(
        "enrolment__organization",
        "enrolment__cycle__bloc",
        "period__cycle",
        "saved_by__person",
    ).prefetch_related(
        Prefetch("enrolment__cycle__enrolments", members),
        "period__cycle__phases__acts",
        Prefetch("turnouts", Turnout.objects.select_related("adoption__movement")),
        Prefetch("sendings", ReportSending.objects.select_related("by__person")),
        Prefetch("answers", ReportAnswer.objects.select_related("by__person")),
    )


def for_a_deed(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Carry what an act on a report reads: its unit, its year, its period, what it says so far."""
    return reports.select_related(
        "enrolment__organization", "enrolment__cycle__bloc", "period__cycle"
    ).prefetch_related(
        "enrolment__cycle__enrolments",
        "period__cycle__phases__acts",
        Prefetch("turnouts", Turnout.objects.select_related("adoption__movement")),
        "sendings",
        "answers",
    )


def reports_for(acting: Acting) -> QuerySet[Report]:
    """Return the reports this person may see: the twin of ``reporting.view_report``."""
    if not acting.appointments:
        return Report.objects.none()
    sent = ~Q(state=Report.State.DRAFT)
    own = Q(enrolment__organization=acting.organization)
    followed = Q(enrolment__cycle__in=cycles_followed(acting).values("pk"))
    return with_parts(Report.objects.filter(own | (sent & followed)))


def report_for_period(enrolment: Enrolment, period: int) -> Report | None:
    """Return the member's report for the period of that key in its own year, with its parts."""
    mine = Report.objects.filter(enrolment=enrolment, period=period)
    return with_parts(mine.filter(period__cycle=enrolment.cycle_id)).first()


def target_to_measure(acting: Acting, pk: int) -> Target | None:
    """Return a target of the person's own unit, with its set, year and measurements, else None."""
    if not acting.appointments:
        return None
    return (
        Target.objects.filter(target_set__enrolment__organization=acting.organization, pk=pk)
        .select_related("target_set__enrolment__organization", "target_set__enrolment__cycle__bloc")
        .prefetch_related("measurements__by__person", "measurements__period")
        .first()
    )


@dataclass(frozen=True)
class TargetLine:
    """One target with its result and what proves it (not what was withdrawn)."""

    target: Target
    result: TargetResult
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def lacks_proof(self) -> bool:
        """Whether it is claimed to be reached with neither evidence nor an explanation."""
        return bool(self.result.is_reached) and not self.evidence


def target_lines(enrolment: Enrolment) -> list[TargetLine]:
    """Return the member's targets in their order, with results and evidence: five queries.

    None while the registration is still a draft.
    """
    targets = measured_targets(enrolment)
    proving = _uses().filter(target__in=[target.pk for target in targets])
    by_target: dict[int, list[Evidence]] = {}
    for use in proving:
        by_target.setdefault(use.target_id or 0, []).append(use.evidence)
    return [
        TargetLine(t, result_of(t, t.measurements.all()), by_target.get(t.pk, [])) for t in targets
    ]


def evidence_of(report: Report) -> list[Evidence]:
    """Return what proves the report as a whole (not what was withdrawn)."""
    return [use.evidence for use in _uses().filter(report=report)]


def _uses() -> QuerySet[EvidenceUse]:
    return (
        EvidenceUse.objects.filter(evidence__withdrawn_at=None)
        .select_related("evidence__blob", "evidence__by__person")
        .prefetch_related("evidence__sharings")
        .order_by("pk")
    )


def turnouts_to_fill(report: Report) -> list[Adoption]:
    """Return the year's movements in their order, for the numbers of people who took part."""
    return list(Adoption.objects.filter(cycle=report.enrolment.cycle_id).select_related("movement"))


def evidence_for(acting: Acting) -> QuerySet[Evidence]:
    """Return the evidence this person may see: the twin of ``reporting.view_evidence``.

    One's own unit's always (what was withdrawn too); that of the years one follows once it is
    shared.
    """
    if not acting.appointments:
        return Evidence.objects.none()
    own = Q(enrolment__organization=acting.organization)
    followed = Q(enrolment__cycle__in=cycles_followed(acting).values("pk"))
    return (
        Evidence.objects.filter(own | (Q(_shared()) & followed))
        .select_related(
            "blob",
            "by__person",
            "enrolment__organization",
            "enrolment__cycle__bloc",
        )
        .prefetch_related(
            "sharings",
            "uses__target",
            "uses__report__period",
            "enrolment__cycle__enrolments",
        )
    )


def _shared() -> Exists:
    return Exists(Sharing.objects.filter(evidence=OuterRef("pk")))


def sent_in(cycle: Cycle) -> QuerySet[Evidence]:
    """Return the files that members have sent in a year, oldest first, with whose they are."""
    return (
        Evidence.objects.filter(_shared(), enrolment__cycle=cycle, blob__isnull=False)
        .select_related("blob", "enrolment__organization")
        .order_by("pk")
    )


def attachable(enrolment: Enrolment) -> QuerySet[Evidence]:
    """Return what the member has kept in this year and not withdrawn, newest first."""
    return (
        Evidence.objects.filter(enrolment=enrolment, withdrawn_at=None)
        .select_related("blob")
        .order_by("-at", "-pk")
    )


def same_bytes(evidences: Iterable[Evidence], acting: Acting) -> dict[int, list[tuple[str, int]]]:
    """Return where else the same bytes prove something: by evidence, (unit, year) in order.

    Another unit, or the same in another year; withdrawn and, of others, unsent evidence counts
    not. A unit is named only where ``acting`` follows its year. One query for the whole list.
    """
    files = {e.pk: e.blob_id for e in evidences if e.blob_id is not None}
    own = Q(enrolment__organization=acting.organization) if acting.appointments else Q(pk=None)
    counts = Q(withdrawn_at=None) & (own | Q(_shared()))
    rows = (
        Evidence.objects.filter(counts | Q(pk__in=files), blob__in=set(files.values()))
        .annotate(is_followed=Exists(_follows(acting)))
        .order_by("enrolment__cycle__year", "enrolment__organization__sort_key", "pk")
        .values_list(
            "pk",
            "blob",
            "withdrawn_at",
            "enrolment__organization",
            "enrolment__cycle__year",
            "enrolment__organization__name",
            "is_followed",
        )
    )
    found: dict[int, list[tuple[str, int]]] = {}
    by_blob: dict[int, list[_Copy]] = {}
    own_place = {}
    for row in itertools.starmap(_Copy, rows if files else ()):
        by_blob.setdefault(row.blob, []).append(row)
        own_place[row.pk] = row.place
    for pk, blob in files.items():
        copies = by_blob[blob]
        elsewhere = [c.told for c in copies if not c.withdrawn_at and c.place != own_place[pk]]
        if elsewhere:
            found[pk] = list(dict.fromkeys(elsewhere))
    return found


class _Copy(NamedTuple):
    """One row that names the same bytes: no more of it than is told."""

    pk: int
    blob: int
    withdrawn_at: datetime | None
    organization: int
    year: int
    name: str
    is_followed: bool

    @property
    def place(self) -> tuple[int, int]:
        """Whose it is in which year: two rows of one unit in one year are one place."""
        return self.organization, self.year

    @property
    def told(self) -> tuple[str, int]:
        """How the place is named: a unit is named only where its year is followed."""
        return (self.name if self.is_followed else _("một đơn vị ngoài khối")), self.year


def _follows(acting: Acting) -> QuerySet[Cycle]:
    return cycles_followed(acting).filter(pk=OuterRef("enrolment__cycle"))
