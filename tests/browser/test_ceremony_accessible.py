"""axe finds nothing on the pages of a ceremony: before, during, after, stopped, rehearsed."""

from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse

from tests import factories as make
from tests.browser.people import Person
from tests.browser.walking import JUDGED, judge
from tests.ceremonies.halls import Hall, a_hall
from thidua.ceremonies.actions.hosting import call_member, close_ceremony, light_called
from thidua.covenants.actions.freezing import unfreeze_covenant

pytestmark = pytest.mark.django_db(transaction=True)


def waiting() -> Hall:
    """Make a hall before the ceremony begins."""
    return a_hall(3, begun=False)


def signing() -> Hall:
    """Make a hall in the middle: one has signed, one is called, one waits."""
    hall = a_hall(3)
    make.sign(hall.covenant, hall.world.heads[1])
    call_member(hall.ceremony, by=hall.host)
    return hall


def in_force() -> Hall:
    """Make a hall at the end, and closed."""
    hall = a_hall(2)
    for head in hall.world.heads:
        make.sign(hall.covenant, head)
    close_ceremony(hall.ceremony, by=hall.host)
    return hall


def over() -> Hall:
    """Make a hall that was closed before all had signed."""
    hall = signing()
    close_ceremony(hall.ceremony, by=hall.host)
    return hall


def stopped() -> Hall:
    """Make a hall whose text was opened again."""
    hall = a_hall(2)
    unfreeze_covenant(hall.covenant, by=hall.host, reason="sửa lỗi")
    return hall


def rehearsed() -> Hall:
    """Make a rehearsal with one card lit."""
    hall = a_hall(2, is_rehearsal=True)
    call_member(hall.ceremony, by=hall.host)
    light_called(hall.ceremony, by=hall.host)
    return hall


@pytest.mark.parametrize("scene", [waiting, signing, in_force, over, stopped, rehearsed])
def test_the_screen_and_the_desk_are_accessible_at_every_step(open_page, scene: Callable[[], Hall]):
    hall = scene()
    host = Person(open_page())
    host.sits_down(hall.host)
    faults = []

    for address in (
        reverse("ceremonies:screen", args=[hall.ceremony.address]),
        reverse("ceremonies:desk", args=[hall.covenant.pk]),
    ):
        host.goes(address)
        faults += judge(host.page)

    assert faults + host.faults == []


def test_the_legend_of_keys_is_accessible(open_page):
    hall = signing()
    host = Person(open_page())
    host.sits_down(hall.host)
    host.goes(reverse("ceremonies:screen", args=[hall.ceremony.address]))

    host.page.keyboard.press("?")
    host.page.evaluate(AXE_SCRIPT)

    assert host.page.evaluate(JUDGED, []) == []


def test_the_pages_behind_the_code_and_the_list_on_paper_are_accessible(open_page):
    hall = signing()
    faults = []

    for acting, name in (
        (hall.world.heads[1], "signed"),
        (make.officer(hall.world.members[2]), "sign"),
        (make.a_visitor_with_account(), "sign"),
        (hall.host, "paper"),
    ):
        person = Person(open_page())
        person.sits_down(acting)
        person.goes(reverse(f"ceremonies:{name}", args=[hall.ceremony.address]))
        faults += judge(person.page) + person.faults

    assert faults == []
