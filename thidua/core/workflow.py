"""The one way a state changes."""

from typing import Any

from django.utils.translation import gettext as _

from thidua.core.errors import WrongState, race_lost


def move(thing: Any, to: str, **also: Any) -> None:
    """Move ``thing`` to state ``to`` if its table ``NEXT`` allows that, and save it.

    ``also`` are columns that change with the state, in the same update.
    The update is conditional on the state that we saw, so of two requests that race
    only one moves it; the other gets ``WrongState``.
    """
    if to not in thing.NEXT[thing.state]:
        raise WrongState(
            _("Việc này không làm được khi đang ở bước “%(now)s”.")
            % {"now": thing.get_state_display()}
        )
    moved = type(thing).objects.filter(pk=thing.pk, state=thing.state).update(state=to, **also)
    if not moved:
        raise race_lost()
    for name, value in {"state": to, **also}.items():
        setattr(thing, name, value)


def require_state(thing: Any, *states: str) -> None:
    """Refuse with ``WrongState`` unless ``thing`` stands at one of ``states``."""
    if thing.state not in states:
        raise WrongState(
            _("Việc này không làm được khi đang ở bước “%(now)s”.")
            % {"now": thing.get_state_display()}
        )
