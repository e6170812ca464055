"""The operator's page of jobs."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.jobs.factories import WHY, a_failed_job, a_job_put_off, a_running_job
from thidua.accounts.models import Appointment
from thidua.jobs.actions import later
from thidua.jobs.models import Lease
from thidua.jobs.queue import Job, Status

pytestmark = pytest.mark.django_db
INDEX = "/he-thong/cong-viec/"


@pytest.fixture
def operator(client):
    body = make.an_organization(kind="board")
    acting = make.a_person_for(body, Appointment.Role.OPERATOR)
    client.force_login(make.user_of(acting))
    return client


def shown(client) -> str:
    return " ".join(client.get(INDEX).content.decode().split())


def test_an_installation_without_trouble_says_so(operator):
    page = shown(operator)

    assert "Không có việc nào hỏng." in page
    assert "Lúc này không có việc nào đang chạy." in page
    assert "http-equiv" not in page
    assert "hx-get" not in page


def test_what_runs_shows_how_far_it_is_and_looks_again_by_itself(operator):
    a_running_job(done=3, of=10)
    page = shown(operator)

    assert '<progress value="3" max="10"' in page
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in page
    assert f'hx-get="{INDEX}" hx-trigger="every 3s" hx-select="#now"' in page


def test_what_failed_says_why_and_is_tried_again_with_one_button(operator):
    lease = a_failed_job()
    assert WHY in shown(operator)

    answer = operator.post(reverse("jobs:again", args=[lease.pk]), follow=True)

    assert "Đã cho chạy lại" in answer.content.decode()
    assert Job.objects.get().status == Status.READY


def test_all_that_failed_is_tried_again_with_one_button(operator):
    for _n in range(3):
        a_failed_job()

    answer = operator.post(reverse("jobs:all_again"), follow=True)

    assert "Đã cho chạy lại 3 việc." in answer.content.decode()
    answer = operator.post(reverse("jobs:all_again"), follow=True)
    assert "Không còn việc nào bị dừng." in answer.content.decode()


def test_giving_up_asks_first(operator):
    lease = a_failed_job()
    address = reverse("jobs:drop", args=[lease.pk])

    assert WHY in operator.get(address).content.decode()
    assert Lease.objects.exists()
    assert "Đã bỏ" in operator.post(address, follow=True).content.decode()
    assert not Job.objects.exists()


def test_a_job_that_began_meanwhile_is_not_given_up(operator):
    lease = a_running_job()
    answer = operator.post(reverse("jobs:drop", args=[lease.pk]), follow=True)

    assert "Việc này đang chạy." in answer.content.decode()
    assert Lease.objects.exists()


def test_a_queue_that_nobody_serves_is_told(operator):
    later("jobs.prune")
    assert "không máy nào nhận" not in shown(operator)
    Job.objects.update(enqueued_at="2026-01-01T00:00:00Z")

    assert "không máy nào nhận" in shown(operator)


def test_the_page_costs_the_same_with_one_job_and_with_three(operator, django_assert_num_queries):
    def some() -> None:
        a_failed_job(), a_running_job(), a_job_put_off(), later("jobs.prune")

    some()
    operator.get(INDEX)
    with django_assert_num_queries(11):
        operator.get(INDEX)
    some(), some()
    with django_assert_num_queries(11):
        assert operator.get(INDEX).content.count(WHY.encode()) == 6


def test_a_board_that_is_no_operator_is_refused(client):
    client.force_login(make.user_of(make.board(make.an_organization(kind="board"))))

    assert client.get(INDEX).status_code == 403
