"""The day on which these tests play, and the bloc that they play in."""

from collections.abc import Iterator
from datetime import date

import pytest

from tests import factories as make
from thidua.core import clock


@pytest.fixture
def today() -> Iterator[date]:
    """Let the clock stand at 20 June 2026."""
    with clock.at(date(2026, 6, 20)):
        yield date(2026, 6, 20)


@pytest.fixture
def world(db: None, today: date) -> make.World:
    """Make a bloc of a leader, a deputy and a member in 2026."""
    return make.a_bloc(3, year=today.year)
