"""Who may see, prepare, send and answer a member's registration."""

from typing import Any

import rules

from thidua.cycles import permissions as cycles


@rules.predicate
def is_own(acting: Any, target_set: Any) -> bool:
    """Works for the member whose set it is."""
    return bool(acting.is_for(target_set.enrolment.organization_id))


@rules.predicate
def may_send(acting: Any, _set: Any) -> bool:
    return bool(acting.may_send())


@rules.predicate
def works_in_cycle(acting: Any, target_set: Any) -> bool:
    """Works for a member of the year, for the managing body's board, or as secretary."""
    cycle = target_set.enrolment.cycle
    return bool(
        cycles.was_member(acting, cycle)
        or cycles.is_board(acting, cycle)
        or cycles.is_secretary(acting, cycle)
    )


@rules.predicate
def is_reviewer(acting: Any, target_set: Any) -> bool:
    """May send for whoever answers this member's targets; nobody answers their own."""
    cycle = target_set.enrolment.cycle
    reviewers = cycle.reviewers_of(target_set.enrolment)
    if not reviewers:
        return bool(cycles.is_board(acting, cycle))
    reviewing = {enrolment.organization_id for enrolment in reviewers}
    return bool(acting.may_send()) and acting.organization_id in reviewing


view = works_in_cycle
prepare = is_own
send = is_own & may_send
answer = is_reviewer
set_common = cycles.lead | cycles.prepare
rules.add_perm("targets.set_common_target", set_common)
