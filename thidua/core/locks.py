"""Rows that are locked for the rest of a deed."""

from typing import Any

from django.db.models import QuerySet


def lock(one: QuerySet[Any]) -> None:
    """Lock the row that ``one`` finds until the deed ends. `DoesNotExist` where there is none.

    Read what the deed needs after that: then the tables beside the row, too, are read as whoever
    had the lock before has left them. One column is fetched here: a wide row costs more to ask for
    than to lock.
    """
    one.select_for_update().values_list("pk").get()
