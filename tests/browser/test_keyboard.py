"""By keyboard alone: past the head of the page, through the menu, to a signature."""

import pytest
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.browser.people import Person
from tests.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 80  # presses of the key; whoever needs more gives up


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus says ``words`` or is labelled so."""
    for _press in range(MOST):
        page.keyboard.press("Tab")
        told = page.evaluate(
            "[document.activeElement, ...(document.activeElement.labels || [])]"
            ".map(element => element.textContent).join(' ')"
        )
        if words in told:
            return
    raise AssertionError(f"{words!r} is not reached with {MOST} presses of Tab")


def test_the_first_tab_offers_to_skip_to_the_content(open_page):
    page = open_page()
    page.goto("/")

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Bỏ qua phần đầu")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


def test_the_menu_of_a_phone_opens_closes_and_gives_the_focus_back(open_page):
    page = open_page(size=PHONE)
    page.goto("/")
    entry = page.locator(".menu__panel").get_by_role("link", name="Khối và cụm")

    tab_to(page, "Danh mục")
    page.keyboard.press("Enter")
    expect(entry).to_be_visible()
    tab_to(page, "Khối và cụm")
    page.keyboard.press("Escape")

    expect(entry).to_be_hidden()
    expect(page.locator("summary.menu__button")).to_be_focused()


def test_a_head_reads_and_signs_without_touching_a_mouse(open_page):
    world = make.a_bloc(3)
    make.a_frozen_covenant(world)
    person = Person(open_page())
    person.sits_down(world.heads[2])
    person.goes("/viec/")

    tab_to(person.page, "Đọc và ký")
    person.page.keyboard.press("Enter")
    person.sees(f"Ký cho {world.members[2].name}")
    tab_to(person.page, "Đã đọc, xuống chỗ ký")
    person.page.keyboard.press("Enter")
    tab_to(person.page, "Mật khẩu của bạn")
    person.page.keyboard.type(make.PASSWORD)
    person.page.keyboard.press("Enter")

    person.sees(f"Đã ký cho {world.members[2].name}")
