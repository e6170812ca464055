"""Mail: what is written, for whom, and what it says."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.notifications.conftest import SENTENCE, sent, with_address
from tests.notifications.stubborn import states
from thidua.accounts.acting import NOBODY
from thidua.accounts.actions import end_appointment
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import Invalid
from thidua.house.models import House
from thidua.house.queries import forget
from thidua.jobs.work import run_due
from thidua.notifications.actions import notify
from thidua.notifications.actions.choosing import choose_mail
from thidua.notifications.actions.telling import write_mail
from thidua.notifications.models import Mail, Notice
from thidua.notifications.models.mail import Trouble
from thidua.notifications.tasks import deliver

pytestmark = pytest.mark.django_db
State = Mail.State


# What is written


def test_a_notice_goes_by_mail_soon_after_its_deed(told):
    mail = told()
    assert mail.state == State.QUEUED

    assert run_due() == 1

    assert [m.to for m in sent()] == [["dan@hoi.example"]]
    mail.refresh_from_db()
    assert (mail.state, mail.tries) == (State.SENT, 1)
    assert mail.ended_at


def test_a_deed_that_fails_mails_nobody(reader):
    @deed()
    def tell_and_fail():
        notify([reader.organization_id], SENTENCE, about=reader.organization, year=2026)
        raise Invalid("không được")

    with pytest.raises(Invalid):
        tell_and_fail()

    assert Mail.objects.count() == run_due() == 0


def test_a_mail_of_one_event_to_one_person_is_never_doubled(told):
    mail = told()

    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.create(
            key=mail.key, address=mail.address, queued_at=clock.now(), next_at=clock.now()
        )
    deliver()
    deliver()
    assert len(sent()) == 1


def test_without_an_address_the_notice_waits_in_the_inbox_alone():
    unit = make.an_organization()
    make.head(unit)

    notify([unit.pk], SENTENCE, about=unit, year=2026)

    assert Notice.objects.get().mail is None
    assert Mail.objects.count() == 0


def test_who_wants_none_gets_none_and_who_wants_a_digest_gets_nothing_at_once(reader, told):
    for manner in ("none", "daily"):
        choose_mail(make.user_of(reader), manner=manner, language="vi")
        assert told() is None


def test_a_mail_with_its_own_text_is_written_once_and_emptied_when_it_has_gone():
    for _n in range(2):
        write_mail(key="invite:7", address="a@b.example", subject="Mời vào", text="Mã: 4711")
    assert Mail.objects.get().text == "Mã: 4711"

    deliver()

    assert sent()[0].body == "Mã: 4711"
    mail = Mail.objects.get()
    assert (mail.state, mail.text) == (State.SENT, "")


# What it says


def test_it_says_in_plain_and_in_html_what_it_is_and_why_and_how_to_change_that(told, settings):
    House.objects.create(name="Thi đua tỉnh Đồng Xanh", contact_email="ban@tinh.example")
    forget()
    told()
    deliver()

    letter = sent()[0]
    (html, kind), *_rest = letter.alternatives
    organization = Notice.objects.get().organization
    link = f"{settings.PUBLIC_URL}/tai-khoan/thu/"
    assert kind == "text/html"
    assert letter.subject == "Giao ước thi đua năm 2026 đã có hiệu lực."
    for told_in in (letter.body, html):
        assert "Giao ước thi đua năm 2026 đã có hiệu lực." in told_in
        assert f"vì đang làm việc cho {organization.name}." in told_in
        assert link in told_in
        assert "Thi đua tỉnh Đồng Xanh" in told_in
    assert "Thi =?utf-8?" not in letter.body
    assert letter.reply_to == ["ban@tinh.example"]
    assert letter.extra_headers["Message-ID"] == Mail.objects.get().message_id
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_it_is_written_in_the_language_that_was_chosen(reader, told):
    choose_mail(make.user_of(reader), manner="at_once", language="en")
    told()
    deliver()

    assert sent()[0].subject == "The emulation covenant of 2026 is in force."


def test_what_somebody_wrote_cannot_add_a_header(told):
    told("Tên\r\nBcc: ai@do.example <b>%(year)d</b>")
    deliver()

    letter = sent()[0]
    assert letter.subject == "Tên Bcc: ai@do.example <b>2026</b>"
    assert "\nBcc:" not in letter.message().as_string().partition("\n\n")[0]
    assert "&lt;b&gt;2026&lt;/b&gt;" in letter.alternatives[0][0]


def test_nothing_goes_to_whom_the_right_has_ended_since_or_the_account(reader, told):
    told()
    appointment = reader.appointments[0]
    yesterday = clock.today() - timedelta(1)
    end_appointment(appointment, by=NOBODY, on=yesterday, reason="Chuyển công tác")
    deliver()

    assert sent() == []
    assert Mail.objects.get().trouble == Trouble.GONE
    assert states() == [State.DROPPED]


def test_it_goes_to_the_address_of_today(reader, told):
    told()
    with_address(reader, "moi@hoi.example")
    deliver()

    assert sent()[0].to == ["moi@hoi.example"]


def test_while_nobody_has_set_up_a_server_mail_waits_and_is_not_printed(settings, told):
    settings.EMAIL_BACKEND = "thidua.house.mailing.HouseMail"
    settings.EMAIL_FROM_ENVIRONMENT = False
    told()

    assert deliver() == 0
    assert states() == [State.QUEUED]
    with clock.at(clock.now() + timedelta(days=6)):
        deliver()
    assert Mail.objects.get().trouble == Trouble.GIVEN_UP
