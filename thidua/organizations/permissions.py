"""Who may found and edit organisations and blocs, and open accounts in them.

``acting`` is a person with the organisation they are working for now (accounts.acting.Acting).
"""

from typing import Any

import rules


@rules.predicate
def is_board(acting: Any, _thing: Any = None) -> bool:
    """Works for a managing body as its board, whatever the thing."""
    return bool(acting.has_role("board"))


@rules.predicate
def is_operator(acting: Any, _thing: Any = None) -> bool:
    """Runs the installation, whatever the thing."""
    return bool(acting.is_operator)


@rules.predicate
def is_board_of_bloc(acting: Any, bloc: Any) -> bool:
    """Works as the board of the body that manages this bloc."""
    return bool(acting.is_for(bloc.managing_body_id, "board"))


@rules.predicate
def is_board_over(acting: Any, organization: Any) -> bool:
    """Works as the board of the organisation itself, of the one above it, or of who entered it."""
    return bool(
        acting.has_role("board")
        and acting.organization_id
        in (organization.pk, organization.parent_id, organization.keeper_id)
    )


@rules.predicate
def is_board_over_all(acting: Any, reorganization: Any) -> bool:
    """Works as the board over every unit that an act is about."""
    units = reorganization.units()
    return bool(units) and all(is_board_over(acting, unit) for unit in units)


@rules.predicate
def is_head_of(acting: Any, organization: Any) -> bool:
    """Heads this organisation."""
    return bool(acting.is_for(organization.pk, "head"))


@rules.predicate
def works_for(acting: Any, organization: Any) -> bool:
    """Works for this organisation as its officer, head or stand-in."""
    return bool(acting.is_for(organization.pk, "officer", "head", "stand_in"))


found = is_board
edit = is_board_over
write_letterhead = works_for | is_board_over
may_staff_organization = is_operator | is_board_over | is_head_of
staff = may_staff_organization
reorganize = is_board_over
correct = is_board_over_all
found_bloc = is_board
edit_bloc = is_board_of_bloc
