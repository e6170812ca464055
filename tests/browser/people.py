"""A person at a browser: presses what they see written, and says what they read.

Everything is found by its words, as a reader finds it. Playwright waits by itself.
"""

import re
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from tests import factories as make
from thidua.accounts.acting import Acting


class Person:
    """Somebody before one browser of their own."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("console", lambda told: self._note(told.type, told.text))
        page.on("pageerror", lambda error: self._note("error", str(error)))

    def _note(self, kind: str, text: str) -> None:
        # Chromium tells a refused form (422) as an error of loading: that is how it should be.
        if kind == "error" and "status of 4" not in text:
            self.faults.append(f"{self.page.url}: {text}")

    def goes(self, address: str) -> None:
        """Type an address."""
        self.page.goto(address)

    def signs_in(self, username: str, password: str) -> None:
        """Sign in from the home page."""
        self.goes("/")
        self.chooses("Đăng nhập")
        self.fills("Tên đăng nhập hoặc thư điện tử", username)
        self.fills("Mật khẩu", password)
        self.presses("Đăng nhập")

    def sits_down(self, acting: Acting) -> None:
        """Be signed in already, without the sign-in page."""
        client = Client()
        client.force_login(make.user_of(acting))
        name = settings.SESSION_COOKIE_NAME
        cookie: Any = {"name": name, "value": client.cookies[name].value, "path": "/"}
        self.page.goto("/")
        host = re.match(r"https?://([^:/]+)", self.page.url)
        assert host is not None
        self.page.context.add_cookies([{**cookie, "domain": host.group(1)}])

    def follows(self, words: str) -> None:
        """Follow the first link that says so, on the page proper."""
        self._press(self._on_the_page("link", words))

    def presses(self, words: str) -> None:
        """Press the first button that says so, on the page proper."""
        self._press(self._on_the_page("button", words))

    def chooses(self, words: str) -> None:
        """Follow a link of the menu, which a phone has to open first."""
        menu = self.page.locator("summary.menu__button")
        if menu.is_visible():
            menu.click()
        masthead = self.page.locator(".masthead")
        self._press(masthead.get_by_role("link", name=words).filter(visible=True).first)

    def _press(self, what: Locator) -> None:
        # Waiting for the next page, not only asking again and again for its words, is quicker.
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            what.click()

    def _on_the_page(self, role: Any, words: str) -> Locator:
        found = self.page.locator(".page, .footer").get_by_role(role, name=words)
        return found.filter(visible=True).first

    def _field(self, label: str) -> Locator:
        optional = r"\s*(\((không bắt buộc|cần có khi ban hành)\))?\s*"
        found = self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}{optional}$"))
        return found.filter(visible=True).first

    def fills(self, label: str, text: str) -> None:
        """Write into the field with this label; a choice is made by its words."""
        field = self._field(label)
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)

    def ticks(self, label: str) -> None:
        """Tick a box or choose one of a few."""
        self._field(label).check()

    def brings(self, label: str, name: str, content: bytes) -> None:
        """Choose a file of this name in the field with this label."""
        file: Any = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self._field(label).set_input_files(file)

    def sees(self, *sentences: str) -> None:
        """Read each sentence on the page."""
        for sentence in sentences:
            expect(self.page.get_by_text(sentence).filter(visible=True).first).to_be_visible()

    def does_not_see(self, sentence: str) -> None:
        """Find no such words on the page."""
        expect(self.page.get_by_text(sentence)).to_have_count(0)

    def reads(self, term: str) -> str:
        """Return what stands beside ``term`` in a list of facts."""
        row = self.page.locator("dl.facts > div", has_text=term).first
        return (row.locator("dd").text_content() or "").strip()
