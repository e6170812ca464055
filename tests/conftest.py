"""What tests stand on: databases that can be emptied, and a real browser. No domain here."""

import gc
import os
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.http import SimpleCookie
from django.test import Client, TransactionTestCase
from django.utils import translation
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker

from scripts.browser import ARGUMENTS, PROGRAMS, find_browser
from tests import hands, kept, repeats
from thidua.core import append_only
from thidua.house.queries import remember_blank
from thidua.keeping.state import known

# What pytest-django sets up around each test for the few that carry a mark, and for unittest's own.
ONLY_FOR = {
    "_django_set_urlconf": "urls",
    "_django_isolate_apps": "django_isolate_apps",
    "_django_setup_unittest": "unittest",
}
PHONE, DESKTOP = (390, 844), (1280, 900)
OpenPage = Callable[..., Page]
Scheme = Literal["light", "dark"]


pytest_addoption = hands.pytest_addoption


def pytest_configure(config: pytest.Config) -> None:
    """Make known what tells the two runs apart."""
    config.addinivalue_line("markers", "once: asks no database, so one of the two runs is enough")
    config.addinivalue_line(
        "markers", "twice: a test that both databases must pass, whatever it sends"
    )
    # What a test writes is thrown away: nothing needs to survive a power cut.
    os.fsync, os.sync = lambda fd: None, lambda: None
    TransactionTestCase._fixture_teardown = _empty  # type: ignore[attr-defined]
    hands.lead(config)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what opens a page as `browser`, and what asks no database as `once`.

    So no journey slips into the quick suites, and nothing runs twice for nothing. And take away the
    fixtures that would be set up some thousand times for nobody.
    """
    for item in items:
        names = getattr(item, "fixturenames", [])
        names[:] = [n for n in names if n not in ONLY_FOR or item.get_closest_marker(ONLY_FOR[n])]
        fixtures = set(names)
        if "open_page" in fixtures:
            item.add_marker(pytest.mark.browser)
        elif not fixtures & {"db", "transactional_db", "live_server"} and not (
            item.get_closest_marker("django_db")
        ):
            item.add_marker(pytest.mark.once)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Collect once and put the rest aside: pytest's own five rounds at the end then cost nothing.

    What cannot be raised where it goes wrong is still told by this one.
    """
    gc.collect()
    gc.freeze()


def pytest_collection_finish() -> None:
    """Let the collector pass over what lives as long as the run: a twentieth of its time."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Let SQLite be a file, as it is at work: threads then have connections of their own."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["NAME"] = f"test_thidua_{os.environ.get(hands.NAME, '')}"
    else:
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(path)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let the tables, made as the models tell them, be what the migrations make of them."""
    with django_db_blocker.unblock():
        complete_tables()


def complete_tables() -> None:
    """Add what no model tells: the triggers, and that every migration has been gone through."""
    tables = set(connection.introspection.table_names())
    for table in tables & set(append_only.TABLES):
        append_only.install(connection, table)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    recorder.migration_qs.bulk_create(
        recorder.Migration(app=app, name=name) for app, names in known().items() for name in names
    )


@pytest.fixture(autouse=True)
def _begins_afresh(request: pytest.FixtureRequest) -> None:
    """Let nothing of the test before be known: one fixture, since each one costs every test."""
    translation.activate("vi")  # a page read in English leaves its thread so
    # Counts of wrong passwords: accounts of other tests had the same numbers.
    cache.clear()
    remember_blank()
    is_emptied = repeats.commits(request.node)
    if is_emptied:
        request.getfixturevalue("transactional_db")
    # Kept factories put back what they made, save where the server's threads may write.
    kept.begin(is_known="live_server" not in request.fixturenames, commits=is_emptied)


def _empty(_case: TransactionTestCase) -> None:
    """Delete what a test committed, from the dozen tables that hold rows then.

    Django would empty all of them, on PostgreSQL with files made anew for each; and records may
    not be deleted, so their triggers are away meanwhile.
    """
    names = connection.introspection.django_table_names()
    looks = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in names)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(looks))
        filled = [name for (name,) in cursor.fetchall()]
        records = [name for name in filled if name in append_only.TABLES]
        for name in records:
            append_only.remove(connection, name)
        for name in filled:
            cursor.execute(f'DELETE FROM "{name}"')
        for name in records:
            append_only.install(connection, name)


class Visitor(Client):
    """A browser of the tests: whoever signs in first is put back, and each answer is looked at.

    It sits at the machine itself; from another one each request asks one thing more, whether the
    database is a demonstration (tests/demo).
    """

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"SERVER_NAME": "localhost", **more})

    def request(self, **request: Any) -> Any:
        answer = super().request(**request)
        policy = answer.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy, request["PATH_INFO"]
        assert "unsafe" not in policy, request["PATH_INFO"]
        return answer

    def force_login(self, user: Any, backend: str | None = None) -> None:
        if self.cookies or backend:
            super().force_login(user, backend)
        else:
            self.cookies = _cookies_of(user)


@kept.kept
def _cookies_of(user: Any) -> SimpleCookie:
    visitor = Client()
    visitor.force_login(user)
    return visitor.cookies


@pytest.fixture
def client() -> Visitor:
    """Return a browser in which nobody is signed in."""
    return Visitor()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Debian's Chromium; skip the test where there is none."""
    path = find_browser()
    if path is None:
        pytest.skip(f"no browser: none of {', '.join(PROGRAMS)} is installed")
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser: Browser, live_server: object) -> Iterator[OpenPage]:
    """Return a function that opens an empty page of a new visitor, on the live server.

    Each call is another person: own cookies, own ``size`` (width, height), own ``scheme`` ("light"
    or "dark"). Addresses may be given as paths: ``page.goto("/")``.
    """
    contexts = []

    def open_page(
        *, size: tuple[int, int] = DESKTOP, scheme: Scheme = "light", javascript: bool = True
    ) -> Page:
        context = browser.new_context(
            base_url=str(live_server),
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
