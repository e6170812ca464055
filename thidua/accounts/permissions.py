"""Who may end an appointment: whoever may staff the organisation it is for."""

from typing import Any

import rules

from thidua.organizations.permissions import is_board_over, is_head_of


@rules.predicate
def may_staff(acting: Any, appointment: Any) -> bool:
    """May open accounts in, and appoint for, the appointment's organisation."""
    organization = appointment.organization
    return bool(is_board_over(acting, organization) or is_head_of(acting, organization))


end = may_staff
