"""The mail server: where it is kept, which one counts, what its answers mean."""

import json
import smtplib
import socket
import ssl
import stat

import pytest
from django.core.mail import get_connection, send_mail

from tests.house.factories import an_operator
from tests.notifications.sink import sink
from thidua.audit.models import Entry
from thidua.core.errors import DomainError, Invalid
from thidua.house import mail
from thidua.house.actions.mail import MailRefused, put_off_mail, set_mail_server, try_mail
from thidua.house.mail import MailServer, explain
from thidua.house.queries import house

pytestmark = pytest.mark.django_db
SERVER = MailServer("mail.thidua.example", 587, "thidua", "mat-khau-thu", "starttls", "a@b.example")


@pytest.fixture
def through_the_house(settings):
    settings.EMAIL_BACKEND = "thidua.house.mailing.HouseMail"


def test_what_is_typed_lies_in_a_file_for_its_owner_alone_and_in_no_table(data_folder):
    by = an_operator()

    set_mail_server(SERVER, by=by)

    place = data_folder / "mail.json"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert mail.kept_server() == SERVER
    assert mail.is_configured()
    entry = Entry.objects.get(code="house.mail_set")
    assert entry.facts == {"server": "mail.thidua.example:587"}
    assert "mat-khau-thu" not in repr(SERVER)
    assert sorted(data_folder.iterdir()) == [place]


def test_a_password_that_is_not_typed_again_stays_for_the_same_mailbox_alone():
    by = an_operator()
    set_mail_server(SERVER, by=by)

    again = {**vars(SERVER), "password": "", "port": 465, "security": "tls"}
    set_mail_server(MailServer(**again), by=by)
    assert mail.kept_server().password == "mat-khau-thu"

    set_mail_server(MailServer(**{**again, "host": "mail.khac.example"}), by=by)
    assert mail.kept_server().password == ""


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"host": "mail thidua"}, "host"),
        ({"host": "https://mail"}, "host"),
        ({"port": 0}, "port"),
        ({"port": 70_000}, "port"),
        ({"user": ""}, "user"),
        ({"security": "none"}, "security"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(wrong, field, data_folder):
    by = an_operator()

    with pytest.raises(Invalid) as refusal:
        set_mail_server(MailServer(**{**vars(SERVER), **wrong}), by=by)
    assert refusal.value.field == field
    assert list(data_folder.iterdir()) == []


def test_the_environment_wins_and_the_page_changes_nothing(settings, data_folder):
    by = an_operator()
    mail.keep_server(SERVER)
    settings.EMAIL_FROM_ENVIRONMENT = True
    settings.EMAIL_HAND_ON = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "relay.thidua.example", 25

    with pytest.raises(DomainError, match="EMAIL_URL"):
        set_mail_server(SERVER, by=by)
    connection = get_connection("thidua.house.mailing.HouseMail")
    assert connection.behind.host == "relay.thidua.example"
    assert connection.behind.timeout == 10
    assert mail.is_configured()
    settings.EMAIL_HAND_ON = "django.core.mail.backends.console.EmailBackend"
    assert not mail.is_configured()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"host": "a"}', '{"tên": "lạ"}'])
def test_a_damaged_file_counts_as_none(content, data_folder):
    (data_folder / "mail.json").write_text(content, encoding="utf-8")

    assert mail.kept_server() is None
    assert not mail.is_configured()


def test_a_server_changed_on_its_page_counts_for_the_next_mail(through_the_house):
    by = an_operator()
    with sink() as (taken, port):
        set_mail_server(MailServer("127.0.0.1", port, security="none", sender="a@b.example"), by=by)
        try_mail("quantri@thidua.example", by=by)
        send_mail("Chào", "Thư thường", None, ["hai@thidua.example"])

    assert len(taken.taken) == 2
    assert all(b"From: a@b.example" in whole for whole in taken.taken)
    assert house().mail_tested_at
    assert house().mail_trouble == ""


def test_a_mail_server_that_refuses_says_so_in_its_own_words(through_the_house):
    by = an_operator()
    with sink() as (taken, port):
        taken.refuse = lambda _address: "550 5.1.1 No such user here"
        set_mail_server(MailServer("127.0.0.1", port, security="none", sender="a@b.example"), by=by)
        with pytest.raises(MailRefused, match=r"không nhận thư gửi tới địa chỉ này.*550 5\.1\.1"):
            try_mail("quantri@thidua.example", by=by)

    assert "550" in house().mail_trouble


def test_a_mail_server_that_cannot_be_reached_is_told_within_seconds(through_the_house):
    by = an_operator()
    set_mail_server(MailServer("127.0.0.1", 1, security="none", sender="a@b.example"), by=by)

    with pytest.raises(MailRefused, match="không nhận kết nối ở cổng này"):
        try_mail("quantri@thidua.example", by=by)


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (smtplib.SMTPAuthenticationError(535, b"5.7.8 Bad"), "tên hoặc mật khẩu.*535 5.7.8 Bad"),
        (smtplib.SMTPSenderRefused(553, b"no", "a@b"), "địa chỉ người gửi này.*553 no"),
        (smtplib.SMTPNotSupportedError("STARTTLS"), "không có cách bảo mật"),
        (smtplib.SMTPServerDisconnected("closed"), "ngắt giữa chừng"),
        (smtplib.SMTPDataError(554, "5.7.1 spam\r\nsee more"), "554 5.7.1 spam see more"),
        (ssl.SSLCertVerificationError("no"), "Chứng thư"),
        (ssl.SSLError("wrong version"), "sai cách bảo mật"),
        (socket.gaierror(-2, "unknown"), "Không tìm thấy máy chủ"),
        (TimeoutError(), "không trả lời kịp"),
        (OSError(101, "unreachable"), "mạng của máy này"),
        (ValueError("x"), "Không gửi được thư"),
    ],
)
def test_each_kind_of_trouble_is_said_in_plain_words(trouble, words):
    with pytest.raises(AssertionError, match=words):
        raise AssertionError(explain(trouble))


def test_mail_may_be_put_off_only_with_a_reason_which_a_server_takes_away():
    by = an_operator()
    with pytest.raises(Invalid, match="lý do"):
        put_off_mail("  ", by=by)

    put_off_mail("đang chờ cấp hộp thư", by=by)
    assert house().mail_put_off == "đang chờ cấp hộp thư"

    set_mail_server(SERVER, by=by)
    assert house().mail_put_off == ""
    assert json.loads(mail.file().read_text(encoding="utf-8"))["host"] == "mail.thidua.example"
