"""Reads about targets."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, QuerySet

from thidua.accounts.acting import Acting
from thidua.cycles.models import Cycle, Enrolment
from thidua.targets.models import Answer, CommonTarget, Direction, Sending, Target, TargetSet

ANSWERED = Prefetch(
    "targets",
    Target.objects.select_related("adoption__movement", "common").prefetch_related(
        Prefetch("answers", Answer.objects.select_related("by__person"))
    ),
)
MEMBERS = Prefetch(
    "enrolment__cycle__enrolments",
    Enrolment.objects.select_related("organization").prefetch_related("organization__names"),
)


def with_parts(sets: QuerySet[TargetSet]) -> QuerySet[TargetSet]:
    """Carry what every page of a set reads: targets with answers, honours, the cycle's members."""
    return sets.select_related(
        "enrolment__organization", "enrolment__cycle__bloc"
    ).prefetch_related(
        ANSWERED,
        "registrations",
        Prefetch("sendings", Sending.objects.select_related("by__person")),
        MEMBERS,
        "enrolment__cycle__phases__acts",
    )


def for_a_deed(sets: QuerySet[TargetSet]) -> QuerySet[TargetSet]:
    """Carry what every act on a set reads: its unit, its year, its targets with their answers."""
    whose = sets.select_related("enrolment__organization", "enrolment__cycle__bloc")
    return whose.prefetch_related("targets__answers")


def for_its_digest(sets: QuerySet[TargetSet]) -> QuerySet[TargetSet]:
    """Carry what a set's digest is made of, and what names the set."""
    targets = Target.objects.select_related("adoption__movement")
    whose = sets.select_related("enrolment__organization", "enrolment__cycle__bloc")
    return whose.prefetch_related(Prefetch("targets", targets), "registrations")


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


def target_for(acting: Acting, pk: int) -> Target | None:
    """Return a target of a set that this person may see, with its set's members; else None."""
    lean = sets_for(acting).prefetch_related(None).prefetch_related(ANSWERED, MEMBERS)
    found = lean.filter(targets=pk).order_by().first()
    return next((t for t in found.targets.all() if t.pk == pk), None) if found else None


@dataclass(frozen=True)
class Share:
    """How far the members' promises together reach a common target."""

    target: CommonTarget
    parts: list[Target]

    @property
    def is_rate(self) -> bool:
        """Whether the parts are percentages: these do not add up, each must reach the number."""
        return "%" in self.target.unit

    @property
    def promised(self) -> Decimal:
        """The parts together; of rates the one that is farthest from good; 0 without parts."""
        numbers = [part.number or Decimal(0) for part in self.parts]
        if not self.is_rate:
            return sum(numbers, Decimal(0))
        worst = max if self.target.direction == Direction.LESS else min
        return worst(numbers, default=Decimal(0))

    @property
    def is_reached(self) -> bool:
        """Whether the parts come to the common number (for "less": stay within it)."""
        if self.target.number is None or not self.parts:
            return bool(self.parts)
        if self.target.direction == Direction.LESS:
            return self.promised <= self.target.number
        if self.target.direction == Direction.EXACTLY:
            return self.promised == self.target.number
        return self.promised >= self.target.number


def shares_of(cycle: Cycle) -> list[Share]:
    """Return each common target of the year with the members' parts in it: two queries."""
    parts = Target.objects.select_related("target_set__enrolment__organization").filter(
        target_set__enrolment__left_on=None
    )
    found: Iterable[CommonTarget] = CommonTarget.objects.filter(cycle=cycle).prefetch_related(
        Prefetch("parts", parts)
    )
    return [Share(target, list(target.parts.all())) for target in found]


def overview_of(cycle: Cycle) -> dict[int, TargetSet]:
    """Return the year's sets by enrolment, with what a table of them reads: four queries."""
    targets = Target.objects.prefetch_related("answers")
    sets = (
        TargetSet.objects.filter(enrolment__cycle=cycle)
        .annotate(honour_count=Count("registrations"))
        .prefetch_related(Prefetch("targets", targets), "sendings")
    )
    return {found.enrolment_id: found for found in sets}
