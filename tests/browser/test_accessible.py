"""axe finds nothing on any page, at 390 and 1280 px, light and dark; nothing is too wide.

The addresses come from the resolver, so a new page is looked at without being named here.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from tests import factories as make
from tests.browser import worlds
from tests.browser.people import Person
from tests.browser.walking import addresses, judge, pages_of, shows_its_errors

pytestmark = pytest.mark.django_db(transaction=True)
SCENES = [worlds.negotiating, worlds.signing, worlds.in_force]


@pytest.mark.parametrize("scene_of", SCENES, ids=lambda scene_of: scene_of.__name__)
def test_every_page_is_accessible_to_everyone(open_page, scene_of: Callable[[], worlds.Scene]):
    scene = scene_of()
    seen: dict[str, set[str]] = {}
    faults, looked_at = [], 0

    for who in scene.people.values():
        person = Person(open_page())
        if who.user:
            person.sits_down(who)
        for address in pages_of(scene, who, seen):
            person.goes(address)
            faults += judge(person.page)
            looked_at += 1
            if shows_its_errors(person.page):
                faults += judge(person.page)
                looked_at += 1
        faults += person.faults
        person.page.context.close()

    assert faults == []
    assert looked_at > 20


def test_every_answer_of_a_walk_has_a_policy_without_unsafe(client: Client):
    scene = worlds.signing()

    for who in scene.people.values():
        client.logout()
        if who.user:
            client.force_login(make.user_of(who))
        for address in [*addresses(scene), "/khong-co/", "/healthz", "/static/khong-co.css"]:
            policy = client.get(address).headers.get("Content-Security-Policy", "")
            assert "default-src 'none'" in policy, address
            assert "unsafe" not in policy, address
