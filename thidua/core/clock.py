"""The one clock. Actions and commands ask it; the demo world and tests set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """Return the present moment, aware of its zone."""
    return _set.get() or timezone.now()


def is_set() -> bool:
    """Say whether the clock stands still."""
    return _set.get() is not None


def today() -> date:
    """Return the present day in Asia/Ho_Chi_Minh."""
    return timezone.localtime(now()).date()


def end_of(day: date) -> datetime:
    """Return the end of ``day``: 24:00 in Asia/Ho_Chi_Minh, which is 0:00 of the next day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def start_of(day: date) -> datetime:
    """Return 0:00 of ``day`` in Asia/Ho_Chi_Minh."""
    return timezone.make_aware(datetime.combine(day, time()))


def years_later(day: date, years: int) -> date:
    """Return ``day`` so many years later; 29 February becomes 28 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return (day - timedelta(days=1)).replace(year=day.year + years)


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Let the clock stand at ``moment`` (a bare day means 9:00 of it) within the block."""
    if not isinstance(moment, datetime):
        moment = timezone.make_aware(datetime.combine(moment, time(9)))
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
