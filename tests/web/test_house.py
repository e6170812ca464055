"""Pages of the set-up: led through step by step, resumable, for the operator alone."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories as make
from tests.house.factories import PASSWORD, a_look, an_operator
from tests.house.test_looks import a_picture
from tests.web.counting import cost_of
from thidua.accounts.models import User
from thidua.house import mail
from thidua.house.actions.beginning import new_code
from thidua.house.actions.looks import finish_setup
from thidua.house.queries import house

pytestmark = pytest.mark.django_db
FORM = {
    "body_name": "Ban Thi đua - Khen thưởng tỉnh Thử Nghiệm",
    "level": "province",
    "place": "Thử Nghiệm",
    "full_name": "Người Quản Trị",
    "username": "quantri",
    "email": "QuanTri@thidua.example",
    "password": PASSWORD,
    "password_again": PASSWORD,
}
START = "/thiet-lap/"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def operator_in(client):
    operator = an_operator()
    client.force_login(operator.user)
    return operator


def test_the_printed_address_leads_to_the_first_account_signed_in_and_on(client):
    code = new_code()
    page = client.get(START, {"ma": code})
    assert f'value="{code}"' in page.content.decode()

    answer = client.post(START, {**FORM, "code": code})

    assert answer.url == reverse("setup:guard")
    user = User.objects.get()
    assert user.email == "quantri@thidua.example"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get("/thiet-lap/bao-ve/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"code": "1111-2222-3333-4444"}, "Mã thiết lập không đúng"),
        ({"password": "ngan", "password_again": "ngan"}, "ít nhất 10 chữ"),
        ({"password_again": "mat-khau-khac"}, "chưa giống nhau"),
        ({"username": "Quản trị"}, "viết liền không dấu"),
        ({"email": "quantri"}, "Chưa phải là địa chỉ thư điện tử"),
        ({"level": ""}, "Hãy chọn một mục"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(client, wrong, sentence):
    code = new_code()

    page = client.post(START, {**FORM, "code": code, **wrong})

    told = page.content.decode()
    assert page.status_code == 422
    assert sentence in told
    assert 'value="Người Quản Trị"' in told
    assert PASSWORD not in told
    assert not User.objects.exists()


def test_after_the_first_account_a_visitor_with_any_code_is_led_to_sign_in(client):
    an_operator()

    answer = client.get(START, {"ma": "1111-2222-3333-4444"})
    assert answer.url == f"{reverse('account_login')}?next={START}"
    answer = client.post(START, {**FORM, "username": "kethai", "code": "1111-2222-3333-4444"})
    assert answer.status_code == 302
    assert User.objects.count() == 1


def test_the_second_factor_is_led_through_and_back(client):
    code = new_code()
    client.post(START, {**FORM, "code": code})
    page = client.get("/thiet-lap/bao-ve/")
    assert reverse("mfa_activate_totp") in page.content.decode()

    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    six = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    codes = client.post(reverse("mfa_activate_totp"), {"code": six}, follow=True)

    assert Authenticator.objects.filter(type="totp").exists()
    assert "thiết lập tiếp" in codes.content.decode()
    assert reverse("setup:look") in codes.content.decode()
    assert client.get(START).url == reverse("setup:look")


def test_set_up_goes_on_where_it_was_left(client):
    operator = operator_in(client)

    assert START in client.get("/viec/").content.decode()
    assert client.get(START).url == reverse("setup:guard")
    Authenticator.objects.create(user=operator.user, type="totp", data={})
    assert client.get(START).url == reverse("setup:look")
    a_look(operator)
    assert client.get(START).url == reverse("setup:mail")


def test_name_emblem_and_contact_stand_on_every_page(client):
    operator_in(client)
    page = client.get("/thiet-lap/hinh-thuc/").content.decode()
    assert 'value="Thi đua Thử Nghiệm"' in page  # what is likely is there already

    told = {"name": "Thi đua Thử", "contact_name": "Phòng Nghiệp vụ", "contact_phone": "0229 1"}
    answer = client.post("/thiet-lap/hinh-thuc/", {**told, "file": a_picture()})
    assert answer.url == reverse("setup:mail")

    client.logout()
    page = client.get("/khoi-cum/").content.decode()
    address = reverse("emblem", args=[house().emblem.digest])
    assert "Thi đua Thử" in page
    assert "Phòng Nghiệp vụ" in page
    assert 'href="tel:02291"' in page
    assert address in page
    picture = client.get(address)
    assert picture.headers["Content-Type"] == "image/png"
    assert "immutable" in picture.headers["Cache-Control"]
    assert b"".join(picture.streaming_content).startswith(b"\x89PNG")
    assert client.get(reverse("emblem", args=["0" * 64])).status_code == 404


def test_a_page_costs_no_more_with_a_house_than_without(client):
    before = cost_of(client, "/khoi-cum/")
    a_look(an_operator())
    client.get("/khoi-cum/")

    assert cost_of(client, "/khoi-cum/") == before


def test_a_drawing_named_as_a_picture_is_refused_beside_its_field(client):
    operator_in(client)

    drawing = SimpleUploadedFile("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>")
    told = {"name": "A", "contact_phone": "1", "file": drawing}
    page = client.post("/thiet-lap/hinh-thuc/", told)

    assert page.status_code == 422
    assert "SVG" in page.content.decode()
    assert house().name == ""


def test_a_mail_server_that_does_not_answer_is_said_and_the_password_never_shown(client, settings):
    """A mail server that refuses: its settings stay, the page says what it answered."""
    settings.EMAIL_BACKEND = "thidua.house.mailing.HouseMail"
    operator_in(client)
    told = {
        "host": "127.0.0.1",
        "port": "1",
        "security": "starttls",
        "user": "thidua",
        "password": "rat-bi-mat",
        "sender": "thidua@thidua.example",
    }

    page = client.post("/thiet-lap/gui-thu/", told, follow=True).content.decode()

    assert "không nhận kết nối ở cổng này" in page
    assert "rat-bi-mat" not in page
    assert "giữ như cũ" in page
    assert mail.kept_server().password == "rat-bi-mat"


def test_a_test_message_that_goes_leads_on(client, mailoutbox):
    operator = operator_in(client)
    told = {"host": "mail.example", "port": "587", "security": "starttls", "sender": "a@b.example"}

    answer = client.post("/thiet-lap/gui-thu/", told)

    assert answer.url == reverse("setup:slogan")
    assert mailoutbox[0].to == [operator.user.email]
    again = client.post("/thiet-lap/gui-thu/thu/", {"to": "khac@thidua.example"})
    assert again.status_code == 302
    assert mailoutbox[1].to == ["khac@thidua.example"]


def test_going_on_without_mail_needs_a_reason_that_the_check_page_shows(client):
    operator_in(client)

    assert client.post("/thiet-lap/gui-thu/de-sau/", {"reason": " "}).status_code == 422
    answer = client.post("/thiet-lap/gui-thu/de-sau/", {"reason": "đang chờ cấp hộp thư"})
    assert answer.url == reverse("setup:slogan")
    assert "đang chờ cấp hộp thư" in client.get("/thiet-lap/kiem-tra/").content.decode()


def test_the_environment_leaves_only_the_test_message(client, settings):
    settings.EMAIL_FROM_ENVIRONMENT = True
    operator_in(client)

    page = client.get("/thiet-lap/gui-thu/").content.decode()

    assert "EMAIL_URL" in page
    assert 'name="host"' not in page
    assert 'name="to"' in page


def test_the_check_page_names_what_is_missing_with_its_button_and_ends_the_set_up(client):
    operator_in(client)

    page = client.get("/thiet-lap/kiem-tra/").content.decode()
    assert "Người quản trị chưa bật bước xác nhận thứ hai" in page
    assert reverse("setup:mail") in page

    client.post("/thiet-lap/xong/")
    assert house().set_up_at
    page = client.get("/he-thong/").content.decode()
    assert reverse("setup:check") in page
    assert reverse("inbox:outbox") in page
    assert client.get("/thiet-lap/chu-de/").context["steps"] is None


def test_after_the_set_up_a_step_leads_back_to_the_system_page(client):
    finish_setup(by=operator_in(client))

    answer = client.post("/thiet-lap/chu-de/", {"slogan": "Đoàn kết", "year": "2026"})

    assert answer.url == reverse("house:index")
    assert "Đoàn kết" in client.get("/").content.decode()


@pytest.mark.parametrize("role", ["head", "board"])
def test_who_is_no_operator_sets_nothing_up(client, role):
    client.force_login(make.user_of(make.a_person_for(make.an_organization(), role)))

    for address in ("/thiet-lap/", "/thiet-lap/hinh-thuc/", "/thiet-lap/kiem-tra/", "/he-thong/"):
        assert client.get(address).status_code == 403


def test_an_empty_installation_says_on_its_home_page_where_to_begin(client):
    assert "Nơi này chưa được thiết lập" in client.get("/").content.decode()
    an_operator()
    assert "Nơi này chưa được thiết lập" not in client.get("/").content.decode()
