"""A passkey and an app that makes codes: set up and used, on pages that are accessible too."""

import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page

from tests import factories as make
from tests.browser.people import Person
from tests.browser.walking import judge

pytestmark = pytest.mark.django_db(transaction=True)
PERIOD = 30  # seconds that a code holds


@pytest.fixture
def head():
    """The user of a head with an account."""
    return make.user_of(make.head(make.an_organization()))


@pytest.fixture
def person(open_page, head) -> Person:
    """The head, signed in through the sign-in page, before the page of the second step."""
    person = Person(open_page())
    person.signs_in(head.username, make.PASSWORD)
    person.page.get_by_role("link", name=head.name).click()
    person.follows("Đặt bước xác nhận thứ hai")
    return person


def give_a_passkey_device(page: Page) -> None:
    """Plug in a device that says yes to every question, as a fingerprint would."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def prove_it_is_oneself(person: Person) -> list[str]:
    """Type the password again, as is asked before the way to sign in is changed."""
    person.sees("Xác nhận lại là bạn")
    faults = judge(person.page)
    person.fills("Mật khẩu", make.PASSWORD)
    person.presses("Xác nhận")
    return faults


def sign_out(person: Person) -> None:
    """Sign out from the head of the page."""
    person.page.locator(".masthead__person").get_by_role("button", name="Đăng xuất").click()


def test_a_passkey_is_added_and_lets_one_in_without_a_password(person, head):
    give_a_passkey_device(person.page)
    faults = judge(person.page)

    person.follows("Thêm khóa của máy này")
    faults += prove_it_is_oneself(person)
    person.sees("Bấm nút rồi làm theo máy")
    faults += judge(person.page)
    person.fills("Tên gợi nhớ", "Điện thoại thử")
    person.ticks("Chỉ cần thiết bị này là đăng nhập được, không phải gõ mật khẩu")
    person.presses("Thêm khóa")
    person.page.wait_for_url("**/recovery-codes/**")
    faults += judge(person.page)
    person.goes("/tai-khoan/2fa/webauthn/")
    person.sees("Điện thoại thử", "Chỉ cần khóa này là đăng nhập được.")
    faults += judge(person.page)
    sign_out(person)
    person.goes("/tai-khoan/login/")
    person.presses("Đăng nhập bằng vân tay, khuôn mặt hoặc khóa của máy này")

    person.sees("Việc của tôi", head.name)
    assert faults + person.faults == []


def test_an_app_is_set_up_and_its_code_is_asked_for_at_sign_in(person, head):
    person.follows("Bật ứng dụng tạo mã")
    faults = prove_it_is_oneself(person)
    person.sees("quét hình vuông dưới đây")
    faults += judge(person.page)
    person.page.get_by_text("Không quét được?").click()
    secret = person.page.locator(".digest__value").inner_text()
    step = int(time.time()) // PERIOD
    code_field = person.page.locator("input[name=code]")

    code_field.fill("000000")
    person.presses("Bật")
    person.sees("Chưa gửi được, còn chỗ cần sửa.")
    faults += judge(person.page)
    code_field.fill(code(secret, step))
    person.presses("Bật")
    faults += judge(person.page)
    sign_out(person)
    person.signs_in(head.username, make.PASSWORD)
    person.sees("Bước xác nhận thứ hai")
    faults += judge(person.page)
    # The code that was used once is not taken again; the next one already is.
    code_field.fill(code(secret, step + 1))
    person.presses("Đăng nhập")

    person.sees("Việc của tôi", head.name)
    assert faults + person.faults == []


def code(secret: str, step: int) -> str:
    """Return what the app shows in this half minute."""
    return str(totp.format_hotp_value(totp.hotp_value(secret, step)))
