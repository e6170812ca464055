"""Signing in: by name or e-mail, with a second factor; who tries too often waits, alone."""

import re
from types import SimpleNamespace

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from config import settings as house
from tests import factories as make
from tests.kept import kept
from thidua.accounts.acting import NOBODY
from thidua.accounts.actions import change_email
from thidua.accounts.actions.inviting import DeadCode, find_invitation, invite
from thidua.core.deeds import deed
from thidua.jobs.work import run_due
from thidua.notifications.models import Mail

pytestmark = pytest.mark.django_db
LOGIN = "/tai-khoan/login/"
LOCKED = "bị thử sai quá nhiều lần"


@pytest.fixture
def shared_cache(settings):
    """Count tries where all workers do at work: in the database."""
    settings.CACHES = house.CACHES
    call_command("createcachetable", verbosity=0)


@pytest.fixture(params=["one process", "database"])
def any_cache(request):
    """Count tries in the cache of tests, and in the one that all workers share."""
    if request.param == "database":
        request.getfixturevalue("shared_cache")


@pytest.fixture
def user():
    user = make.user_of(make.head(make.an_organization()))
    return change_email(user, by=NOBODY, email="An@donvi.vn", password=make.PASSWORD)


def sign_in(client, login, password=make.PASSWORD, **more):
    return client.post(LOGIN, {"login": login, "password": password, **more})


def is_in(client, user):
    return client.session.get("_auth_user_id") == str(user.pk)


@pytest.mark.parametrize("case", [str, str.upper], ids=["as it is", "in capitals"])
@pytest.mark.parametrize("name", ["username", "email"])
def test_user_name_and_email_both_let_one_in_and_lead_to_ones_work(client, user, name, case):
    response = sign_in(client, case(getattr(user, name)))

    assert response.status_code == 302
    assert response.url == reverse("work:index")
    assert is_in(client, user)


def test_one_is_led_to_the_page_one_wanted_but_to_no_other_site(client, user):
    wanted = reverse("accounts:email")
    assert client.get(wanted).url == f"{LOGIN}?next={wanted}"

    assert sign_in(client, user.username, next=wanted).url == wanted
    client.logout()
    assert sign_in(client, user.username, next="https://evil.example/").url == reverse("work:index")


@pytest.mark.parametrize("login", ["sai", "sai@donvi.vn", "x" * 100_000, "\x00", "<b>", ""])
def test_a_wrong_name_is_told_and_says_nothing_of_who_has_an_account(client, user, login):
    page = sign_in(client, login).content.decode()

    assert "error-summary" in page
    assert LOCKED not in page


def test_an_ended_account_is_told_so(client, user):
    user.is_active = False
    user.save()
    response = sign_in(client, user.username)

    assert response.url == "/tai-khoan/inactive/"
    assert "tạm dừng" in client.get(response.url).content.decode()


def test_a_wrong_password_20_times_locks_this_account_alone_for_a_while(
    client, user, any_cache, monkeypatch
):
    """A wrong password 20 times."""
    pages = [sign_in(client, user.username, "sai").content.decode() for _n in range(20)]

    told = ["chưa đúng" if "chưa đúng" in page else LOCKED in page for page in pages]
    assert told == ["chưa đúng"] * 10 + [True] * 10
    assert LOCKED in sign_in(client, user.username).content.decode()
    assert not is_in(client, user)

    other = make.user_of(make.head(make.an_organization()))
    sign_in(client, other.username)
    assert is_in(client, other)

    client.logout()
    later = ratelimit.time.time() + 15 * 60
    clock = SimpleNamespace(
        time=lambda: later, monotonic=ratelimit.time.monotonic, sleep=ratelimit.time.sleep
    )
    monkeypatch.setattr(ratelimit, "time", clock)
    sign_in(client, user.username)
    assert is_in(client, user)


def test_a_flood_of_false_names_does_not_push_the_counts_out(client, user, shared_cache):
    for _n in range(10):
        sign_in(client, user.username, "sai")
    for n in range(400):
        cache.set(f"false-name-{n}", [n], 900)

    assert LOCKED in sign_in(client, user.username).content.decode()


def test_name_and_email_of_one_account_on_any_host_share_its_tries(client, user):
    for n in range(10):
        name = [user.username, user.email, user.username.upper()][n % 3]
        data = {"login": name, "password": "sai"}
        client.post(LOGIN, data, headers={"host": ["a.example", "b.example"][n % 2]})

    assert LOCKED in sign_in(client, user.email).content.decode()


@kept
@deed()
def forty_people():
    """Make forty officers of one organisation, as one deed."""
    organization = make.an_organization()
    return [make.user_of(make.officer(organization)) for _n in range(40)]


@pytest.fixture
def people():
    return forty_people()


def test_a_hall_behind_one_address_is_not_locked_out(client, people, any_cache):
    """Forty people, all of whom first mistype, within one minute and from one address."""
    for user in people:
        assert "chưa đúng" in sign_in(client, user.username, "sai").content.decode()
        sign_in(client, user.username)
        assert is_in(client, user)
        client.cookies.clear()


