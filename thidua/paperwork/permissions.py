"""Who may see, write, issue and withdraw a paper of a year.

A member's paper is its own unit's until it was issued, a bloc's paper is that of those who run the
year; what was issued is seen by all who follow the year (the public has the page of its code).
"""

from typing import Any

import rules

from thidua.cycles import permissions as cycles


@rules.predicate
def is_own(acting: Any, draft: Any) -> bool:
    """Works for the unit whose paper it is."""
    return draft.enrolment is not None and bool(acting.is_for(draft.enrolment.organization_id))


@rules.predicate
def runs_year(acting: Any, draft: Any) -> bool:
    """It is the bloc's paper, and the person runs the year."""
    return draft.enrolment is None and bool(cycles.edit(acting, draft.cycle))


@rules.predicate
def leads_year(acting: Any, draft: Any) -> bool:
    """It is the bloc's paper, and the person leads the year or the bloc."""
    if draft.enrolment is not None:
        return False
    return bool(cycles.lead(acting, draft.cycle) or cycles.manage(acting, draft.cycle))


@rules.predicate
def is_issued(_acting: Any, draft: Any) -> bool:
    return bool(draft.is_issued)


@rules.predicate
def follows(acting: Any, draft: Any) -> bool:
    return bool(cycles.follow(acting, draft.cycle))


@rules.predicate
def may_send(acting: Any, _draft: Any) -> bool:
    return bool(acting.may_send())


@rules.predicate
def takes_part(acting: Any, enrolment: Any) -> bool:
    """Works for the organisation that is enrolled."""
    return bool(acting.is_for(enrolment.organization_id))


view = is_own | runs_year | (is_issued & follows)
write = is_own | runs_year
issue = (is_own & may_send) | leads_year
# These are asked of a year and of a part in it: there is no draft yet.
rules.add_perm("paperwork.follow_papers", cycles.follow)
rules.add_perm("paperwork.draft_for_bloc", cycles.edit)
rules.add_perm("paperwork.draft_for_member", takes_part)
