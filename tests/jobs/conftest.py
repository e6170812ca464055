"""Faults are logged here on purpose, unseen, and each test begins with nothing done."""

import logging
from collections.abc import Iterator

import pytest

from tests.jobs import samples


@pytest.fixture(autouse=True)
def done() -> Iterator[list[int]]:
    """Return the list of what the sample work did."""
    samples.DONE.clear()
    logging.disable(logging.CRITICAL)
    yield samples.DONE
    logging.disable(logging.NOTSET)
