"""axe finds nothing on any page, at 390 and 1280 px, light and dark; nothing is too wide.

The addresses come from the resolver, so a new page is looked at without being named here.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from tests import factories as make
from tests.browser import second_half, worlds
from tests.browser.people import Person
from tests.browser.walking import addresses, judge, pages_of, shows_its_errors
from tests.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
# What looks different once the covenant is frozen, and in force.
OF_THE_ROUND = ("covenants", "cycles:show", "cycles:board", "home")


EVERYONE = {"visitor": 18, "member": 40, "leader": 15, "board": 15}  # the least number of pages


@pytest.mark.parametrize(("who", "least"), EVERYONE.items(), ids=list(EVERYONE))
def test_every_page_is_accessible_to_everyone(open_page, who: str, least: int):
    viewers = dict(zip(EVERYONE, worlds.negotiating(), strict=True))
    seen: dict[str, set[str]] = {}
    for other, viewer in viewers.items():
        found = pages_of(viewer, seen)
        if other == who:
            break

    faults, looked_at = look_at(open_page, viewers[who], found)

    assert faults == []
    assert looked_at >= least


@pytest.mark.parametrize("scene_of", [worlds.signing, worlds.in_force], ids=["signing", "in force"])
def test_every_page_is_accessible_during_the_round_and_after_it(
    open_page, scene_of: Callable[[], worlds.Scene]
):
    seen: dict[str, set[str]] = {}

    for viewer in scene_of():
        faults, _looked_at = look_at(open_page, viewer, pages_of(viewer, seen, OF_THE_ROUND))
        assert faults == []

    assert len(seen) >= 6


SECOND_HALF = ("reporting", "tables", "marking", "results", "cycles:show", "cycles:board")


@pytest.mark.parametrize(
    ("scene_of", "least"),
    [(second_half.marking, 30), (second_half.laid_out, 12), (second_half.published, 12)],
    ids=["marking", "laid out", "published"],
)
def test_every_page_of_the_second_half_is_accessible(
    open_page, scene_of: Callable[[], worlds.Scene], least: int
):
    seen: dict[str, set[str]] = {}
    count = 0

    for viewer in scene_of():
        faults, looked_at = look_at(open_page, viewer, pages_of(viewer, seen, SECOND_HALF))
        assert faults == []
        count += looked_at

    assert count >= least


def look_at(open_page: OpenPage, viewer: worlds.Viewer, found: list[str]) -> tuple[list[str], int]:
    """Return what is wrong with the pages as ``viewer`` sees them, and how many were seen.

    A page with a form is seen twice: as it is, and with the sentences of an empty form.
    """
    person = Person(open_page())
    if viewer.acting.user:
        person.sits_down(viewer.acting)
    faults, looked_at = [], 0
    for address in found:
        person.goes(address)
        faults += judge(person.page)
        looked_at += 1
        if shows_its_errors(person.page):
            faults += judge(person.page)
            looked_at += 1
    return faults + person.faults, looked_at


@pytest.mark.browser  # opens none, and yet takes as long as what does
@pytest.mark.django_db
def test_every_answer_of_a_walk_has_a_policy_without_unsafe(client: Client):
    """Each answer to any test is looked at (`conftest.Visitor`); here none is left out."""
    opened: set[str] = set()
    for viewer in worlds.signing():
        client.logout()
        if viewer.acting.user:
            client.force_login(make.user_of(viewer.acting))
        others = ["/khong-co/", "/healthz", "/static/khong-co.css"]
        for address in [*addresses(viewer.things), *others]:
            if address in opened:
                continue  # the same view has answered somebody with its whole page
            answer = client.get(address)
            if answer.streaming:
                b"".join(answer)  # only then is its file closed
            policy = answer.headers.get("Content-Security-Policy", "")
            assert "default-src 'none'" in policy, address
            assert "unsafe" not in policy, address
            if answer.status_code == 200:
                opened.add(address)
    assert len(opened) > 100
