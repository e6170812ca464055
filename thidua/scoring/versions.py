"""Versions of a result: who moved from one to the next, and a unit's result in other years."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, prefetch_related_objects

from thidua.marks.cards import moved
from thidua.scoring.models import Result, Standing
from thidua.scoring.queries import PLACES


@dataclass(frozen=True)
class Moved:
    """How one unit moved between two versions; points in hundredths, None: none, or no rank."""

    enrolment_id: int
    unit_name: str
    from_points: int | None
    to_points: int | None
    from_rank: int | None
    to_rank: int | None


@dataclass(frozen=True)
class Earlier:
    """A unit's published result of another year: only the percentage can be compared."""

    standing: Standing

    @property
    def result(self) -> Result:
        """The result that it stands in."""
        return self.standing.result

    @property
    def year(self) -> int:
        """Which year it was."""
        return int(self.result.cycle.year)

    @property
    def percent(self) -> Decimal | None:
        """The total as % of that year's maximum."""
        return self.standing.percent


def moves_between(before: Result, after: Result) -> list[Moved]:
    """Return who changed in points or in rank, best of now first: no card is opened for it."""
    prefetch_related_objects([before, after], PLACES)
    was, now = _by_member(before), _by_member(after)
    names = {pk: standing.unit_name for pk, standing in {**was, **now}.items()}
    moves = moved(_places(was.values()), _places(now.values()))
    return [Moved(key, names[key], *m[1:]) for m in moves if isinstance(key := m.key, int)]


def _by_member(result: Result) -> dict[int, Standing]:
    return {standing.enrolment_id: standing for standing in result.standings.all()}


def _places(standings: Iterable[Standing]) -> dict[int, tuple[int | None, int | None]]:
    return {s.enrolment_id: (s.total, s.rank) for s in standings}


def earlier_of(standing: Standing, seen: QuerySet[Result]) -> list[Earlier]:
    """Return the unit's published results of earlier years of the same bloc, newest first.

    Of each year the last version; ``seen`` are the results that whoever looks may see. One query.
    """
    cycle = standing.result.cycle
    rows = (
        Standing.objects.filter(
            result__in=seen.order_by().values("pk"),
            result__state=Result.State.PUBLISHED,
            result__cycle__bloc=cycle.bloc_id,
            result__cycle__year__lt=cycle.year,
            enrolment__organization=standing.enrolment.organization_id,
        )
        .select_related("result__cycle")
        .defer("lines")
        .order_by("-result__cycle__year", "-result__number")
    )
    newest: dict[int, Standing] = {}
    for row in rows:
        newest.setdefault(row.result.cycle.year, row)
    return [Earlier(row) for row in newest.values()]
