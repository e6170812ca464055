"""Who may end an appointment: whoever may staff the organisation it is for, or who runs the house.

Who may let somebody in anew (a slip, a mail, a second factor taken off) staffs every organisation
of the account: else a head could appoint somebody from elsewhere, let themselves in with their
slip, and act as them there. For the same reason only operators see to an operator's account.
"""

from typing import Any

import rules

from thidua.core import clock
from thidua.organizations.permissions import (
    is_board_over,
    is_head_of,
    is_operator,
    may_staff_organization,
)


@rules.predicate
def may_staff(acting: Any, appointment: Any) -> bool:
    """May open accounts in, and appoint for, the appointment's organisation."""
    if appointment.role == "operator":
        return bool(acting.is_operator)
    return bool(may_staff_organization(acting, appointment.organization))


@rules.predicate
def staffs_some(acting: Any, _thing: Any = None) -> bool:
    """Staffs some organisation: heads it, is its board, or runs the installation."""
    return bool(acting.has_role("head", "board", "operator"))


@rules.predicate
def may_staff_all(acting: Any, user: Any) -> bool:
    """May staff each organisation that ``user`` acts for; with none left, each they acted for."""
    all_of_them = user.appointments.all()
    today = clock.today()
    living = [
        a for a in all_of_them if a.stopped_at is None and (a.until is None or a.until >= today)
    ]
    return bool(all_of_them) and all(may_staff(acting, a) for a in living or all_of_them)


@rules.predicate
def is_another(acting: Any, user: Any) -> bool:
    """Is somebody else: one's own password is changed by typing the old one."""
    return bool(acting.actor_id and acting.actor_id != user.pk)


def is_managing(organization: Any) -> bool:
    """Say whether the organisation manages blocs, or is there to do so."""
    return bool(organization.kind == "board" or organization.blocs.exists())


@rules.predicate
def may_make_board(acting: Any, organization: Any) -> bool:
    """May give the board's rights, which found blocs: a board, or the head of a managing body.

    Who runs the installation may too, for a managing body: somebody must be the first.
    """
    if is_board_over(acting, organization):
        return True
    is_above = is_head_of(acting, organization) or is_operator(acting, organization)
    return bool(is_above and is_managing(organization))


end = may_staff
list_accounts = staffs_some
set_password = is_another & (is_operator | may_staff_all)
