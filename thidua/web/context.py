"""What every page knows: who works for whom, and how many notices are new."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from thidua.house.queries import house as the_house
from thidua.notifications.queries import unread_count
from thidua.web.access import acting


def house(request: HttpRequest) -> dict[str, Any]:
    """Return ``house``, ``acting`` (None for a visitor) and ``unread_count``, if they are shown."""
    # A page about a database in trouble shows none of it, and so asks nothing.
    known: dict[str, Any] = {
        "house": SimpleLazyObject(the_house),
        "public_url": settings.PUBLIC_URL,
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not hasattr(request, "acting"):
        return {**known, "acting": None}
    return {
        **known,
        "acting": acting(request),
        # Asked several times by one page (the menu stands twice in it), counted once.
        "unread_count": cache(lambda: unread_count(user)),
    }
