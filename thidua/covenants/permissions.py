"""Who may read, draft, comment on, freeze, sign and declare a covenant.

`write`, `speak` and `answer` say who, at whatever step the covenant stands. Pages ask them when
something typed arrives: the action then says in a sentence that the step is over.
"""

from typing import Any

import rules

from thidua.cycles import permissions as cycles
from thidua.organizations import permissions as organizations


@rules.predicate
def is_published(_acting: Any, covenant: Any) -> bool:
    return bool(covenant.is_published)


@rules.predicate
def is_editable(_acting: Any, covenant: Any) -> bool:
    return bool(covenant.is_editable)


@rules.predicate
def is_open_to_sign(_acting: Any, covenant: Any) -> bool:
    return bool(covenant.is_open_to_sign)


@rules.predicate
def is_circulated(_acting: Any, covenant: Any) -> bool:
    return bool(covenant.state == covenant.State.CIRCULATED)


@rules.predicate
def works_in_cycle(acting: Any, covenant: Any) -> bool:
    """Works for a member (also one that has left), the board, or as secretary."""
    cycle = covenant.cycle
    return bool(
        cycles.was_member(acting, cycle)
        or cycles.is_board(acting, cycle)
        or cycles.is_secretary(acting, cycle)
    )


@rules.predicate
def is_member(acting: Any, covenant: Any) -> bool:
    return bool(cycles.is_member(acting, covenant.cycle))


@rules.predicate
def was_member(acting: Any, covenant: Any) -> bool:
    return bool(cycles.was_member(acting, covenant.cycle))


@rules.predicate
def leads(acting: Any, covenant: Any) -> bool:
    return bool(cycles.lead(acting, covenant.cycle))


@rules.predicate
def prepares(acting: Any, covenant: Any) -> bool:
    return bool(cycles.prepare(acting, covenant.cycle))


@rules.predicate
def is_board(acting: Any, covenant: Any) -> bool:
    return bool(cycles.is_board(acting, covenant.cycle))


@rules.predicate
def may_sign(acting: Any, _covenant: Any) -> bool:
    """Is head or stand-in: an officer never signs, even where the unit lets them send."""
    return bool(acting.may_sign())


@rules.predicate
def is_head(acting: Any, _covenant: Any) -> bool:
    return bool(acting.has_role("head"))


@rules.predicate
def works_for_member(acting: Any, enrolment: Any) -> bool:
    """Works for the organisation that bears this part, as officer, head or stand-in."""
    return bool(acting.is_for(enrolment.organization_id, "officer", "head", "stand_in"))


@rules.predicate
def runs_its_year(acting: Any, enrolment: Any) -> bool:
    """Leads or prepares the year of this part, or works as its board."""
    cycle = enrolment.cycle
    prepares = cycles.lead(acting, cycle) or cycles.prepare(acting, cycle)
    return bool(prepares or cycles.is_board(acting, cycle))


@rules.predicate
def made_it(acting: Any, link: Any) -> bool:
    return acting.user is not None and link.by_id == acting.user.pk


@rules.predicate
def links_its_member(acting: Any, link: Any) -> bool:
    return bool((works_for_member | runs_its_year)(acting, link.enrolment))


follow = works_in_cycle
view = is_published | follow
write = leads | prepares
draft = write & is_editable
speak = is_member
comment = speak & is_circulated
freeze = leads
declare = leads
answer = was_member & may_sign
sign = is_member & may_sign & is_open_to_sign
stand_in = is_member & is_head
bring = speak | write
compare = write | is_board
begin = cycles.lead | cycles.prepare
rules.add_perm("covenants.begin_covenant", begin)
rules.add_perm("covenants.link_enrolment", works_for_member | runs_its_year)
rules.add_perm("covenants.revoke_signinglink", made_it | links_its_member)
rules.add_perm("covenants.enter_contact", organizations.works_for | organizations.is_board_over)
