"""What is missing is said alike by the page and by `doctor`, and a look never stops another."""

import os
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command

from tests.house.factories import a_look, an_operator
from thidua.core import clock
from thidua.house import checks, machine
from thidua.house.actions.looks import set_slogan
from thidua.house.actions.mail import put_off_mail, set_mail_server
from thidua.house.checks import Finding, State, check, examine, fine, is_ready, missing
from thidua.house.mail import MailServer
from thidua.house.models import House
from thidua.house.queries import forget
from thidua.jobs.models import Tick

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_these_checks(monkeypatch):
    """Leave out what apps above have registered: their own tests look at it."""
    ours = {n: c for n, c in checks._checks.items() if n.startswith(("house.", "machine."))}
    monkeypatch.setattr(checks, "_checks", ours)


@pytest.fixture
def _well_kept(settings, tmp_path):
    settings.PUBLIC_URL, settings.PUBLIC_HOST = "https://thidua.example", "thidua.example"
    settings.IS_HTTPS, settings.SECURE_PROXY_SSL_HEADER = True, ("X", "https")
    settings.SECRET_KEY = "x" * 50
    settings.FILES_DIR = tmp_path / "files"


def of(name: str, *, in_shell: bool = True) -> Finding | None:
    found = {one.name: one.finding for one in examine(in_shell=in_shell)}
    return found.get(name)


def a_guarded_operator():
    operator = an_operator()
    Authenticator.objects.create(user=operator.user, type=Authenticator.Type.TOTP, data={})
    return operator


def test_an_empty_installation_says_where_to_begin():
    forget()

    assert of("house.begun").state is State.MISSING
    assert of("house.begun").command == "manage.py setup_code"
    assert of("house.operators") is None


@pytest.mark.usefixtures("_well_kept")
def test_a_house_that_is_set_up_misses_nothing(capsys):
    by = a_guarded_operator()
    a_look(by)
    set_slogan("Đoàn kết", clock.today().year, by=by)
    set_mail_server(MailServer("mail.thidua.example", 587, sender="a@b.example"), by=by)
    Tick.objects.create(name="house.pulse", number=1, at=clock.now())

    call_command("doctor")

    told = capsys.readouterr().out
    assert "THIẾU" not in told
    assert "Không thiếu gì" in told


def test_the_doctor_ends_with_one_and_names_what_mends_it(capsys):
    an_operator()

    with pytest.raises(SystemExit) as end:
        call_command("doctor")
    assert end.value.code == 1
    told = capsys.readouterr().out
    assert "[THIẾU ] Gửi thư: Chưa đặt máy chủ gửi thư." in told
    assert "/thiet-lap/gui-thu/" in told
    assert "manage.py worker" in told


def test_an_operator_without_a_second_factor_is_named():
    operator = an_operator()
    assert operator.user.name in of("house.guard").sentence
    assert of("house.guard").state is State.MISSING

    Authenticator.objects.create(user=operator.user, type=Authenticator.Type.TOTP, data={})
    assert of("house.guard").state is State.FINE


def test_mail_is_missing_put_off_untried_in_trouble_or_fine(data_folder):
    by = an_operator()
    assert of("house.mail").state is State.MISSING

    put_off_mail("đang chờ cấp hộp thư", by=by)
    assert of("house.mail").state is State.LOOK
    assert "đang chờ cấp hộp thư" in of("house.mail").sentence

    set_mail_server(MailServer("mail.thidua.example", 587, sender="a@b.example"), by=by)
    assert of("house.mail").state is State.LOOK
    House.objects.update(mail_tested_at=clock.now(), mail_trouble="Máy chủ trả lời: “550”.")
    forget()
    assert "550" in of("house.mail").sentence
    House.objects.update(mail_trouble="")
    forget()
    assert of("house.mail").state is State.FINE

    (data_folder / "mail.json").write_text("{", encoding="utf-8")
    assert "hỏng" in of("house.mail").sentence


def test_a_slogan_of_a_year_gone_by_is_told():
    by = an_operator()
    set_slogan("Đoàn kết", clock.today().year - 1, by=by)

    assert of("house.slogan").state is State.LOOK


@pytest.mark.parametrize(
    ("address", "words"),
    [("http://127.0.0.1:8000", "chỉ mở được trên máy chủ này"), ("http://a.example", "https://")],
)
def test_an_address_that_nobody_else_can_use_safely_is_told(settings, address, words):
    settings.PUBLIC_URL = address
    settings.PUBLIC_HOST = address.split("/")[2].split(":")[0]

    assert words in of("machine.address").sentence
    assert of("machine.address").state is State.MISSING


def test_a_key_that_others_can_read_is_told_with_the_command(settings, data_folder):
    settings.SECRET_KEY = "x" * 50
    key = data_folder / "secret_key"
    key.write_text("x", encoding="ascii")
    key.chmod(0o644)
    assert of("machine.secrets").command == f"chmod 600 {key}"

    key.chmod(0o600)
    assert of("machine.secrets").state is State.FINE
    assert of("machine.secrets", in_shell=False) is None  # no page tells where it lies


def test_a_disk_nearly_full_is_told_and_a_full_one_is_missing(settings, tmp_path, monkeypatch):
    settings.FILES_DIR = tmp_path / "files"
    monkeypatch.setattr(machine, "GOOD_FREE", 2**62)
    assert of("machine.folders").state is State.LOOK

    monkeypatch.setattr(machine, "LEAST_FREE", 2**62)
    assert of("machine.folders").state is State.MISSING


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_takes_no_writing_is_told(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    settings.FILES_DIR.mkdir(mode=0o500)

    assert of("machine.folders").state is State.MISSING


def test_a_worker_that_is_silent_too_long_is_told():
    Tick.objects.create(name="house.pulse", number=1, at=clock.now() - timedelta(minutes=20))
    assert of("machine.worker").state is State.MISSING

    Tick.objects.create(name="house.pulse", number=2, at=clock.now())
    assert of("machine.worker").state is State.FINE


def test_a_clock_that_was_set_back_an_hour_is_told():
    an_operator()  # leaves entries of this moment in the trail

    with clock.at(clock.now() - timedelta(hours=1)):
        assert "đi lùi" in of("machine.clock").sentence
    assert of("machine.clock").state is State.FINE


def test_a_look_that_fails_is_itself_a_finding_and_stops_no_other():
    check("upper.broken", "Hỏng", lambda: 1 // 0, rank=0)
    check("upper.good", "Tốt", lambda: fine("Ổn."), rank=99)
    check("upper.silent", "Im", lambda: None)

    found = examine()
    assert "ZeroDivisionError" in found[0].finding.sentence
    assert found[0].finding.state is State.MISSING
    assert found[-1].name == "upper.good"
    assert "upper.silent" not in {one.name for one in found}
    assert not is_ready(found)


def test_a_page_that_this_installation_does_not_have_gives_no_button():
    assert missing("x", mend="Sửa", at="no:such").url == ""
    assert missing("x", mend="Sửa", at="setup:look").url == "/thiet-lap/hinh-thuc/"
