"""Who may end an appointment: whoever may staff the organisation it is for.

Who may set a password staffs every organisation of the account: else a head could appoint
somebody from elsewhere, set their password, and act as them there.
"""

from typing import Any

import rules

from thidua.core import clock
from thidua.organizations.permissions import is_board_over, is_head_of


@rules.predicate
def may_staff(acting: Any, appointment: Any) -> bool:
    """May open accounts in, and appoint for, the appointment's organisation."""
    organization = appointment.organization
    return bool(is_board_over(acting, organization) or is_head_of(acting, organization))


@rules.predicate
def may_staff_all(acting: Any, user: Any) -> bool:
    """May staff each organisation that ``user`` acts for; with none left, each they acted for."""
    all_of_them = user.appointments.all()
    today = clock.today()
    living = [a for a in all_of_them if a.until is None or a.until >= today]
    return bool(all_of_them) and all(may_staff(acting, a) for a in living or all_of_them)


@rules.predicate
def is_another(acting: Any, user: Any) -> bool:
    """Is somebody else: one's own password is changed by typing the old one."""
    return bool(acting.actor_id and acting.actor_id != user.pk)


@rules.predicate
def may_make_board(acting: Any, organization: Any) -> bool:
    """May give the board's rights, which found blocs: a board, or the head of a managing body."""
    manages = organization.kind == "board" or organization.blocs.exists()
    return bool(
        is_board_over(acting, organization) or (manages and is_head_of(acting, organization))
    )


end = may_staff
set_password = is_another & may_staff_all
