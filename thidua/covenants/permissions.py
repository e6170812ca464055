"""Who may read, draft, comment on, freeze, sign and declare a covenant.

`write`, `speak` and `answer` say who, at whatever step the covenant stands. Pages ask them when
something typed arrives: the action then says in a sentence that the step is over.
"""

from typing import Any

import rules

from thidua.cycles import permissions as cycles


@rules.predicate
def is_published(_acting: Any, covenant: Any) -> bool:
    return bool(covenant.is_published)


@rules.predicate
def is_editable(_acting: Any, covenant: Any) -> bool:
    return bool(covenant.is_editable)


@rules.predicate
def takes_signatures(_acting: Any, covenant: Any) -> bool:
    return bool(covenant.takes_signatures)


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
def may_sign(acting: Any, _covenant: Any) -> bool:
    """Is head or stand-in: an officer never signs, even where the unit lets them send."""
    return bool(acting.may_sign())


follow = works_in_cycle
view = is_published | follow
write = leads | prepares
draft = write & is_editable
speak = is_member
comment = speak & is_circulated
freeze = leads
declare = leads
answer = was_member & may_sign
sign = is_member & may_sign & takes_signatures
begin = cycles.lead | cycles.prepare
rules.add_perm("covenants.begin_covenant", begin)
