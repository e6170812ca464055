"""What the pages of a unit and of a bloc show of awards and rankings of years past."""

from dataclasses import dataclass
from itertools import groupby

from thidua.accounts.acting import Acting
from thidua.commendations.models import Award, PastRanking
from thidua.commendations.queries import awards_of, rankings_for
from thidua.organizations.models import Bloc, Organization
from thidua.organizations.queries import forebears_of

MOST_AWARDS, MOST_RANKINGS = 30, 200


@dataclass(frozen=True)
class Record:
    """What a unit, and apart from it what it came from, was honoured with, and where it stood."""

    awards: list[Award]
    earlier_awards: list[Award]
    rankings: list[PastRanking]
    earlier_rankings: list[PastRanking]
    has_more: bool


def record_of(unit: Organization, acting: Acting) -> Record:
    """Return the newest of what a person may see: a number of queries that does not grow."""
    forebears = forebears_of(unit.pk)
    awards = list(awards_of(acting, unit, forebears)[: MOST_AWARDS + 1])
    has_more, awards = len(awards) > MOST_AWARDS, awards[:MOST_AWARDS]
    ours = rankings_for(acting).filter(organization__in=[unit.pk, *forebears])
    rankings = list(ours[:MOST_RANKINGS]) if acting.appointments else []
    return Record(
        [award for award in awards if award.organization_id == unit.pk],
        [award for award in awards if award.organization_id != unit.pk],
        [row for row in rankings if row.organization_id == unit.pk],
        [row for row in rankings if row.organization_id != unit.pk],
        has_more,
    )


@dataclass(frozen=True)
class YearOfRanks:
    """One year of a bloc as its papers have it. What no row has, gets no column."""

    year: int
    rows: list[PastRanking]

    @property
    def has_points(self) -> bool:
        """Whether points are known of anybody."""
        return any(row.points is not None for row in self.rows)

    @property
    def has_classes(self) -> bool:
        """Whether a class is known of anybody."""
        return any(row.class_name for row in self.rows)

    @property
    def sources(self) -> list[str]:
        """Where it is from, each once."""
        return list(dict.fromkeys(row.source for row in self.rows if row.source))


def past_years_of(bloc: Bloc, acting: Acting) -> list[YearOfRanks]:
    """Return a bloc's rankings of years past, newest first: one or two queries."""
    if not acting.appointments:
        return []
    rows = rankings_for(acting).filter(bloc=bloc)
    return [YearOfRanks(year, list(of)) for year, of in groupby(rows, key=lambda row: row.year)]
