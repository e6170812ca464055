"""The demonstration, built once for all tests of this folder and taken back after them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all of this folder: what is built for show is looked at with its papers."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.papers)


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Stand in the three stories. What a test changes is taken back by its own savepoint."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_demo", if_empty=True)
        yield
        transaction.set_rollback(True)
