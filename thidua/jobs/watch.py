"""Taking up what a dead worker left: leases whose beat has stood still for too long.

No clock is compared: neither two machines' clocks nor one that is set back can take a job from
its holder or leave it with a dead one. Each look is a writing transaction, so that a writer who
keeps all others from the embedded database keeps the watcher from looking, too.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from thidua.jobs.models import Lease
from thidua.jobs.runner import put_off
from thidua.jobs.troubles import killed

LOOKS = 5  # that must see the same beat before a lease has lapsed


@dataclass
class Seen:
    """What the last looks at a lease saw: its turn and beat, and how often the same."""

    turn: int
    beat: int
    looks: int = 1


class Watch:
    """What one worker, which looks between two jobs and so holds none, has seen of held ones.

    One in its own name is of a job whose end could not be written: the database was away.
    """

    def __init__(self, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.monotonic = monotonic
        self.seen: dict[int, Seen] = {}
        self.next_look = 0.0

    def look(self) -> int:
        """Look if it is time to, and take back what has lapsed; return how many jobs that is."""
        if self.monotonic() < self.next_look:
            return 0
        self.next_look = self.monotonic() + settings.JOB_LEASE / LOOKS
        if not _held().exists():
            self.seen.clear()
            return 0
        with transaction.atomic():
            return sum(map(_take_back, self._lapsed()))

    def _lapsed(self) -> list[Lease]:
        leases = list(_held())
        before, self.seen = self.seen, {}
        for lease in leases:
            seen = before.get(lease.pk)
            same = seen is not None and (seen.turn, seen.beat) == (lease.turn, lease.beat)
            looks = seen.looks + 1 if seen and same else 1
            self.seen[lease.pk] = Seen(lease.turn, lease.beat, looks)
        return [lease for lease in leases if self.seen[lease.pk].looks > LOOKS]


def _held() -> QuerySet[Lease]:
    return Lease.objects.exclude(holder="")


def _take_back(lease: Lease) -> bool:
    """Put the job back into the queue, unless its holder or another watcher came first.

    The first time it begins again at once: a machine was switched off. A job that kills its worker
    each time waits longer and longer.
    """
    unchanged = Lease.objects.filter(pk=lease.pk, turn=lease.turn, beat=lease.beat)
    changes = {"holder": "", "failures": F("failures") + 1, "trouble": killed()}
    if not unchanged.exclude(holder="").update(**changes):
        return False
    put_off(lease.task, lease.failures + 1, pauses=lease.failures)
    return True
