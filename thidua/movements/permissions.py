"""Who may enter and edit movements, adopt them for a year, and join them."""

from typing import Any

import rules

from thidua.cycles.permissions import is_member, lead, prepare


@rules.predicate
def works_somewhere(acting: Any, _thing: Any = None) -> bool:
    """Acts for some organisation: each may launch movements of its own."""
    return bool(acting.has_role("board", "head", "officer", "stand_in"))


@rules.predicate
def is_owner(acting: Any, movement: Any) -> bool:
    """Works for the organisation that entered the movement."""
    return bool(acting.is_for(movement.owner_id, "board", "head", "officer", "stand_in"))


launch = works_somewhere
edit = is_owner
adopt = lead | prepare
join = is_member
rules.add_perm("movements.adopt_movement", adopt)
rules.add_perm("movements.join_movement", join)
