"""What an operator does with jobs that failed, and what is forgotten by itself."""

from datetime import timedelta

import pytest

from tests.factories import a_person_for, a_visitor_with_account, an_organization
from thidua.accounts.acting import NOBODY
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, WrongState
from thidua.jobs import queries, queue, runner, tasks
from thidua.jobs.actions import give_up, later, try_again, try_all_again
from thidua.jobs.models import Lease
from thidua.jobs.queue import Job, Status
from thidua.jobs.register import works
from thidua.jobs.work import run_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def lease() -> Lease:
    """The lease of a job that failed for good."""
    later("samples.give_up")
    run_due()
    return Lease.objects.get()


def test_a_failed_job_is_listed_with_its_sentence(lease):
    job = queries.failed().get()

    assert (job.lease, str(job.lease)) == (lease, "bỏ ngay")
    assert queries.state_of(str(job.pk)).trouble == "Tệp đã bị xóa."
    assert queries.state_of(str(job.pk)).is_over


def test_a_failed_job_tried_again_begins_at_once_with_all_its_tries(lease):
    try_again(lease, by=NOBODY)

    assert queries.state_of(str(lease.task_id)).word == "waiting"
    run_due()
    assert Lease.objects.get().turn == 2
    assert Entry.objects.get().facts == {"work": "bỏ ngay", "reason": "Tệp đã bị xóa."}


def test_a_job_that_waits_for_its_next_try_may_begin_at_once():
    later("samples.refuse")
    run_due()
    assert list(queries.put_off().values_list("lease__failures", flat=True)) == [1]

    try_again(Lease.objects.get(), by=NOBODY)
    run_due()
    assert Lease.objects.get().turn == 2


def test_all_failed_jobs_are_tried_again_in_one_deed():
    for _n in range(3):
        later("samples.give_up")
    run_due()

    assert try_all_again(by=NOBODY) == 3
    assert queries.failed().count() == 0
    assert Entry.objects.get().facts == {"count": 3}
    with pytest.raises(AlreadyDone):
        try_all_again(by=NOBODY)


def test_a_job_given_up_is_gone_and_its_reason_stays_in_the_trail(lease):
    give_up(lease, by=NOBODY)

    assert queries.state_of(str(lease.task_id)).word == "gone"
    assert Entry.objects.get().code == "job.given_up"
    with pytest.raises(AlreadyDone):
        give_up(lease, by=NOBODY)


@pytest.mark.parametrize("act", [try_again, give_up])
def test_a_job_that_runs_or_is_done_is_left_alone(act):
    later("samples.note", number=1)
    taken = runner.take("somebody:1")
    with pytest.raises(WrongState):
        act(taken.lease, by=NOBODY)
    runner.run(taken)
    with pytest.raises(AlreadyDone):
        act(taken.lease, by=NOBODY)

    assert not Entry.objects.exists()


def test_what_waits_is_counted_by_kind():
    for number in range(3):
        later("samples.note", number=number)
    later("samples.refuse")

    assert [(w.title, w.count) for w in queries.waiting()] == [("ghi một số", 3), ("từ chối", 1)]


def test_jobs_that_nobody_does_for_minutes_are_noticed():
    later("samples.note", number=1)
    assert not queries.is_unattended()

    with clock.at(clock.now() + timedelta(minutes=3)):
        assert queries.is_unattended()
        runner.take("somebody:1")
        later("samples.note", number=2)
        assert not queries.is_unattended()


def test_old_rows_are_pruned_and_what_failed_stays_longer(lease):
    later("samples.note", number=1)
    run_due()
    later("samples.note", number=2)

    with clock.at(clock.now() + timedelta(days=3)):
        assert tasks.prune() == 1
    assert sorted(Job.objects.values_list("status", flat=True)) == [Status.FAILED, Status.READY]
    with clock.at(clock.now() + timedelta(days=200)):
        assert tasks.prune() == 1
    assert Job.objects.get().status == Status.READY


def test_every_work_has_a_title_for_people():
    untitled = [name for name, work in works().items() if not str(work.title)]

    assert untitled == []


def test_the_task_of_django_does_the_same_work(done):
    """A worker that knows nothing of leases (`db_worker`) can do the jobs, too."""
    later("samples.note", number=4)
    job = Job.objects.get()
    job.task.call(*job.task_result.args, **job.task_result.kwargs)

    assert done == [4]
    assert queue.arguments_of(job) == {"number": 4}


def test_only_an_operator_tends_jobs():
    assert not a_visitor_with_account().has_perm("jobs.run_lease")
    assert not NOBODY.has_perm("jobs.run_lease")
    assert an_operator().has_perm("jobs.run_lease")


def an_operator():
    return a_person_for(an_organization(kind="board"), "operator")
