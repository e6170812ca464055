"""Two languages: the switch works on the main pages, and stays from page to page."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests import factories as make
from tests.browser.people import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module", autouse=True)
def _catalogue() -> None:
    """Compile the English catalogue: it is not among the files of the program."""
    call_command("compile_messages", verbosity=0)


def test_english_is_chosen_once_and_stays_until_vietnamese_is_chosen(open_page):
    world = make.a_bloc(3)
    make.a_frozen_covenant(world)
    person = Person(open_page())
    person.sits_down(world.heads[2])
    page = person.page
    pages = {
        "/": "My work",
        "/viec/": "My work",
        "/khoi-cum/": "Blocs",
        f"/nam/{world.cycle.pk}/": "Overview",
        f"/nam/{world.cycle.pk}/bang/": "Overview",
    }

    person.goes("/viec/")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.get_by_role("button", name="English").filter(visible=True).click()
    expect(page).to_have_url("/viec/")
    for address, words in pages.items():
        person.goes(address)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        person.sees(words)
        person.does_not_see("Việc của tôi")
    page.get_by_role("button", name="Tiếng Việt").filter(visible=True).click()

    expect(page.locator("html")).to_have_attribute("lang", "vi")
    person.sees("Tổng quan")


def test_a_visitor_reads_a_covenant_in_english_with_its_text_left_as_it_was_signed(open_page):
    world = make.a_bloc(2)
    covenant = make.in_force(world)
    person = Person(open_page())

    person.goes(f"/giao-uoc/{covenant.pk}/")
    person.page.get_by_role("button", name="English").filter(visible=True).click()

    person.sees("in force", "BẢN GIAO ƯỚC THI ĐUA")
    expect(person.page.locator(".paper")).to_have_attribute("lang", "vi")
