"""Reads about targets."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from thidua.accounts.acting import Acting
from thidua.cycles.models import Cycle, Enrolment
from thidua.targets.models import CommonTarget, Direction, Target, TargetSet


def with_parts(sets: QuerySet[TargetSet]) -> QuerySet[TargetSet]:
    """Carry what every page of a set reads: targets with answers, honours, the cycle's members."""
    targets = Target.objects.select_related("adoption__movement", "common").prefetch_related(
        "answers__by__person"
    )
    members = Enrolment.objects.select_related("organization")
    return sets.select_related(
        "enrolment__organization", "enrolment__cycle__bloc__managing_body"
    ).prefetch_related(
        Prefetch("targets", targets),
        "registrations",
        "sendings__by__person",
        Prefetch("enrolment__cycle__enrolments", members),
        "enrolment__cycle__phases__acts",
    )


def sets_for(acting: Acting) -> QuerySet[TargetSet]:
    """Return the sets this person may see: the twin of ``targets.view_targetset``."""
    if not acting.appointments:
        return TargetSet.objects.none()
    seen = Q(enrolment__cycle__enrolments__organization=acting.organization)
    if acting.has_role("board"):
        seen |= Q(enrolment__cycle__bloc__managing_body=acting.organization)
    for appointment in acting.appointments:
        if appointment.role == "secretary":
            seen |= Q(
                enrolment__cycle__bloc=appointment.bloc_id, enrolment__cycle__year=appointment.year
            )
    return with_parts(TargetSet.objects.filter(pk__in=TargetSet.objects.filter(seen).values("pk")))


def set_of(enrolment: Enrolment) -> TargetSet | None:
    """Return the member's set, or None when nothing was begun."""
    return with_parts(TargetSet.objects.filter(enrolment=enrolment)).first()


@dataclass(frozen=True)
class Share:
    """How far the members' promises together reach a common target."""

    target: CommonTarget
    parts: list[Target]
    promised: Decimal

    @property
    def is_reached(self) -> bool:
        """Whether the parts add up to the common number (for "less": stay within it)."""
        if self.target.number is None:
            return bool(self.parts)
        if self.target.direction == Direction.LESS:
            return bool(self.parts) and self.promised <= self.target.number
        return self.promised >= self.target.number


def shares_of(cycle: Cycle) -> list[Share]:
    """Return each common target of the year with the members' parts in it: two queries."""
    parts = Target.objects.select_related("target_set__enrolment__organization").filter(
        target_set__enrolment__left_on=None
    )
    found: Iterable[CommonTarget] = CommonTarget.objects.filter(cycle=cycle).prefetch_related(
        Prefetch("parts", parts)
    )
    shares = []
    for target in found:
        mine = list(target.parts.all())
        shares.append(Share(target, mine, sum((p.number or Decimal(0) for p in mine), Decimal(0))))
    return shares
