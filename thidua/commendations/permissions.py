"""Who may enter and see awards and rankings of years past.

Honours of units and small collectives are public. A person's are read by those who work for the
unit, or for the one that came after it, by the board over it, and by whoever entered them.
Rankings follow the rule of results: they are for who takes or took part in the bloc.
"""

from typing import Any

import rules

from thidua.organizations.permissions import is_board, is_board_of_bloc, is_operator


@rules.predicate
def is_of_a_collective(_acting: Any, award: Any) -> bool:
    """Is the honour of a unit or of a collective in it."""
    return not award.is_persons


@rules.predicate
def works_there(acting: Any, award: Any) -> bool:
    """Works for the unit, or for one that came after it."""
    if not acting.appointments:
        return False
    mine = acting.organization_id
    return bool(award.organization_id == mine or mine in award.heirs())


@rules.predicate
def is_board_over_it(acting: Any, award: Any) -> bool:
    """Works as the board over the unit, or of the body that entered the row."""
    unit = award.organization
    over = (unit.pk, unit.parent_id, unit.keeper_id, award.keeper_id)
    return bool(acting.has_role("board") and acting.organization_id in over)


@rules.predicate
def is_board_of_its_bloc(acting: Any, ranking: Any) -> bool:
    """Works as the board of the body that manages the bloc."""
    return bool(is_board_of_bloc(acting, ranking.bloc))


@rules.predicate
def takes_part_in_bloc(acting: Any, ranking: Any) -> bool:
    """Works for a unit that takes or took part in the bloc, or came after one that did."""
    mine = acting.organization_id
    bloc = ranking.bloc
    if not acting.appointments:
        return False
    if any(a.role == "secretary" and a.bloc_id == bloc.pk for a in acting.appointments):
        return True
    took_part = {e.organization_id for c in bloc.cycles.all() for e in c.enrolments.all()}
    took_part |= {row.organization_id for row in bloc.past_rankings.all()}
    return mine in took_part or not took_part.isdisjoint(ranking.forebears_of(mine))


write_award = is_board_over_it
view_award = is_of_a_collective | works_there | is_board_over_it | is_operator
begin_award = is_board
write_ranking = is_board_of_its_bloc
view_ranking = is_board_of_its_bloc | is_operator | takes_part_in_bloc
rules.add_perm("commendations.enter_ranking", is_board_of_bloc)
