"""A job whose holder gives no sign of life is taken back; one whose holder lives is not."""

from datetime import timedelta

import pytest

from thidua.core import clock
from thidua.jobs import runner
from thidua.jobs.actions import later
from thidua.jobs.models import Lease
from thidua.jobs.pulse import beat
from thidua.jobs.queue import Job, Status
from thidua.jobs.running import Running
from thidua.jobs.watch import Watch
from thidua.jobs.work import run_due
from thidua.jobs.worker import Worker

pytestmark = pytest.mark.django_db


class Looking:
    """A watcher whose time is ours: each look comes when it is due."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.watch = Watch(monotonic=lambda: self.seconds)

    def for_seconds(self, seconds: int) -> int:
        """Return how many jobs were taken back in this time."""
        taken = 0
        for _second in range(seconds):
            taken += self.watch.look()
            self.seconds += 1
        return taken


@pytest.fixture
def looking(settings):
    settings.JOB_LEASE = 30
    return Looking()


@pytest.fixture
def taken():
    later("samples.note", number=3)
    found = runner.take("somebody:1")
    assert found is not None
    return found


def test_a_worker_killed_in_the_middle_loses_its_job_to_another(looking, taken, done):
    """Bad input: “A worker killed in the middle.”"""
    assert looking.for_seconds(30) == 0
    assert looking.for_seconds(2) == 1

    assert run_due() == 1
    assert done == [3]
    lease = Lease.objects.get()
    assert (lease.turn, lease.failures) == (2, 1)
    assert "dừng đột ngột" in lease.trouble


def test_a_worker_that_beats_keeps_its_job(looking, taken):
    running = Running(taken.lease.pk, taken.lease.turn)
    for _turn in range(5):
        assert looking.for_seconds(20) == 0
        beat(running)

    assert not running.is_lost


def test_no_clock_set_forward_or_back_takes_a_job_away(looking, taken):
    running = Running(taken.lease.pk, taken.lease.turn)
    for hours in (1, -1, 24 * 365, -24):
        with clock.at(clock.now() + timedelta(hours=hours)):
            assert looking.for_seconds(25) == 0
            beat(running)


def test_two_watchers_take_a_job_back_once(settings, taken):
    settings.JOB_LEASE = 30
    one, other = Looking(), Looking()

    assert sum(one.for_seconds(1) + other.for_seconds(1) for _n in range(40)) == 1
    assert Lease.objects.get().failures == 1


def test_a_worker_that_lost_its_lease_does_not_write_its_result(looking, taken):
    looking.for_seconds(40)

    assert not runner.run(taken)
    assert Job.objects.get().status == Status.READY
    assert Lease.objects.get().holder == ""


def test_a_worker_that_lost_its_lease_does_not_spoil_the_result_of_the_next(looking, taken):
    looking.for_seconds(40)
    with clock.at(clock.now() + timedelta(minutes=1)):
        run_due()
        runner.hand_back(taken)
        runner._failed(taken, ZeroDivisionError())

    assert Job.objects.get().status == Status.SUCCESSFUL
    assert Lease.objects.get().failures == 1


def test_a_long_job_that_was_taken_away_ends_at_its_next_report(done):
    later("samples.long", parts=9)
    found = runner.take("somebody:1")
    running = Running(found.lease.pk, found.lease.turn)
    Lease.objects.update(turn=5, holder="somebody:2")
    beat(running)

    assert not runner.run(found, running)
    assert done == [0]


def test_a_job_that_kills_every_worker_is_listed_at_last(looking, taken):
    moment = clock.now()
    for _try in range(9):
        moment += timedelta(hours=13)
        with clock.at(moment):
            looking.for_seconds(40)
            runner.take("somebody:1")

    assert Job.objects.get().status == Status.FAILED
    assert Lease.objects.get().failures == 5
    assert "dừng đột ngột" in Lease.objects.get().trouble


def test_a_worker_takes_up_its_own_job_whose_end_it_could_not_write(settings):
    settings.JOB_LEASE = 30
    worker, looking = Worker(), Looking()
    worker.watch = looking.watch
    later("samples.note", number=3)
    runner.take(worker.name)

    assert looking.for_seconds(40) == 1
    assert worker.step()


def test_progress_is_written_with_the_beat(taken):
    running = Running(taken.lease.pk, taken.lease.turn)
    running.report(3, 10)
    beat(running)

    lease = Lease.objects.get()
    assert (lease.done, lease.of, lease.beat) == (3, 10, 1)


@pytest.mark.parametrize(
    ("done_parts", "of", "kept"), [(12, 10, (10, 10)), (-1, 5, (0, 5)), (1, 0, (0, 0))]
)
def test_progress_is_never_more_than_all(done_parts, of, kept):
    running = Running(1, 1)
    running.report(done_parts, of)

    assert (running.done, running.of) == kept
