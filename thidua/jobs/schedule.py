"""Work that comes due by itself: each tick once, however many workers there are.

A tick has a number that only goes up; its row's unique key lets one worker alone take it. The
clock says only whether the next one is due.
"""

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from thidua.core import clock
from thidua.jobs.actions import later
from thidua.jobs.models import Tick
from thidua.jobs.queries import last_ticks
from thidua.jobs.queue import is_under_way
from thidua.jobs.register import Work, works

KEPT = 20  # rows of each work, to look at
SKEW = timedelta(minutes=10)  # by which clocks of machines that share a database may differ


def tick() -> int:
    """Ask for all scheduled work that has come due; return for how much."""
    now = clock.now()
    last = last_ticks()
    asked = 0
    for work in works().values():
        if work.every:
            following = next_tick(work, work.every, last.get(work.name), now)
            asked += following is not None and _take(following, last.get(work.name))
    return asked


def _take(following: Tick, last: Tick | None) -> bool:
    """Write the tick and ask for its work; False when another worker came first, when it only
    marks a beginning, and when the job of an earlier tick is still under way."""
    is_due = last is not None and following.at > last.at
    try:
        with transaction.atomic():
            following.save(force_insert=True)
            old = Tick.objects.filter(name=following.name, number__lte=following.number - KEPT)
            old.delete()
            if not is_due or is_under_way(following.name):
                return False
            later(following.name)
    except IntegrityError:
        return False
    return True


def next_tick(work: Work, every: timedelta, last: Tick | None, now: datetime) -> Tick | None:
    """Return the tick to be written now, or None.

    Due is what lies at a full period's start, a whole period or more after the last. The first row
    of new work only marks where counting begins. One before the last means that the clock was set
    back by a period or more: counting goes on from the new time, so nothing is done twice and
    nothing waits for the old time to come again.
    """
    slot = slot_of(now, every, work.at)
    if last is None:
        return Tick(name=work.name, number=1, at=slot)
    if slot - last.at >= every:
        return Tick(name=work.name, number=last.number + 1, at=slot)
    if last.at - now >= max(every, SKEW):
        return Tick(name=work.name, number=last.number + 1, at=now)
    return None


def slot_of(moment: datetime, every: timedelta, at: time) -> datetime:
    """Return the start of the period that ``moment`` lies in, counted from ``at`` of a day."""
    local = timezone.localtime(moment)
    first = timezone.make_aware(datetime.combine(date(2000, 1, 1), at))
    return first + ((local - first) // every) * every
