"""Who may see, prepare, make and receive a handover. Predicates read the cycle's enrolments."""

from typing import Any

import rules

from thidua.cycles import permissions as cycles


@rules.predicate
def sees_year(acting: Any, cycle: Any) -> bool:
    """Runs or ran the year: its leader, deputies, secretary, and the board."""
    return bool(
        cycles.is_board(acting, cycle)
        or cycles.is_secretary(acting, cycle)
        or cycles.works_for_leader(acting, cycle)
        or cycles.works_for_deputy(acting, cycle)
    )


@rules.predicate
def sees(acting: Any, handover: Any) -> bool:
    return bool(sees_year(acting, handover.cycle))


@rules.predicate
def is_receiver(acting: Any, handover: Any) -> bool:
    """Works for the organisation that takes the year over, once it was handed to it."""
    return handover.is_handed and bool(acting.is_for(handover.receiver_id))


@rules.predicate
def prepares(acting: Any, cycle: Any) -> bool:
    return bool(cycles.prepare(acting, cycle))


@rules.predicate
def hands(acting: Any, handover: Any) -> bool:
    """The head of the leading unit; the board where nobody leads."""
    return bool(cycles.lead(acting, handover.cycle))


@rules.predicate
def takes_back(acting: Any, handover: Any) -> bool:
    """The head of the unit that handed over, also once it only reads."""
    cycle = handover.cycle
    still_leads = cycles.works_for_leader(acting, cycle) and acting.may_send()
    return bool(still_leads or cycles.is_board(acting, cycle))


@rules.predicate
def may_send(acting: Any, _handover: Any) -> bool:
    return bool(acting.may_send())


view = sees | is_receiver
hand = hands
take_back = takes_back
receive = is_receiver & may_send
# These are asked of a year: there is no handover yet.
rules.add_perm("handovers.follow_handover", sees_year)
rules.add_perm("handovers.prepare_handover", prepares)
