"""No view forgets to ask: every route is posted to as a visitor, a stranger and the wrong role.

The routes are found in the resolver, so a new one is walked without being named here.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from config import urls
from tests import factories as make
from tests.commendations.factories import a_ranking, an_award
from tests.documents.factories import a_number
from tests.imports.sheets import an_import
from tests.jobs.factories import a_failed_job
from tests.keeping.factories import an_erasure
from tests.paperwork.brought import a_regulation
from tests.reporting import factories as some
from tests.web.behind import a_ceremony, a_discard, a_handover, a_paper, a_round, a_year
from thidua.accounts.models import Appointment
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.documents.actions import open_book
from thidua.notifications.actions.telling import write_mail
from thidua.notifications.models import Notice
from thidua.organizations.actions import Decision, dissolve_organization
from thidua.organizations.models import Reorganization

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


def _routes(patterns=None, namespace: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, pattern.namespace or namespace)
        elif isinstance(pattern, URLPattern) and pattern.name and _is_ours(pattern):
            name = f"{namespace}:{pattern.name}" if namespace else pattern.name
            yield name, tuple(pattern.pattern.converters)


def _is_ours(pattern: URLPattern) -> bool:
    return str(pattern.callback.__module__).startswith("thidua.")


ROUTES = sorted(set(_routes()))


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
    world, movement, adoption, talks, proof, table, report, objection = a_year()
    target_set, registration, covenant, comment = talks
    evidence = some.evidence_of_kind(world, "file")
    head = Appointment.objects.get(user=world.heads[2].user)
    member = world.members[2]
    world.things = {
        "organizations": member.pk,
        "blocs": world.bloc.pk,
        "cycles": world.cycle.pk,
        "movements": movement.pk,
        "targets": target_set.pk,
        "covenants": covenant.pk,
        "covenant_pk": covenant.pk,
        "ceremonies": (ceremony := a_ceremony(covenant)).pk,
        "address": ceremony.address,
        "reporting": report.pk,
        "handovers": a_handover(world).pk,
        "papers": a_paper(world).pk,
        "form": "pdf",
        "asking_pk": 1,  # none yet: the way is off
        "number": 1,
        "discards": a_discard(world).pk,
        "awards": an_award(member, world.board, honour_name="LĐTT", person_name="Lê Ví Dụ").pk,
        "ranking_pk": a_ranking(world, 2).pk,
        "change_pk": _a_change(world).pk,
        "period_pk": report.period_id,
        "sending_pk": report.last_sending().pk,
        "evidence_pk": evidence.pk,
        "card_pk": proof.card_id,
        "root_pk": 1,  # none is believed, registered or held
        "certificate_pk": 1,
        "key_pk": 1,
        "paper_pk": 1,  # none yet: this covenant is still a draft
        "sheet_pk": proof.card.sheets.get().pk,
        "leaf_pk": proof.criterion_id,
        "proof_pk": proof.pk,
        "tables": table.pk,
        "results": objection.result_id,
        "objection_pk": objection.pk,
        "jobs": a_failed_job().pk,
        "number_pk": a_number(member, world.heads[2]).pk,
        "book_pk": open_book(member, kind="KH", year=2026, by=world.heads[2]).pk,
        "text_key": "TX08",
        "standing_pk": objection.result.standings.get(enrolment=world.enrolments[2]).pk,
        "rank": 1,
        "criterion_pk": table.criteria.first().pk,
        "org_pk": member.pk,
        "imports": an_import(world.board).pk,
        "slug": "don-vi",
        "user_pk": head.user_id,
        "appointment_pk": head.pk,
        "act": "tam-dung",
        "username": head.user.username,
        "bloc_pk": world.bloc.pk,
        "person_pk": head.user.person_id,
        "erasure_pk": an_erasure(head.user.person).pk,
        "cycle_pk": world.cycle.pk,
        "enrolment_pk": world.enrolments[2].pk,
        "phase_pk": world.cycle.phases.get().pk,
        "adoption_pk": adoption.pk,
        "registration_pk": registration.pk,
        "target_pk": target_set.targets.get().pk,
        "clause_pk": covenant.clauses.first().pk,
        "comment_pk": comment.pk,
        "notice_pk": Notice.objects.filter(user=world.heads[0].user).latest("pk").pk,
        "mail_pk": write_mail(key="k", address="a@b.example", subject="Mời", text="…").pk,
        "brought_pk": a_regulation(world).pk,
        "name": "khong-co",
        "code": "khong-co",
        "digest": "khong-co",
        **a_round(world),
        "guide": "khong-co",
    }
    return world


def _a_change(world) -> Reorganization:
    """Dissolve a unit that has no part in anything."""
    gone = make.an_organization("Hội đã giải thể", parent=world.body)
    return dissolve_organization(gone, Decision(clock.today(), "QĐ 1"), by=world.board)


def _address(world, name: str, converters: tuple[str, ...]) -> str:
    namespace = name.partition(":")[0]
    pks = {c: world.things[namespace if c == "pk" else c] for c in converters}
    return reverse(name, kwargs=pks)


def _walk(client, world, allowed: set[str], *, refused: set[int]) -> dict[str, int]:
    """Post nothing to every route that is not allowed; return those not refused."""
    let_in = {}
    for name, converters in ROUTES:
        if name in allowed:
            continue
        try:
            address = _address(world, name, converters)
        except NoReverseMatch:
            continue
        status = client.post(address).status_code
        if status not in refused:
            let_in[address] = status
    return let_in


def test_the_resolver_gives_the_routes_of_every_area():
    areas = {name.partition(":")[0] for name, _converters in ROUTES}

    assert {"organizations", "blocs", "cycles", "movements", "targets", "covenants"} <= areas
    assert len(ROUTES) > 70


def test_a_visitor_is_asked_who_they_are_or_refused_everywhere(client, world):
    before = Entry.objects.count()

    let_in = _walk(client, world, OPEN, refused={302, *REFUSED})

    assert let_in == {}
    assert Entry.objects.count() == before


def test_a_visitor_who_posts_is_sent_to_sign_in_and_not_onwards(client, world):
    response = client.post(reverse("covenants:sign", args=[world.things["covenants"]]))

    assert response.url.startswith(reverse("account_login"))


def test_a_stranger_with_an_account_is_refused_everywhere(client, world):
    """Somebody who acts for an organisation that has nothing to do with the year."""
    client.force_login(make.user_of(make.a_visitor_with_account()))
    before = Entry.objects.count()

    let_in = _walk(client, world, OPEN | ONES_OWN | FOR_ANY_UNIT | FOR_ANY_HEAD, refused=REFUSED)

    assert let_in == {}
    assert Entry.objects.count() == before


def test_another_member_is_refused_what_is_not_theirs(client, world):
    client.force_login(make.user_of(world.heads[3]))
    before = Entry.objects.count()

    allowed = OPEN | ONES_OWN | FOR_ANY_UNIT | FOR_ANY_MEMBER | FOR_ANY_MEMBERS_HEAD
    allowed |= FOR_ANY_HEAD
    let_in = _walk(client, world, allowed, refused=REFUSED)

    assert let_in == {}
    assert Entry.objects.count() == before


def test_an_officer_of_the_member_is_refused_what_its_head_does(client, world):
    client.force_login(make.user_of(make.officer(world.members[2])))
    before = Entry.objects.count()
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
    let_in = _walk(client, world, allowed, refused=REFUSED)

    assert let_in == {}
    assert Entry.objects.count() == before


def test_an_ended_appointment_opens_nothing(client, world):
    acting = make.head(world.members[0], until=date(2001, 1, 1))
    client.force_login(make.user_of(acting))
    before = Entry.objects.count()

    let_in = _walk(client, world, OPEN | ONES_OWN, refused=REFUSED)

    assert let_in == {}
    assert Entry.objects.count() == before


def test_pages_of_a_year_in_preparation_are_not_there_for_a_stranger(client):
    world = make.a_bloc(2, is_open=False)
    client.force_login(make.user_of(make.a_visitor_with_account()))

    statuses = {
        name: client.get(reverse(f"cycles:{name}", args=[world.cycle.pk])).status_code
        for name in ("show", "board", "members", "phases")
    }

    assert statuses == dict.fromkeys(statuses, 404)
