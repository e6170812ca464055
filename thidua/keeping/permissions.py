"""Who keeps the installation safe, and who may have what is known of a person, or delete it.

``person`` is an `organizations.Person`, with or without accounts.
"""

from typing import Any

import rules

from thidua.house.queries import house
from thidua.organizations.permissions import is_operator


@rules.predicate
def is_oneself(acting: Any, person: Any) -> bool:
    """Is the person themself."""
    return bool(acting.user and person is not None and acting.user.person_id == person.pk)


@rules.predicate
def is_board_of_the_house(acting: Any, _thing: Any = None) -> bool:
    """Works as the board of the body whose installation this is."""
    return bool(acting.is_for(house().managing_body_id, "board"))


@rules.predicate
def asked_it(acting: Any, erasure: Any) -> bool:
    """Is who asked for this to be deleted."""
    return bool(erasure is not None and acting.actor_id == erasure.asked_by_id)


@rules.predicate
def is_about_oneself(acting: Any, erasure: Any) -> bool:
    """Is who would be deleted."""
    return bool(erasure is not None and is_oneself(acting, erasure.person))


keep = is_operator
export = is_oneself | is_operator
ask_erasure = is_operator & ~is_oneself
view_erasure = is_operator | is_board_of_the_house
confirm_erasure = view_erasure & ~asked_it & ~is_about_oneself
drop_erasure = view_erasure & ~is_about_oneself

rules.add_perm("keeping.keep_backups", keep)
rules.add_perm("keeping.export_person", export)
rules.add_perm("keeping.ask_erasure", ask_erasure)
