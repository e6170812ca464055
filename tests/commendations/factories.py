"""Awards and rankings of years past, entered by the board over the unit."""

from datetime import date
from typing import Any

from tests import factories as make
from tests.kept import kept
from thidua.accounts.acting import Acting
from thidua.commendations.actions.awards import AwardFacts, enter_award
from thidua.commendations.actions.rankings import RankingFacts, enter_ranking
from thidua.commendations.models import Award, PastRanking
from thidua.organizations.actions import (
    BlocFacts,
    Decision,
    Newborn,
    found_bloc,
    merge_organizations,
)
from thidua.organizations.models import Bloc, Organization


@kept
def a_board() -> Acting:
    """Make the board of a managing body."""
    return make.board(make.an_organization("Ban Thi đua tỉnh", kind="board"))


def a_unit(board: Acting, name: str = "", **facts: Any) -> Organization:
    """Make a unit under the board's body."""
    return make.an_organization(name, parent=board.organization, **facts)


def a_merger(name: str, *old: Organization, by: Acting) -> Organization:
    """Merge units into a new one on 1-7-2025."""
    merge_organizations(old, Newborn(name), Decision(date(2025, 7, 1), "QĐ 1"), by=by)
    return Organization.objects.get(name=name, ended_on=None)


def an_award(unit: Organization, board: Acting, **facts: Any) -> Award:
    """Enter an award of the unit."""
    facts = {"honour_name": "Giấy khen", "year": 2024, **facts}
    return enter_award(unit, AwardFacts(**facts), by=board)


def a_bloc_of(board: Acting, name: str, *, number: str = "") -> Bloc:
    """Found a bloc of the board's body."""
    body = board.organization
    assert body is not None
    facts = BlocFacts(name=name, number=number, kind="khoi", level="province", managing_body=body)
    return found_bloc(facts, by=board)


def a_ranking(world: make.World, member: int = 0, **facts: Any) -> PastRanking:
    """Enter where a member of the world's bloc stood in a year past."""
    facts = {"year": 2024, "rank": member + 1, **facts}
    return enter_ranking(world.bloc, world.members[member], RankingFacts(**facts), by=world.board)
