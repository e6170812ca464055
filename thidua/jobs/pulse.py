"""The beat of a job: a thread that tells others that its holder still works, and how far it is."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import Error, connection
from django.db.models import F

from thidua.jobs import aside
from thidua.jobs.models import Lease
from thidua.jobs.running import Running

log = logging.getLogger(__name__)
BEATS = 10  # in the time after which a lease that stands still has lapsed
SLOWEST = 1.0  # seconds; progress is to be seen moving


@contextmanager
def beating(running: Running) -> Iterator[None]:
    """Beat until the block ends. A job that is shorter than one beat costs no connection."""
    over = threading.Event()
    thread = threading.Thread(target=_beat_until, args=(over, running), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        aside.forget(running.lease_pk)


def _beat_until(over: threading.Event, running: Running) -> None:
    pause = min(SLOWEST, settings.JOB_LEASE / BEATS)
    while not over.wait(pause):
        aside.tell(running.lease_pk, running.done, running.of)
        try:
            aside.be_hasty()
            beat(running)
        except Error as trouble:  # busy or away: the next beat tries again
            log.info("no beat: %s", trouble)
            connection.close()
    connection.close()


def beat(running: Running) -> None:
    """Raise the count and write how far the job is; note when the lease is no longer ours."""
    mine = Lease.objects.filter(pk=running.lease_pk, turn=running.turn).exclude(holder="")
    done, of = running.done, running.of
    if not mine.update(beat=F("beat") + 1, done=min(done, of), of=of):
        running.is_lost = True
