"""No view forgets to ask: every route is posted to as a visitor, a stranger and the wrong role.

The routes are found in the resolver, so a new one is walked without being named here.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import groupby

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config import urls
from tests import factories as make
from tests.web.behind import WITH_A_FILE, a_year
from thidua.audit.models import Entry

pytestmark = pytest.mark.django_db

# What everyone with an account may post to: their own things, and what is open to whoever acts
# for some organisation (permissions.md says so).
ONES_OWN = {"accounts:sign_out_elsewhere", "accounts:show", "accounts:switch", "accounts:email"}
ONES_OWN |= {"work:index"}
ONES_OWN |= {"personal:own", "layout:index"}
ONES_OWN |= {"inbox:index", "inbox:mail_choice", "calendar:mine", "calendar:renew", "calendar:end"}
OPEN = {
    "accounts:enter",
    "accounts:choose_password",
    "home",
    "search",
    "help",
    "healthz",
    "verifying:index",
    "switch_language",
    "accounts:sign_in",
}
FOR_ANY_UNIT = {"movements:new", "numbers:take"}  # in their own book
FOR_ANY_HEAD = {
    "accounts:choose",
    "accounts:slips",
    "accounts:mails",
    "numbers:books",
}  # of their own people
FOR_ANY_MEMBER = {"covenants:comment", "movements:join", "marking:conflict", "brought:new"}
FOR_ANY_MEMBER |= {"covenants:on_paper"}
# once the round is open; while the result is preliminary
FOR_ANY_MEMBERS_HEAD = {f"covenants:{act}" for act in ("sign", "sign_by_passkey", "decline")}
FOR_ANY_MEMBERS_HEAD |= {"covenants:substitute", "covenants:drop_substitute", "results:object"}
FOR_ANY_MEMBERS_HEAD |= {"covenants:sign_by_upload", "covenants:sign_by_held_key"}
REFUSED = {403, 404, 405}
MANY = 35
Route = tuple[str, tuple[str, ...]]


def _routes(patterns=None, namespace: str = "", outer: tuple[str, ...] = ()) -> Iterator[Route]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        converters = (*outer, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, pattern.namespace or namespace, converters)
        elif isinstance(pattern, URLPattern) and pattern.name and _is_ours(pattern):
            yield f"{namespace}:{pattern.name}" if namespace else pattern.name, converters


def _is_ours(pattern: URLPattern) -> bool:
    return str(pattern.callback.__module__).startswith("thidua.")


ROUTES = sorted(set(_routes()))


def _parts() -> list[list[Route]]:
    """Put whole areas together until there are some forty routes.

    Who is signed in walks them part by part: then the second database repeats only those that
    ask it something which no other test asks.
    """
    parts: list[list[Route]] = [[]]
    for _area, routes in groupby(ROUTES, key=lambda route: route[0].partition(":")[0]):
        if len(parts[-1]) > MANY:
            parts.append([])
        parts[-1] += routes
    return parts


IN_PARTS = pytest.mark.parametrize("part", _parts(), ids=lambda part: f"{part[0][0]} and on")


@pytest.fixture(autouse=True)
def _refusals_without_pages(monkeypatch):
    """Answer a refusal with its number alone: its page is read elsewhere, and here are hundreds."""
    for status in (403, 404):
        monkeypatch.setattr(urls, f"handler{status}", partial(_number_alone, status))


def _number_alone(status: int, request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=status)


@pytest.fixture
def world():
    """A year with something behind every kind of address."""
    world, world.things = a_year()
    return world


def _address(world, name: str, converters: tuple[str, ...]) -> str:
    namespace = name.partition(":")[0]
    wanted = {c: namespace if c == "pk" else c for c in converters}
    for thing in set(wanted.values()) - world.things.keys():
        world.things[thing] = WITH_A_FILE[thing](world).pk
    return reverse(name, kwargs={c: world.things[thing] for c, thing in wanted.items()})


def _walk(client, world, routes: list[Route], allowed: set[str], *, refused: set[int]) -> None:
    """Post nothing to each of these routes that is not allowed: it refuses, and nothing is done."""
    addresses = [_address(world, *route) for route in routes if route[0] not in allowed]
    before = Entry.objects.count()

    answers = {address: client.post(address).status_code for address in addresses}

    assert {a: status for a, status in answers.items() if status not in refused} == {}
    assert Entry.objects.count() == before


def test_the_resolver_gives_the_routes_of_every_area():
    areas = {name.partition(":")[0] for name, _converters in ROUTES}

    assert {"organizations", "blocs", "cycles", "movements", "targets", "covenants"} <= areas
    assert len(ROUTES) > 70


def test_a_visitor_is_asked_who_they_are_or_refused_everywhere(client, world):
    _walk(client, world, ROUTES, OPEN, refused={302, *REFUSED})


def test_a_visitor_who_posts_is_sent_to_sign_in_and_not_onwards(client, world):
    response = client.post(reverse("covenants:sign", args=[world.things["covenants"]]))

    assert response.url.startswith(reverse("account_login"))


@IN_PARTS
def test_a_stranger_with_an_account_is_refused_everywhere(client, world, part):
    """Somebody who acts for an organisation that has nothing to do with the year."""
    client.force_login(make.user_of(make.a_visitor_with_account()))

    allowed = OPEN | ONES_OWN | FOR_ANY_UNIT | FOR_ANY_HEAD
    _walk(client, world, part, allowed, refused=REFUSED)


@IN_PARTS
def test_another_member_is_refused_what_is_not_theirs(client, world, part):
    client.force_login(make.user_of(world.heads[3]))

    allowed = OPEN | ONES_OWN | FOR_ANY_UNIT | FOR_ANY_MEMBER | FOR_ANY_MEMBERS_HEAD
    allowed |= FOR_ANY_HEAD
    _walk(client, world, part, allowed, refused=REFUSED)


@IN_PARTS
def test_an_officer_of_the_member_is_refused_what_its_head_does(client, world, part):
    client.force_login(make.user_of(make.officer(world.members[2])))
    theirs = {n for n, _c in ROUTES if n.startswith("targets:")} - {
        "targets:send",
        "targets:take_back",
        "targets:answer",
        "targets:finish",
        "targets:new_common",
    }
    theirs |= {n for n, _c in ROUTES if n.startswith("reporting:")} - {
        "reporting:set_usual",
        "reporting:new_period",
        "reporting:edit_period",
        "reporting:remove_period",
        "reporting:send",
        "reporting:take_back",
        "reporting:accept",
        "reporting:return",
    }

    theirs |= {"numbers:cancel", "organizations:letterhead", "covenants:link", "covenants:contacts"}
    theirs |= {"papers:show", "papers:discard", "papers:replace"}
    theirs |= {"brought:articles", "brought:remove"}
    theirs |= {f"marking:{act}" for act in ("mark", "whole", "prove", "unprove", "agree")}
    allowed = OPEN | ONES_OWN | FOR_ANY_UNIT | FOR_ANY_MEMBER | theirs
    _walk(client, world, part, allowed, refused=REFUSED)


@IN_PARTS
def test_an_ended_appointment_opens_nothing(client, world, part):
    acting = make.head(world.members[0], until=date(2001, 1, 1))
    client.force_login(make.user_of(acting))

    _walk(client, world, part, OPEN | ONES_OWN, refused=REFUSED)


def test_pages_of_a_year_in_preparation_are_not_there_for_a_stranger(client):
    world = make.a_bloc(2, is_open=False)
    client.force_login(make.user_of(make.a_visitor_with_account()))

    statuses = {
        name: client.get(reverse(f"cycles:{name}", args=[world.cycle.pk])).status_code
        for name in ("show", "board", "members", "phases")
    }

    assert statuses == dict.fromkeys(statuses, 404)
