"""Who may see and run a year. Predicates read the cycle's prefetched enrolments.

Leading = the head or stand-in (or the officer where the unit lets them send) of a leading
organisation; preparing = any of its people, the deputies' people, or the bloc's secretary.
Where a year has no leader, or its leader has handed it over and only reads, the managing body's
board leads.
"""

from typing import Any

import rules


@rules.predicate
def is_public(_acting: Any, cycle: Any) -> bool:
    return bool(cycle.is_public)


@rules.predicate
def is_board(acting: Any, cycle: Any) -> bool:
    """Works as the board of the bloc's managing body."""
    return bool(acting.is_for(cycle.bloc.managing_body_id, "board"))


@rules.predicate
def is_board_of(acting: Any, bloc: Any) -> bool:
    return bool(acting.is_for(bloc.managing_body_id, "board"))


@rules.predicate
def is_member(acting: Any, cycle: Any) -> bool:
    """Works for an organisation that takes part now."""
    return bool(acting.appointments) and cycle.enrolment_of(acting.organization_id) is not None


@rules.predicate
def was_member(acting: Any, cycle: Any) -> bool:
    """Works for an organisation that takes part or took part until it left."""
    return bool(acting.appointments) and any(
        e.organization_id == acting.organization_id for e in cycle.enrolments.all()
    )


@rules.predicate
def is_leaderless(_acting: Any, cycle: Any) -> bool:
    """Nobody leads (any more): the leader has handed over."""
    return not cycle.in_role("leader") or cycle.is_handed_over


@rules.predicate
def works_for_leader(acting: Any, cycle: Any) -> bool:
    mine = cycle.enrolment_of(acting.organization_id)
    return bool(acting.appointments) and mine is not None and mine.role == "leader"


@rules.predicate
def works_for_deputy(acting: Any, cycle: Any) -> bool:
    mine = cycle.enrolment_of(acting.organization_id)
    return bool(acting.appointments) and mine is not None and mine.role == "deputy"


@rules.predicate
def is_secretary(acting: Any, cycle: Any) -> bool:
    return bool(acting.is_secretary_of(cycle.bloc_id, cycle.year))


@rules.predicate
def only_reads(acting: Any, cycle: Any) -> bool:
    """Works for the leader who has handed the year over, from the day set there."""
    return cycle.is_handed_over and bool(works_for_leader(acting, cycle))


@rules.predicate
def may_send(acting: Any, _cycle: Any) -> bool:
    return bool(acting.may_send())


stands_in_for_leader = is_board & is_leaderless
follow = is_board | was_member | is_secretary
view = is_public | follow
found = is_board_of
manage = is_board
leads_still = works_for_leader & ~only_reads
lead = (leads_still & may_send) | stands_in_for_leader
prepare = leads_still | works_for_deputy | (is_secretary & ~only_reads) | stands_in_for_leader
edit = is_board | lead | prepare
schedule = is_board | lead
nudge = edit
