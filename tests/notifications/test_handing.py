"""How mail is handed over: what the server answers, workers that die, what an operator does."""

import smtplib
from datetime import timedelta

import pytest

from tests.notifications.conftest import sent
from tests.notifications.stubborn import Stubborn, at, refused, states
from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.core.errors import AlreadyDone, WrongState
from thidua.jobs.errors import HandedBack
from thidua.jobs.work import run_due
from thidua.notifications import outbox
from thidua.notifications.actions.mailing import drop_mail, send_again, send_all_again
from thidua.notifications.delivering import deliver_all
from thidua.notifications.models import Mail, Outage
from thidua.notifications.models.mail import Trouble
from thidua.notifications.tasks import deliver

pytestmark = pytest.mark.django_db
State = Mail.State


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = f"{Stubborn.__module__}.Stubborn"
    Stubborn.answers, Stubborn.opening = [], None
    return Stubborn


# What the server answers


def test_an_address_that_the_server_refuses_for_good_is_listed_at_once(server, told):
    server.answers = [refused(550)]
    told()
    deliver()

    mail = Mail.objects.get()
    assert (mail.state, mail.trouble) == (State.FAILED, Trouble.ADDRESS)
    assert mail.answer == "550 no such user"
    assert not Outage.objects.exists()


def test_one_bad_address_does_not_hold_up_the_others(server, told):
    server.answers = [refused(550), None]
    told()
    told()
    deliver()

    assert states() == [State.FAILED, State.SENT]


def test_a_server_that_says_later_is_asked_later_with_growing_pauses(server, told):
    server.answers = [refused(450, b"greylisted"), refused(450), None]
    with clock.at(at(2, 8)):
        told()
        deliver()
        deliver()
        mail = Mail.objects.get()
        assert (mail.state, mail.tries, mail.trouble) == (State.QUEUED, 1, Trouble.LATER)
        assert mail.next_at == at(2, 8, 1)
    with clock.at(at(2, 8, 1)):
        deliver()
        assert Mail.objects.get().next_at == at(2, 8, 6)
    with clock.at(at(2, 8, 6)):
        deliver()
    assert states() == [State.SENT]


def test_a_mail_that_cannot_be_written_down_fails_alone(server, told):
    told()
    told()
    server.answers = [UnicodeEncodeError("ascii", "đ", 0, 1, "no"), None]
    deliver()

    assert states() == [State.FAILED, State.SENT]
    assert Mail.objects.earliest("pk").trouble == Trouble.UNWRITABLE


def test_when_nothing_comes_back_after_the_content_went_out_it_is_unsure_and_not_repeated(
    server, told
):
    server.answers = [TimeoutError("timed out")]
    with clock.at(at(2, 8)):
        told()
        deliver()
    with clock.at(at(3, 8)):
        deliver()

    assert sent() == []
    mail = Mail.objects.get()
    assert (mail.state, mail.trouble) == (State.UNSURE, Trouble.UNANSWERED)


def test_a_wrong_password_costs_no_mail_its_place(server, told):
    server.opening = smtplib.SMTPAuthenticationError(535, b"5.7.8 bad credentials")
    told()
    deliver()

    assert states() == [State.QUEUED]
    assert Mail.objects.get().tries == 0
    outage = Outage.objects.get()
    assert (outage.trouble, outage.answer) == (Trouble.LOGIN, "5.7.8 bad credentials")


def test_a_server_down_for_a_day_loses_nothing(server, told):
    """“A mail server that refuses, is slow, is down for a day”: it is down."""
    server.opening = ConnectionRefusedError("refused")
    with clock.at(at(2, 8)):
        for _n in range(3):
            told()
    tries = 0
    for minutes in range(0, 24 * 60, 10):
        with clock.at(at(2, 8) + timedelta(minutes=minutes)):
            tries += deliver() == 0 and not outbox.is_paused()
    assert states() == [State.QUEUED] * 3
    assert Outage.objects.get().since == at(2, 8)
    assert Outage.objects.get().tries < 24 * 6

    server.opening = None
    with clock.at(at(3, 8, 20)):
        assert deliver() == 3
    assert states() == [State.SENT] * 3
    assert len(sent()) == 3
    assert not Outage.objects.exists()


def test_a_server_down_for_six_days_leaves_a_list_and_one_button_sends_it_all(server, told):
    server.opening = ConnectionRefusedError("refused")
    with clock.at(at(2, 8)):
        told()
        told()
        deliver()
    with clock.at(at(8, 8)):
        deliver()
        assert states() == [State.FAILED] * 2
        assert set(Mail.objects.values_list("trouble", flat=True)) == {Trouble.GIVEN_UP}

        server.opening = None
        assert send_all_again(by=NOBODY) == 2
        run_due()
    assert states() == [State.SENT] * 2
    with pytest.raises(AlreadyDone):
        send_all_again(by=NOBODY)


# Workers that die


def test_a_worker_that_dies_before_handing_repeats_and_one_that_dies_while_handing_does_not(told):
    """“A worker killed in the middle”: of handing over mail."""
    with clock.at(at(2, 8)):
        told()
        told()
        first, _second = outbox.take("dead")
        outbox.Turn("dead").hand(first)
        deliver()
        assert sent() == []
    with clock.at(at(2, 8, 6)):
        deliver()
        deliver()

    assert len(sent()) == 1
    assert states() == [State.UNSURE, State.SENT]
    assert Mail.objects.earliest("pk").trouble == Trouble.STOPPED


def test_a_worker_that_was_only_slow_hands_over_nothing_that_another_has_taken(told):
    with clock.at(at(2, 8)):
        told()
        (mail,) = outbox.take("slow")
    with clock.at(at(2, 8, 6)):
        deliver()
        with pytest.raises(outbox.LostTurn):
            outbox.Turn("slow").hand(mail)

    assert len(sent()) == 1


def test_what_the_server_took_is_written_though_others_gave_the_worker_up(told):
    with clock.at(at(2, 8)):
        told()
        (mail,) = outbox.take("slow")
        turn = outbox.Turn("slow")
        turn.hand(mail)
        turn.accept(mail)
    with clock.at(at(2, 8, 6)):
        deliver()
        assert states() == [State.UNSURE]
        turn.finish([])

    assert states() == [State.SENT]


def test_a_clean_stop_between_two_mails_lets_go_of_the_rest(told):
    def stop_at_the_second(done: int, _of: int) -> None:
        if done:
            raise HandedBack

    told()
    told()
    with pytest.raises(HandedBack):
        deliver_all(stop_at_the_second)

    assert states() == [State.SENT, State.QUEUED]
    deliver()
    assert len(sent()) == 2


# The operator


def test_an_unsure_mail_is_sent_again_only_when_somebody_says_so(server, told):
    server.answers = [TimeoutError("timed out"), None]
    with clock.at(at(2, 8)):
        told()
        deliver()
        mail = Mail.objects.get()
        send_again(mail, by=NOBODY)
        run_due()

    assert states() == [State.SENT]
    assert sent()[0].extra_headers["Message-ID"] == mail.message_id


def test_a_mail_that_was_dropped_or_sent_is_not_sent_again(told):
    told()
    drop_mail(Mail.objects.get(), by=NOBODY)
    deliver()

    assert sent() == []
    with pytest.raises(WrongState):
        send_again(Mail.objects.get(), by=NOBODY)
    told()
    deliver()
    with pytest.raises(WrongState):
        drop_mail(Mail.objects.get(state=State.SENT), by=NOBODY)
