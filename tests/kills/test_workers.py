"""Real workers: each job once, a killed one's job taken up, a wish to stop heard."""

import signal
import subprocess
import time
from uuid import uuid4

import pytest
from django.db import connection

from tests.kills.house import House, kill, moment, victims, wait_for
from tests.kills.samples.tasks import told_in
from thidua.jobs.actions import later
from thidua.jobs.models import Lease
from thidua.jobs.queries import state_of

MANY = 200


@pytest.fixture(autouse=True)
def go(house: House):
    """Return the file that lets slow work end, which is not there yet."""
    path = house.folder / "go"
    path.unlink(missing_ok=True)
    return path


def told(house: House) -> list[str]:
    path = told_in(str(house.folder))
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def is_over(job: str) -> bool:
    connection.close()
    return state_of(job).is_over


def begun(house: House) -> tuple[str, str, "subprocess.Popen[bytes]"]:
    """Start a worker that is in the middle of slow work; return its job and the job's line."""
    line = uuid4().hex
    job = later("kills.slow", line=line)
    worker = house.start_worker()
    wait_for(lambda: f"{line} begun" in told(house), "the job to begin")
    return job, line, worker


def test_two_workers_do_two_hundred_jobs_once_each(house):
    mark = uuid4().hex
    jobs = [later("kills.note", line=f"{mark} {number}") for number in range(MANY)]
    house.start_worker(), house.start_worker()
    wait_for(lambda: is_over(jobs[-1]) and all(map(is_over, jobs)), "all jobs")

    lines = [line for line in told(house) if line.startswith(mark)]
    assert sorted(lines) == sorted(f"{mark} {number}" for number in range(MANY))
    assert {state_of(job).word for job in jobs} == {"done"}
    assert len(set(Lease.objects.filter(task__in=jobs).values_list("turn", flat=True))) == 1


def test_a_job_of_a_killed_worker_is_taken_up_by_another(house, go, round_number):
    """“A worker killed in the middle”: here a real one, by SIGKILL."""
    job, line, worker = begun(house)
    time.sleep(moment(round_number, 0.5))
    kill(worker)
    assert state_of(job).word == "running"

    go.touch()
    house.start_worker()
    wait_for(lambda: is_over(job), "another worker")

    assert [x for x in told(house) if line in x] == [f"{line} begun"] * 2 + [f"{line} done"]
    assert state_of(job).word == "done"
    lease = Lease.objects.get(task=job)
    assert (lease.turn, lease.failures) == (2, 1)


def test_a_worker_told_to_stop_hands_its_job_back_at_once(house, go):
    job, line, worker = begun(house)
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(5) == 0
    assert state_of(job).word == "waiting"
    assert Lease.objects.get(task=job).failures == 0

    go.touch()
    house.start_worker()
    wait_for(lambda: is_over(job), "another worker")
    assert f"{line} done" in told(house)


def test_a_worker_stopped_like_a_machine_asleep_writes_no_result_when_it_wakes(house, go):
    job, line, sleeper = begun(house)
    sleeper.send_signal(signal.SIGSTOP)
    house.start_worker()
    wait_for(lambda: told(house).count(f"{line} begun") == 2, "another worker")

    go.touch()
    wait_for(lambda: is_over(job), "the other worker")
    sleeper.send_signal(signal.SIGCONT)
    sleeper.send_signal(signal.SIGTERM)
    assert sleeper.wait(5) == 0

    lease = Lease.objects.get(task=job)
    assert (lease.turn, lease.failures, state_of(job).word) == (2, 1, "done")


@victims("database")
def test_workers_go_on_when_the_database_comes_back(house, victim, go):
    job, line, _worker = begun(house)
    house.kill(victim)
    go.touch()
    wait_for(lambda: is_over(job), "the worker")

    assert state_of(job).word == "done"
    assert f"{line} done" in told(house)
