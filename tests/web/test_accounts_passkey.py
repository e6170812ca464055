"""A device's own key, in a real browser: added, and then enough to sign in with."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.conftest import PHONE, OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


def give_it_a_device(page: Page) -> None:
    """Let the browser have a device that holds keys and says that its owner is there."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def test_a_key_is_added_and_lets_one_in_without_a_password(open_page: OpenPage) -> None:
    user = make.user_of(make.head(make.an_organization()))
    page = open_page(size=PHONE)
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Content Security" in m.text else None)
    give_it_a_device(page)

    page.goto("/tai-khoan/login/?next=/tai-khoan/2fa/webauthn/add/")
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", make.PASSWORD)
    page.locator("main form.form button").click()
    page.fill("[name=password]", make.PASSWORD)
    page.locator("main form.form button").click()
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    expect(page.locator("h1")).to_have_text("Mã dự phòng")

    page.goto("/tai-khoan/logout/")
    page.locator("main form button").click()
    page.goto("/tai-khoan/login/?next=/tai-khoan/")
    page.click("#passkey_login")

    expect(page).to_have_url(re.compile("/tai-khoan/$"))
    expect(page.locator("main")).to_contain_text("1 khóa đăng nhập")
    assert refused == []


def test_a_device_without_a_key_says_so_in_a_sentence(open_page: OpenPage) -> None:
    page = open_page()
    give_it_a_device(page)
    page.goto("/tai-khoan/login/")
    page.click("#passkey_login")

    expect(page.locator("[data-passkey-trouble]")).to_contain_text("chưa dùng được khóa")
