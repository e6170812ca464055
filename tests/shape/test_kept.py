"""A kept factory puts back exactly what its deeds leave, and only where nobody else has written."""

import dataclasses
import pickle
from collections.abc import Callable
from datetime import date
from threading import Thread
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests import kept
from tests.conftest import Visitor
from thidua.audit.verification import verify
from thidua.core import clock
from thidua.organizations.models import Organization

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_kept_yet(monkeypatch):
    monkeypatch.setattr(kept, "_steps", {})
    monkeypatch.setattr(kept, "_shelf", lambda: None)


def a_signed_year() -> Any:
    """Go through most factories, each upon what the one before left."""
    world = make.a_bloc(2, kind="cum")
    stranger = make.a_visitor_with_account()
    officer = make.officer(world.members[0])
    movement = make.a_movement(world)
    agreed = make.a_locked_set(world, 0)
    covenant = make.in_force(world)
    return world, stranger, officer, movement, agreed, covenant


def a_round() -> Any:
    """Stop in the middle of the signing round."""
    world = make.a_bloc()
    target_set = make.a_target_set(world)
    covenant = make.a_frozen_covenant(world)
    return world, target_set, make.sign(covenant, world.heads[1])


def somebody_signed_in() -> Any:
    """Let the head of a unit sign in."""
    head = make.head(make.an_organization("Hội Nghề đan"))
    visitor = Visitor()
    visitor.force_login(make.user_of(head))
    return head, visitor.cookies


def all_rows() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    found = {}
    for table in sorted(tables):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            found[table] = cursor.fetchall()
    return found


def told(result: Any) -> Any:
    """Return what a factory returned in a form that compares every attribute."""
    return pickle.dumps(pickle.loads(pickle.dumps(result)))


def both_ways(scene: Callable[[], Any]) -> tuple[Any, Any, int]:
    """Return what stands there and was returned, first by deeds, then put back.

    The number is that of the statements of the second time.
    """
    kept.begin()
    before = transaction.savepoint()
    by_deeds = (told(scene()), all_rows(), kept.number())
    transaction.savepoint_rollback(before)
    kept.begin()
    with CaptureQueriesContext(connection) as captured:
        result = told(scene())
    return by_deeds, (result, all_rows(), kept.number()), len(captured)


@pytest.mark.parametrize("scene", [a_signed_year, a_round, somebody_signed_in])
def test_what_is_put_back_is_row_by_row_what_the_deeds_left(scene):
    by_deeds, put_back, cost = both_ways(scene)

    assert put_back == by_deeds
    assert sum(len(rows) for rows in put_back[1].values()) > 5
    assert cost < 60
    assert verify()[1] == []


def test_deeds_go_on_from_what_was_put_back():
    both_ways(make.a_bloc)
    Organization.objects.update(place="Huế")

    world = make.a_bloc()

    assert Organization.objects.count() == 8
    assert len({organization.name for organization in Organization.objects.all()}) == 8
    assert world.cycle.bloc.cycles.get() == world.cycle
    assert verify()[1] == []


def is_put_back(factory: Callable[[], Any]) -> bool:
    """Say whether the factory does no deeds: each deed has a savepoint."""
    with CaptureQueriesContext(connection) as captured:
        factory()
    return not any(query["sql"].startswith("SAVEPOINT") for query in captured.captured_queries)


def test_whatever_else_writes_or_is_rolled_back_ends_it():
    make.an_organization("Một")
    kept.begin()
    with pytest.raises(RuntimeError), transaction.atomic():
        raise RuntimeError

    assert not is_put_back(lambda: make.an_organization("Hai"))
    assert not is_put_back(lambda: make.an_organization("Ba"))


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_is_served_until_another_connection_is_opened(django_db_blocker):
    with transaction.atomic():
        kept.begin()
        make.an_organization("Một")
        transaction.set_rollback(True)

    def look() -> None:
        with django_db_blocker.unblock():
            assert Organization.objects.count() == 1
            connection.close()

    kept.begin(commits=True)
    assert is_put_back(lambda: make.an_organization("Một"))
    assert kept._now.after is not None
    thread = Thread(target=look)
    thread.start()
    thread.join()
    assert kept._now.after is None


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_keeps_nothing_of_what_it_does():
    kept.begin(commits=True)
    assert make.an_organization("Một") == Organization.objects.get()
    assert kept._steps == {}
    assert kept._now.after is None


def test_a_test_that_may_not_be_alone_is_never_served(client: Client):
    kept.begin(is_known=False)

    assert not is_put_back(lambda: make.an_organization("Một"))
    assert not is_put_back(lambda: make.an_organization("Hai"))


def twice(first: Callable[[], Any], second: Callable[[], Any]) -> bool:
    """Say whether ``second``, asked in an empty database after ``first`` was, does no deeds."""
    kept._steps = {}
    for factory in (first, second):
        kept.begin()
        before = transaction.savepoint()
        served = is_put_back(factory)
        transaction.savepoint_rollback(before)
    return served


def test_the_same_is_served_and_what_differs_in_anything_is_not(settings):
    assert twice(make.an_organization, make.an_organization)
    assert not twice(make.an_organization, lambda: make.an_organization("Hội khác"))
    with clock.at(date(2026, 3, 2)):
        assert not twice(make.an_organization, lambda: _on(date(2026, 3, 3)))
        assert twice(make.an_organization, lambda: _on(date(2026, 3, 2)))
    settings.TIME_ZONE = "UTC"
    assert not twice(make.an_organization, make.an_organization)


def _on(day: date) -> Organization:
    with clock.at(day):
        return make.an_organization()


def test_what_one_worker_has_done_is_put_back_by_the_other(monkeypatch, tmp_path):
    def by_the_other() -> None:
        kept._steps = {}
        make.a_bloc()

    assert not twice(make.a_bloc, by_the_other)
    monkeypatch.setattr(kept, "_shelf", lambda: tmp_path)
    assert twice(make.a_bloc, by_the_other)


def test_rows_of_one_worker_are_not_followed_by_those_of_the_other(monkeypatch, tmp_path):
    """What both did at the same instant differs in its moments, and so does what came after."""
    monkeypatch.setattr(kept, "_shelf", lambda: tmp_path)

    def one_after_another() -> None:
        make.an_organization("Một")
        make.an_organization("Hai")

    assert twice(one_after_another, one_after_another)
    for step in tmp_path.iterdir():
        found = pickle.loads(step.read_bytes())
        step.write_bytes(pickle.dumps(dataclasses.replace(found, digest="of another")))
    monkeypatch.setattr(kept, "_put_on_shelf", lambda _name, _step: None)
    kept._steps = {}
    kept.begin()
    assert is_put_back(lambda: make.an_organization("Một"))
    assert not is_put_back(lambda: make.an_organization("Hai"))


def test_what_was_changed_after_it_was_returned_is_seen():
    def a_target(name: str) -> None:
        world = make.a_bloc()
        world.enrolments[2].join_basis = name
        make.a_target_set(world)

    assert twice(lambda: a_target("A"), lambda: a_target("A"))
    assert not twice(lambda: a_target("A"), lambda: a_target("B"))


def test_a_factory_without_a_name_of_its_own_is_not_kept():
    with pytest.raises(TypeError, match="no name"):
        kept.kept(lambda: None)
