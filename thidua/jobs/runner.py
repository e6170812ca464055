"""One job from its taking to its result."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from thidua.core import clock
from thidua.jobs import queue
from thidua.jobs.errors import HandedBack, Hopeless, LeaseLost
from thidua.jobs.models import Lease
from thidua.jobs.queue import Job
from thidua.jobs.register import work_named, works
from thidua.jobs.running import Running, current
from thidua.jobs.troubles import sentence_of

log = logging.getLogger(__name__)
FIRST_PAUSE, GROWTH, LONGEST_PAUSE = timedelta(seconds=20), 5, timedelta(hours=12)


@dataclass(frozen=True)
class Taken:
    """A job that this process holds, with the lease it holds it by."""

    job: Job
    lease: Lease

    @property
    def name(self) -> str:
        """Which work it is."""
        return queue.name_of(self.job)


def run_all(*, holder: str) -> int:
    """Take and do jobs until none is due; return how many ended well."""
    ended_well = 0
    while taken := take(holder):
        ended_well += run(taken)
    return ended_well


@transaction.atomic
def take(holder: str) -> Taken | None:
    """Take the next job that is due, or None. A job has one holder at a time."""
    job = queue.due().select_for_update(skip_locked=True).first()
    if job is None:
        return None
    queue.begin(job, holder)
    lease, _made = Lease.objects.get_or_create(task=job)
    lease.holder, lease.turn, lease.beat = holder, lease.turn + 1, 0
    lease.done = lease.of = 0
    lease.save()
    return Taken(job, lease)


def run(taken: Taken, running: Running | None = None) -> bool:
    """Do the job and write what it came to; say whether it ended well.

    A job whose lease was lost meanwhile writes nothing. Only a stop is passed on (`HandedBack`).
    """
    running = running or Running(taken.lease.pk, taken.lease.turn)
    token = current.set(running)
    try:
        running.may_be_cut = True
        _call(taken)
        running.may_be_cut = False
    except LeaseLost:
        return False
    except HandedBack:
        if not connection.in_atomic_block:
            connection.close()  # it may have been cut off in the middle of a statement
        hand_back(taken)
        raise
    except Exception as trouble:
        log.exception("job %s (%s) failed", taken.name, taken.job.pk)
        _failed(taken, trouble)
        return False
    finally:
        current.reset(token)
    return _ended(taken, running)


def _call(taken: Taken) -> None:
    work, arguments = work_named(taken.name), queue.arguments_of(taken.job)
    if connection.in_atomic_block:  # a test's: what fails must not spoil it
        with transaction.atomic():
            work.function(**arguments)
    else:
        work.function(**arguments)


def _held(taken: Taken, **changes: Any) -> bool:
    """Change the lease if this turn still stands, which also locks it; say whether it does."""
    mine = Lease.objects.filter(pk=taken.lease.pk, turn=taken.lease.turn).exclude(holder="")
    return bool(mine.update(**changes))


@transaction.atomic
def _ended(taken: Taken, running: Running) -> bool:
    if not _held(taken, holder="", done=running.done, of=running.of):
        log.warning("job %s (%s) was lost to another worker", taken.name, taken.job.pk)
        return False
    queue.succeed(taken.job)
    return True


@transaction.atomic
def hand_back(taken: Taken) -> None:
    """Put the job back into the queue, as if it had not been begun."""
    if _held(taken, holder=""):
        queue.wait(taken.job)


@transaction.atomic
def _failed(taken: Taken, trouble: Exception) -> None:
    sentence = sentence_of(trouble)
    if _held(taken, holder="", failures=F("failures") + 1, trouble=sentence):
        put_off(taken.job, taken.lease.failures + 1, is_last=isinstance(trouble, Hopeless))


def put_off(job: Job, failures: int, *, pauses: int | None = None, is_last: bool = False) -> None:
    """Let a job that failed so many times wait for its next try, or list it as failed.

    ``pauses`` is the number of the pause, where it is not that of the failure.
    """
    work = works().get(queue.name_of(job))
    if is_last or work is None or failures >= work.tries:
        queue.fail(job)
    else:
        pause = pause_after(failures if pauses is None else pauses)
        queue.wait(job, until=clock.now() + pause)


def pause_after(failures: int) -> timedelta:
    """Return how long to wait after so many failures: 20 s, 100 s, 8 min, 42 min, 3.5 h, 12 h."""
    return min(FIRST_PAUSE * GROWTH ** (failures - 1), LONGEST_PAUSE) if failures else timedelta()
