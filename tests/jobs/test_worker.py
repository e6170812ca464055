"""A worker asked to stop finishes its job or hands it back, and begins no other."""

import signal
import threading
import time

import pytest
from django.db import connection, transaction

from tests.jobs import samples
from thidua.core import clock
from thidua.jobs import runner
from thidua.jobs.actions import later
from thidua.jobs.models import Lease, Tick
from thidua.jobs.pulse import beating
from thidua.jobs.queries import State, state_of
from thidua.jobs.queue import Job, Status, of_work
from thidua.jobs.running import Running
from thidua.jobs.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker(monkeypatch):
    alarms = []
    monkeypatch.setattr(signal, "alarm", alarms.append)
    return Worker()


def states(name: str) -> list[str]:
    return list(of_work(name).order_by("enqueued_at").values_list("status", flat=True))


def test_a_worker_does_all_that_is_due(worker, done):
    for number in range(5):
        later("samples.note", number=number)

    assert worker.drain() == 5
    assert sorted(done) == [0, 1, 2, 3, 4]
    lease = Lease.objects.first()
    assert (lease.done, lease.of, lease.holder) == (1, 2, "")


def test_a_worker_told_to_stop_hands_back_what_reports_progress(worker, done, monkeypatch):
    later("samples.long", parts=9)
    later("samples.note", number=1)
    monkeypatch.setattr(samples, "DONE", Stopping(worker))
    worker.run()

    assert states("samples.long") == [Status.READY]
    assert states("samples.note") == [Status.READY]
    lease = Lease.objects.get()
    assert (lease.holder, lease.failures) == ("", 0)


class Stopping(list):
    """Asks the worker to stop as soon as something is done."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker

    def append(self, item: object) -> None:
        self.worker.stop()


def test_a_worker_told_to_stop_finishes_what_is_short(worker, monkeypatch):
    later("samples.refuse")
    monkeypatch.setattr(samples, "Invalid", lambda text: worker.stop() or ValueError(text))
    worker.run()

    assert Job.objects.get().status == Status.READY
    assert Lease.objects.get().failures == 1


def test_a_second_wish_cuts_the_job_off(worker, monkeypatch):
    class Twice(Stopping):
        def append(self, item: object) -> None:
            worker.stop()
            worker.stop()
            raise AssertionError("not reached")

    later("samples.long", parts=1)
    monkeypatch.setattr(samples, "DONE", Twice(worker))
    worker.run()

    assert Job.objects.get().status == Status.READY
    assert Lease.objects.get().failures == 0


def test_a_worker_waits_for_a_database_that_is_away(worker, monkeypatch):
    from django.db import OperationalError

    waits = []
    steps = iter([OperationalError("gone"), OperationalError("gone"), False])

    def step():
        found = next(steps)
        if isinstance(found, Exception):
            raise found
        worker.stop()
        return found

    monkeypatch.setattr(worker, "step", step)
    monkeypatch.setattr("time.sleep", waits.append)
    worker.run()

    assert waits == [1.0, 2.0]


def test_progress_is_seen_while_a_job_keeps_the_embedded_database_to_itself(settings):
    settings.JOB_LEASE = 0.2
    job = later("samples.note", number=1)
    taken = runner.take("somebody:1")
    running = Running(taken.lease.pk, taken.lease.turn)
    with beating(running), transaction.atomic():
        Tick.objects.create(name="samples.often", number=1, at=clock.now())
        running.report(4, 9)
        seen = _seen_from_elsewhere(job)

    assert (seen.done, seen.of) == (4, 9)


def _seen_from_elsewhere(job: str):
    """Look from another connection until something is told."""
    seen: list[State] = []

    def look():
        end = time.monotonic() + 5
        while not seen or (not seen[-1].of and time.monotonic() < end):
            seen.append(state_of(job))
            time.sleep(0.01)
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return seen[-1]
