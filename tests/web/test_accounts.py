"""One's own account: for whom one works, how one signs in, e-mail."""

from datetime import date, timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from tests import factories as make
from thidua.accounts.acting import NOBODY
from thidua.accounts.actions import Terms, appoint, end_appointment
from thidua.accounts.models import Appointment
from thidua.core import clock
from thidua.web.middleware import CHOSEN

pytestmark = pytest.mark.django_db
SHOW = reverse("accounts:show")
OFFICER = Appointment.Role.OFFICER


@pytest.fixture
def user():
    return make.user_of(make.head(make.an_organization("Hội Chữ thập đỏ")))


@pytest.mark.parametrize("name", ["accounts:show", "accounts:email"])
def test_a_visitor_is_asked_who_it_is(client, name):
    assert client.get(reverse(name)).url.startswith("/tai-khoan/login/")


def test_one_sees_for_whom_one_works_worked_and_will_work(client, user):
    today = clock.today()
    since = today - timedelta(30)
    former, coming = make.an_organization("Hội Cũ"), make.an_organization("Hội Mới")
    ended = appoint(user, former, by=NOBODY, role=OFFICER, terms=Terms(since))
    end_appointment(ended, by=NOBODY, on=today - timedelta(1), reason="Chuyển công tác")
    appoint(user, coming, by=NOBODY, role=OFFICER, terms=Terms(today + timedelta(9)))
    client.force_login(user)

    page = client.get(SHOW).content.decode()

    parts = page.split("<h2>")
    assert ["Hội Chữ thập đỏ" in part for part in parts[1:]] == [True, False, False, False]
    assert ["Hội Mới" in part for part in parts[1:]] == [False, True, False, False]
    assert ["Hội Cũ" in part for part in parts[1:]] == [False, False, False, True]
    assert f"{since:%-d/%-m/%Y}" in parts[4]


def test_one_sees_whether_a_second_step_protects_the_account(client, user):
    client.force_login(user)
    assert "chưa bật" in client.get(SHOW).content.decode()

    TOTP.activate(user, "A" * 32)
    RecoveryCodes.activate(user)
    page = client.get(SHOW).content.decode()
    assert "ứng dụng tạo mã trên điện thoại" in page
    assert "chưa bật" not in page


def test_somebody_without_any_right_is_told_who_gives_them(client):
    acting = make.head(make.an_organization(), until=date(2001, 1, 1))
    client.force_login(make.user_of(acting))

    assert "chưa được giao làm việc" in client.get(SHOW).content.decode()


def test_the_page_asks_as_much_for_one_right_as_for_three(
    client, user, django_assert_max_num_queries
):
    client.force_login(user)
    with django_assert_max_num_queries(20) as one:
        client.get(SHOW)
    for _n in range(2):
        appoint(user, make.an_organization(), by=NOBODY, role=OFFICER, terms=Terms(clock.today()))
    with django_assert_max_num_queries(len(one)):
        client.get(SHOW)


def test_one_chooses_for_whom_one_works(client, user):
    other = make.an_organization("Hội Khuyến học")
    appoint(user, other, by=NOBODY, role=OFFICER, terms=Terms(clock.today()))
    client.force_login(user)
    chosen = {"organization": other.pk, "next": "/tai-khoan/"}

    response = client.post(reverse("accounts:switch"), chosen, follow=True)

    assert response.redirect_chain == [("/tai-khoan/", 302)]
    page = response.content.decode()
    assert "Từ bây giờ bạn làm việc cho Hội Khuyến học." in page
    assert "Đang làm việc cho <strong>Hội Khuyến học</strong>" in page


def test_choosing_leads_to_no_other_site(client, user):
    client.force_login(user)
    chosen = {"organization": user.appointments.get().organization_id, "next": "//evil.example"}

    assert client.post(reverse("accounts:switch"), chosen).url == reverse("work:index")


@pytest.mark.parametrize("wrong", ["", "x", "0", "9" * 40, "other", "ended"])
def test_one_works_only_for_ones_own_organisations_of_today(client, user, wrong):
    ended = make.an_organization()
    given = appoint(user, ended, by=NOBODY, role=OFFICER, terms=Terms(date(2026, 1, 1)))
    end_appointment(given, by=NOBODY, on=date(2026, 1, 2), reason="Chuyển công tác")
    pks = {"other": make.an_organization().pk, "ended": ended.pk}
    client.force_login(user)

    response = client.post(reverse("accounts:switch"), {"organization": pks.get(wrong, wrong)})

    assert response.status_code == 404
    assert CHOSEN not in client.session
    assert client.get(reverse("accounts:switch")).status_code == 405


def test_one_changes_ones_email_with_the_password(client, user):
    client.force_login(user)
    address = reverse("accounts:email")
    wrong = client.post(address, {"email": "an@donvi.vn", "password": "sai"})
    assert wrong.status_code == 422
    assert "Mật khẩu không đúng" in wrong.content.decode()
    assert "an@donvi.vn" in wrong.content.decode()

    done = client.post(address, {"email": "an@donvi.vn", "password": make.PASSWORD}, follow=True)
    assert "an@donvi.vn" in done.content.decode()


@pytest.mark.parametrize("email", ["an", "a" * 300 + "@x.vn", "<b>@x.vn", "an@\x00.vn"])
def test_what_is_no_email_gets_a_sentence(client, user, email):
    client.force_login(user)
    data = {"email": email, "password": make.PASSWORD}
    response = client.post(reverse("accounts:email"), data)

    assert response.status_code == 422
    assert "field__errors" in response.content.decode()
    user.refresh_from_db()
    assert user.email == ""


@pytest.mark.parametrize("path", ["email/", "confirm-email/", "confirm-email/Mg:1a-b_c/"])
def test_the_pages_of_the_library_for_many_emails_lead_to_ours(client, user, path):
    client.force_login(user)
    response = client.get(f"/tai-khoan/{path}")

    assert response.url in (SHOW, reverse("accounts:email"))


@pytest.mark.parametrize("name", ["accounts:show", "accounts:email"])
def test_the_pages_are_there_in_english(client, user, name):
    client.force_login(user)
    client.cookies["django_language"] = "en"

    assert 'lang="en"' in client.get(reverse(name)).content.decode()
