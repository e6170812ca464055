"""Who keeps the installation safe, and who may have what is known of a person, or delete it.

``thing`` of the permissions about a person is their `accounts.User`.
"""

from typing import Any

import rules

from thidua.organizations.permissions import is_board, is_operator


@rules.predicate
def is_oneself(acting: Any, user: Any) -> bool:
    """Is the person themself."""
    return bool(acting.actor_id and user is not None and acting.actor_id == user.pk)


@rules.predicate
def asked_it(acting: Any, erasure: Any) -> bool:
    """Is who asked for this to be deleted."""
    return bool(erasure is not None and acting.actor_id == erasure.asked_by_id)


@rules.predicate
def is_about_oneself(acting: Any, erasure: Any) -> bool:
    """Is who would be deleted."""
    return bool(erasure is not None and acting.actor_id == erasure.user_id)


keep = is_operator
export = is_oneself | is_operator
ask_erasure = is_operator & ~is_oneself
confirm_erasure = (is_operator | is_board) & ~asked_it & ~is_about_oneself
drop_erasure = is_operator | is_board

rules.add_perm("keeping.keep_backups", keep)
rules.add_perm("keeping.export_person", export)
rules.add_perm("keeping.ask_erasure", ask_erasure)
