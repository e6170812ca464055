"""What is due, told by the apps above: a register that they fill when they are ready.

    from thidua.notifications.due import told_by
    told_by(owed)  # in AppConfig.ready(); owed(first, last) yields what falls due on these days

So reminders know of every deadline without knowing what it is about.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model


@dataclass(frozen=True)
class Due:
    """One thing with its day, and the organisations that have not done it yet.

    ``thing`` names it for ever ("targets.registration:12"), so nobody is reminded of it twice.
    ``sentence`` and ``on_the_day`` are source sentences (`gettext_noop`) with places for ``facts``
    and for ``day`` and ``left`` (days), which are added. ``since``: from when it could be done.
    """

    thing: str
    due_on: date
    bloc_id: int
    organizations: Collection[int]
    sentence: str
    on_the_day: str
    about: Model
    since: date | None = None
    facts: Mapping[str, str | int] = field(default_factory=dict)


Teller = Callable[[date, date], Iterable[Due]]
_tellers: list[Teller] = []


def told_by(teller: Teller) -> None:
    """Register who tells what falls due from a first to a last day."""
    if teller not in _tellers:
        _tellers.append(teller)


def due_between(first: date, last: date) -> Iterator[Due]:
    """Yield what falls due on these days and is not done by everyone yet."""
    for teller in _tellers:
        yield from (due for due in teller(first, last) if due.organizations)
