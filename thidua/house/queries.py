"""Reads of the one row, which nearly every page shows something of."""

import time
from dataclasses import dataclass

from thidua.accounts.models import User
from thidua.house.models import THE_ONE, House

# Another process (a second server, the worker) sees a change after at most so many seconds.
KEPT_FOR = 10.0


@dataclass
class _Memory:
    """What the process knows: the row, until when, and how often it was told to forget."""

    row: House | None = None
    until: float = 0.0
    changes: int = 0


_memory = _Memory()


def house() -> House:
    """Return the row about this installation, or a blank one; for reading alone.

    It is kept in the process for some seconds, so that a page pays no query for it. An action that
    changes it reads its own copy (`House.objects.select_for_update`) and calls `forget`.
    """
    if _memory.row is not None and time.monotonic() < _memory.until:
        return _memory.row
    changes = _memory.changes
    rows = House.objects.select_related("managing_body", "emblem")
    found = rows.filter(pk=THE_ONE).first() or House()
    if changes == _memory.changes:  # else it was changed while we read
        _memory.row, _memory.until = found, time.monotonic() + KEPT_FOR
    return found


def forget() -> None:
    """Let the next `house` read the database again."""
    _memory.row = None
    _memory.changes += 1


def remember_blank() -> None:
    """Take it for known that there is no row: how a test begins, so that no page pays for it."""
    _memory.row, _memory.until = House(), time.monotonic() + 3600


def awaits_setup() -> bool:
    """Say whether nobody has an account yet: only then may a stranger begin with the code."""
    return not User.objects.exists()
