"""Signing by a passkey with Chromium's own authenticator, and on paper with a second person."""

import pytest
from playwright.sync_api import Page

from tests import factories as make
from tests.browser.people import Person
from tests.browser.test_second_step import give_a_passkey_device
from tests.browser.walking import judge
from thidua.documents.models import Signature
from thidua.documents.proving import proven_of

pytestmark = pytest.mark.django_db(transaction=True)


def with_a_key(person: Person, acting: make.Acting) -> None:
    """Sign in and register the key of this device, as its owner does on the account's pages."""
    person.signs_in(make.user_of(acting).username, make.PASSWORD)
    give_a_passkey_device(person.page)
    person.goes("/tai-khoan/2fa/webauthn/add/")
    person.fills("Mật khẩu", make.PASSWORD)
    person.presses("Xác nhận")
    person.presses("Thêm khóa")
    person.page.wait_for_url("**/recovery-codes/**")


def refusals_of(page: Page) -> list[str]:
    """Return the list into which the page's refusals by policy go."""
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Content Security" in m.text else None)
    return refused


def test_a_head_signs_with_the_key_of_the_device(open_page):
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    make.sign(covenant, world.heads[0])
    head = Person(open_page())
    refused = refusals_of(head.page)
    with_a_key(head, world.heads[1])

    head.goes(f"/giao-uoc/{covenant.pk}/chu-ky/")
    faults = judge(head.page)
    head.presses("Ký bằng khóa truy cập (passkey)")
    head.sees("Các đơn vị đã ký đủ: giao ước có hiệu lực.", "Ký bằng khóa truy cập (passkey)")
    faults += judge(head.page)

    signature = Signature.objects.get(method="passkey")
    proven = proven_of(signature)
    assert proven is not None
    assert proven.holds
    visitor = Person(open_page())
    visitor.goes(f"/kiem-tra/{covenant.version.shown_code}/")
    visitor.sees("Đã kiểm: khóa truy cập của người ký")
    faults += judge(visitor.page)
    assert faults + refused + head.faults + visitor.faults == []


def test_a_device_without_the_key_or_a_browser_without_passkeys_says_so(open_page):
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    head = Person(open_page())
    with_a_key(head, world.heads[1])
    elsewhere = Person(open_page())
    elsewhere.sits_down(world.heads[1])
    give_a_passkey_device(elsewhere.page)
    elsewhere.goes(f"/giao-uoc/{covenant.pk}/chu-ky/")
    elsewhere.page.locator("[data-passkey-ask]").click()
    elsewhere.sees("Chưa có gì được ký")

    elsewhere.page.add_init_script("delete window.PublicKeyCredential")
    elsewhere.goes(f"/giao-uoc/{covenant.pk}/chu-ky/")
    elsewhere.sees("chưa biết dùng khóa truy cập")
    button = elsewhere.page.locator("[data-passkey-ask]")
    assert not button.is_visible()
    assert not Signature.objects.exists()
