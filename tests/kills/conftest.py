"""Kill tests: real processes, killed in the middle. ROUNDS says how often (2, or 100 by hand).

One more kind of act is one more file: `@victims("web", "worker", "database")`, take `house`,
`victim` and `round_number`, let people do something through `house.visitor()` or a worker, call
`house.kill(victim)` after `moment(round_number, …)`, start it again, and assert that what was
answered with success is there whole, and the rest whole or not at all.
"""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from scripts.postgres import find_programs
from tests import kept
from tests.kills.house import BACKENDS, House, house

ROUNDS = int(os.environ.get("ROUNDS") or 2)
HERE = Path(__file__).parent
NUMBERS = itertools.count(10_000, 10_000)  # names of one test are not those of another


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all of this folder, so that the quick suites leave it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.kills)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for a `round_number` as often as ROUNDS says."""
    if "round_number" in metafunc.fixturenames:
        metafunc.parametrize("round_number", range(1, ROUNDS + 1))


@pytest.fixture(scope="session", params=BACKENDS)
def house_of(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[House]:
    """Build one installation for all tests of a database.

    Accounts are made with the passwords of real work, which the web server understands.
    """
    if request.param == "postgresql" and not find_programs():
        pytest.skip("no PostgreSQL is installed")
    folder = tmp_path_factory.mktemp("house")
    hashers = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    with (
        django_db_blocker.unblock(),
        override_settings(PASSWORD_HASHERS=hashers),
        house(request.param, folder) as built,
    ):
        yield built


@pytest.fixture(name="house")
def _house(house_of: House) -> Iterator[House]:
    """Return the installation; after the test its workers are ended, and it must be sound."""
    kept.begin(is_known=False, after=next(NUMBERS))
    yield house_of
    house_of.kill("worker")
    house_of.must_be_sound()
