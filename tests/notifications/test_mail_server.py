"""Against a real mail server of this machine: what arrives, and what happens when it will not."""

import pytest

from tests.notifications.sink import sink, slowly
from thidua.notifications.models import Mail, Outage
from thidua.notifications.models.mail import Trouble
from thidua.notifications.tasks import deliver

pytestmark = pytest.mark.django_db
State = Mail.State


@pytest.fixture
def server(settings):
    with sink() as (taken, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_TIMEOUT = 5
        yield taken


def states() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


def test_many_mails_arrive_once_each_on_one_connection_in_both_forms(server, told):
    for year in (2025, 2026, 2027):
        told(year=year)

    assert deliver() == 3
    assert deliver() == 0

    assert states() == [State.SENT] * 3
    assert len(set(server.ids)) == len(server.ids) == 3
    assert len(server.sessions) == 1
    first = server.messages[0]
    assert str(first["Subject"]).strip() == "Giao ước thi đua năm 2025 đã có hiệu lực."
    assert first["To"] == "dan@hoi.example"
    assert "Thi Đua" in str(first["From"])
    kinds = [part.get_content_type() for part in first.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    assert "Kính gửi Ông/Bà" in first.get_body(("plain",)).get_content()


def test_a_refused_address_is_listed_and_the_line_goes_on(server, told):
    """“A mail server that refuses, is slow, is down for a day”: it refuses."""
    answers = ["550 5.1.1 khong co nguoi nay", "450 4.2.0 greylisted", ""]
    server.refuse = lambda _address: answers.pop(0)
    for _n in range(3):
        told()

    assert deliver() == 1

    assert states() == [State.FAILED, State.QUEUED, State.SENT]
    failed = Mail.objects.earliest("pk")
    assert failed.answer == "550 5.1.1 khong co nguoi nay"
    assert failed.get_trouble_display().startswith("Máy chủ thư nói không có địa chỉ này")
    assert len(server.taken) == 1


def test_a_content_that_is_refused_is_no_doubt(server, told):
    server.answer = lambda: "554 5.7.1 spam"
    told()
    deliver()

    assert states() == [State.FAILED]
    assert Mail.objects.get().trouble == Trouble.CONTENT


def test_a_slow_answer_after_the_content_leaves_it_unsure_and_is_not_waited_for(
    server, settings, told
):
    """“A mail server that refuses, is slow, is down for a day”: it is slow."""
    settings.EMAIL_TIMEOUT = 0.2
    server.answer = slowly(0.5)
    told()
    told()
    deliver()

    assert states() == [State.UNSURE, State.QUEUED]
    assert Outage.objects.get().trouble == Trouble.UNANSWERED
    assert len(server.taken) == 1


def test_a_server_that_is_not_there_costs_one_try(settings, told):
    with sink() as (_taken, port):
        pass
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    told()

    assert deliver() == 0

    assert states() == [State.QUEUED]
    assert Outage.objects.get().trouble == Trouble.CONNECTION
