"""A job is asked for in a deed, done later, tried again, and at last listed with a sentence."""

from datetime import timedelta

import pytest
from django.db import transaction

from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import Invalid
from thidua.jobs import queue, runner
from thidua.jobs.actions import later
from thidua.jobs.models import Lease
from thidua.jobs.queue import Job, Status
from thidua.jobs.work import run_due

pytestmark = pytest.mark.django_db


def test_what_is_asked_for_is_done_once(done):
    later("samples.note", number=7)

    assert run_due() == 1
    assert run_due() == 0
    assert done == [7]
    assert Job.objects.get().status == Status.SUCCESSFUL


def test_a_deed_taken_back_asks_for_nothing():
    @deed()
    def a_refused_deed():
        later("samples.note", number=7)
        raise Invalid("Chưa đủ.")

    with pytest.raises(Invalid):
        a_refused_deed()
    assert run_due() == 0


def test_an_unknown_name_or_a_row_for_an_argument_is_a_fault():
    with pytest.raises(KeyError):
        later("samples.unknown")
    with pytest.raises(TypeError), transaction.atomic():
        later("samples.note", number=object())

    assert Job.objects.count() == 0


def test_a_job_that_fails_waits_longer_each_time_and_is_listed_at_last():
    later("samples.refuse")
    now = clock.now()

    waits = []
    for _try in range(3):
        with clock.at(now):
            run_due()
        job = Job.objects.get()
        waits.append(job.run_after - now if job.status == Status.READY else None)
        now = now + (waits[-1] or timedelta())

    assert waits == [timedelta(seconds=20), timedelta(seconds=100), None]
    lease = Lease.objects.get()
    assert job.status == Status.FAILED
    assert (lease.failures, lease.trouble) == (3, "Máy chủ thư từ chối người nhận.")


def test_a_job_is_not_begun_before_its_pause_is_over():
    later("samples.refuse")
    run_due()

    assert run_due() == 0
    assert Lease.objects.get().turn == 1


def test_what_is_hopeless_is_not_tried_again():
    later("samples.give_up")
    run_due()

    assert Job.objects.get().status == Status.FAILED
    assert Lease.objects.get().trouble == "Tệp đã bị xóa."


def test_a_fault_is_told_in_words():
    later("samples.stumble")
    run_due()

    assert Lease.objects.get().trouble == (
        "Chương trình gặp lỗi khi làm việc này (ZeroDivisionError: chia cho không)."
    )


def test_the_pauses_grow_to_half_a_day():
    pauses = [runner.pause_after(n) for n in range(1, 9)]

    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=12)
    assert sum(pauses[:7], timedelta()) > timedelta(days=1)


def test_work_that_no_longer_exists_is_listed():
    later("samples.note", number=1)
    job = Job.objects.get()
    job.queue_name = "samples.gone"
    job.save()
    run_due()

    assert Job.objects.get().status == Status.FAILED
    assert queue.name_of(Job.objects.get()) == "samples.gone"