def test_nothing_else_is_counted_by_the_address_it_comes_from(client):
    """The library would bar an address after ten tries of a key, and after twenty sign-ups."""
    for _n in range(21):
        assert client.post("/tai-khoan/2fa/webauthn/login/", {}).status_code == 302
        assert client.post("/tai-khoan/signup/", {}).status_code == 200


def test_there_is_no_self_sign_up(client):
    for response in (client.get("/tai-khoan/signup/"), client.post("/tai-khoan/signup/", {})):
        assert response.status_code == 200
        page = response.content.decode()
        assert "do ban thi đua - khen thưởng hoặc lãnh đạo đơn vị mở" in page
        assert "<input" not in re.sub(r"<input type=\"hidden\"[^>]*>", "", page)


def test_the_app_on_the_phone_is_asked_for_after_the_password(client, user):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)

    response = sign_in(client, user.username, next="/tai-khoan/")
    assert response.url == "/tai-khoan/2fa/authenticate/"
    assert not is_in(client, user)
    assert "6 số" in client.get(response.url).content.decode()
    assert "Mã chưa đúng" in client.post(response.url, {"code": "000000"}).content.decode()

    code = totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )
    assert client.post(response.url, {"code": code}).url == "/tai-khoan/"
    assert is_in(client, user)


def test_a_recovery_code_stands_in_for_the_phone_once(client, user):
    totp.TOTP.activate(user, totp.generate_totp_secret())
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    for expected in (True, False):
        sign_in(client, user.username)
        client.post("/tai-khoan/2fa/authenticate/", {"code": code})
        assert is_in(client, user) is expected
        client.post("/tai-khoan/logout/")


def test_wrong_codes_lock_this_account_too(client, user):
    totp.TOTP.activate(user, totp.generate_totp_secret())
    sign_in(client, user.username)
    pages = [client.post("/tai-khoan/2fa/authenticate/", {"code": "1"}) for _n in range(11)]

    assert LOCKED in pages[-1].content.decode()
    assert not is_in(client, user)


@pytest.mark.parametrize("credential", ["", "5", "[]", "{}", '"x"', '{"response": {}}', "{"])
def test_a_passkey_answer_that_is_none_is_refused_with_a_sentence(client, credential):
    response = client.post("/tai-khoan/2fa/webauthn/login/", {"credential": credential})

    assert response.url == LOGIN
    assert "notice--danger" in client.get(LOGIN).content.decode()


def test_a_forgotten_password_is_set_anew_by_mail(client, user):
    for address in (user.email, "khong-ai@donvi.vn"):
        response = client.post("/tai-khoan/password/reset/", {"email": address})
        assert response.url == "/tai-khoan/password/reset/done/"
    assert "Hãy xem hộp thư" in client.get(response.url).content.decode()
    assert mail.outbox == []
    waiting = Mail.objects.get()
    run_due()
    assert [message.to for message in mail.outbox] == [["an@donvi.vn"]]
    assert mail.outbox[0].subject == "Thi Đua: đặt lại mật khẩu"
    assert user.username in mail.outbox[0].body

    link = re.search(r"http://[^/]+(/\S+)", mail.outbox[0].body)[1]
    assert link.rstrip("/").rpartition("/")[2] not in waiting.text
    form = client.get(link).url
    new = {"password1": "hoa-sen-nam-canh", "password2": "hoa-sen-nam-canh"}
    assert client.post(form, new).url == "/tai-khoan/password/reset/key/done/"
    assert "Đường dẫn không dùng được nữa" in client.get(link).content.decode()

    sign_in(client, user.email, "hoa-sen-nam-canh")
    assert is_in(client, user)


def test_a_password_set_by_mail_lets_the_slip_die_that_still_lies_about(client, user):
    slip = invite([user], by=NOBODY, way="slip")[0]
    client.post("/tai-khoan/password/reset/", {"email": user.email})
    run_due()
    link = re.search(r"http://[^/]+(/\S+)", mail.outbox[-1].body)[1]
    new = {"password1": "hoa-sen-nam-canh", "password2": "hoa-sen-nam-canh"}
    client.post(client.get(link).url, new)

    with pytest.raises(DeadCode):
        find_invitation(user.username, slip.code)


def test_the_same_address_asks_for_mail_a_few_times_an_hour(client, user):
    answers = [client.post("/tai-khoan/password/reset/", {"email": user.email}) for _n in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Thử quá nhiều lần" in answers[-1].content.decode()
    assert client.post("/tai-khoan/password/reset/", {"email": "b@x.vn"}).status_code == 302


def test_a_mail_server_that_does_not_answer_leaves_the_mail_waiting(client, user, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1

    response = client.post("/tai-khoan/password/reset/", {"email": user.email})
    run_due()

    assert response.url == "/tai-khoan/password/reset/done/"
    assert Mail.objects.get().state == Mail.State.QUEUED
