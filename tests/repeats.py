"""What the second of two databases repeats of the tests: see docs/decisions/0011.

While the first run lasts (SQLite), every statement is noted that the program sends in a test; at
its end it is known which tests may be left out, because those that remain send every statement of
theirs too. The second run (PostgreSQL, see `tests/hands.py`) leaves out these and no others; after
a first run that failed, none.
"""

import heapq
import sys
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.utils.connection import ConnectionProxy

from tests.noting import kinds, manner, sorts_text, without_counts

EACH = 0.01  # seconds that a test costs that does nothing


@dataclass
class Noted:
    """What one test sent: numbers of statements, CPU seconds, and whether it is repeated anyway."""

    statements: set[int] = field(default_factory=set)
    seconds: float = 0.0
    always: bool = False


def commits(item: pytest.Item) -> bool:
    """Say whether the test leaves rows behind, seen by other connections until it is over."""
    marker = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server", "django_db_reset_sequences"}
    return bool(
        asked & set(getattr(item, "fixturenames", ()))
        or (marker and marker.kwargs.get("transaction"))
    )


def leave_out(tests: dict[str, Noted]) -> tuple[list[str], int]:
    """Return the tests that need no second run, and how many things all tests send.

    ``tests`` are all that passed and would run on the second database. Those stay that must, and of
    the others so many that together they send what any of them sends, and none for nothing.
    """
    stay = {name for name, noted in tests.items() if noted.always or not noted.statements}
    sent = _sent(tests, tests)
    missing = sent - _sent(tests, stay)
    chosen = _needed(tests, _worthiest(tests, missing, tests.keys() - stay), missing)
    return sorted(tests.keys() - stay - chosen), len(sent)


def _sent(tests: dict[str, Noted], names: Iterable[str]) -> set[int]:
    return set[int]().union(*(tests[name].statements for name in names))


def _worthiest(tests: dict[str, Noted], missing: set[int], names: Iterable[str]) -> set[str]:
    """Return who of ``names`` sends all that is missing, the most new things per second first."""

    def worth(name: str) -> tuple[float, str]:
        noted = tests[name]
        return -len(noted.statements & missing) / (noted.seconds + EACH), name

    # What is missing only shrinks, and with it the worth of each: whoever is still the best after
    # being weighed again is the best of all.
    chosen, missing = set[str](), set(missing)
    waiting = [worth(name) for name in names]
    heapq.heapify(waiting)
    while missing:
        best = worth(waiting[0][1])
        if best > waiting[0]:
            heapq.heapreplace(waiting, best)
            continue
        heapq.heappop(waiting)
        chosen.add(best[1])
        missing -= tests[best[1]].statements
    return chosen


def _needed(tests: dict[str, Noted], chosen: set[str], missing: set[int]) -> set[str]:
    """Return ``chosen`` without those all of whose things others send, the slowest left out first.

    Whoever was chosen early for many things may have been overtaken by all that came later.
    """
    senders = Counter(thing for name in chosen for thing in tests[name].statements & missing)
    needed = set(chosen)
    for name in sorted(chosen, key=lambda name: (-tests[name].seconds, name)):
        things = tests[name].statements & missing
        if all(senders[thing] > 1 for thing in things):
            needed.remove(name)
            senders.subtract(things)
    return needed


class Writer:
    """Notes what the tests of the first database send, in the process that runs them."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.tests: dict[str, Noted] = {}
        self.running: Noted | None = None
        self.passed: set[str] = set()
        self.known: dict[tuple[str, tuple[str, ...]], list[int]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Note one test, with all that stands around it."""
        if self._note not in connection.execute_wrappers:
            connection.execute_wrappers.insert(0, self._note)
        always = bool(commits(item) or item.get_closest_marker("twice"))
        self.running = noted = Noted(always=always)
        started = time.process_time()
        try:
            return (yield)
        finally:
            self.running = None
            noted.seconds = time.process_time() - started
            if item.nodeid in self.passed and not item.get_closest_marker("once"):
                self.tests[item.nodeid] = noted

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember who passed: nothing is known of a test that was skipped."""
        if report.when == "call" and report.passed:
            self.passed.add(report.nodeid)

    def _note(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        noted = self.running
        if noted is None or (seen := manner(sys._getframe(1))) is None:
            return execute(sql, params, many, context)
        text = without_counts(str(sql))
        told, values = text + seen[0], () if many else kinds(params, text)
        cursor = context["cursor"]
        vars(cursor).pop("fetchmany", None)  # what it told before
        try:
            result = execute(sql, params, many, context)
        except DatabaseError as refusal:
            noted.statements.update(self._numbers(f"{told} REFUSED: {refusal}", values))
            raise
        if seen[1]:
            noted.statements.update(self._numbers(told, values))
            if sorts_text(told):
                cursor.fetchmany = partial(self._fetched, noted, told, cursor.fetchmany)
        return result

    def _fetched(self, noted: Noted, told: str, fetch: Callable[..., Any], *size: int) -> Any:
        """Note whether there was anything to sort."""
        rows = fetch(*size)
        if len(rows) > 1:
            noted.statements.add(self._number(f"{told} SEVERAL"))
        return rows

    def _numbers(self, told: str, values: tuple[str, ...]) -> list[int]:
        """Return the number of the statement, and of each kind of value at its place."""
        numbers = self.known.get((told, values))
        if numbers is None:
            things = [told, *(f"{told} {value}" for value in values)]
            numbers = self.known[told, values] = [self._number(thing) for thing in things]
        return numbers

    def _number(self, thing: str) -> int:
        return self.numbers.setdefault(thing, len(self.numbers))

    def ask(self, default: ConnectionProxy) -> str:
        """Tell the program which database it is, and note that it asked: it does otherwise then."""
        asks = sys._getframe(1).f_globals.get("__name__", "")
        if self.running is not None and asks.startswith("thidua."):
            self.running.always = True
        return str(default._connections[default._alias].vendor)

    def listen(self) -> None:
        """Hear the program ask which database it has; Django's own parts ask the connection."""
        ConnectionProxy.vendor = property(self.ask)  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """Return what was noted, in the plain types that cross from one process to another."""
        tests = {
            name: [sorted(noted.statements), noted.seconds, noted.always]
            for name, noted in self.tests.items()
        }
        return {"statements": list(self.numbers), "tests": tests}


class Notes:
    """What all processes have noted, put together by the one that leads them."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.tests: dict[str, Noted] = {}

    def add(self, told: dict[str, Any] | None) -> None:
        """Take in what one process noted; its numbers are its own."""
        if told is None:
            return
        numbers = [
            self.numbers.setdefault(thing, len(self.numbers)) for thing in told["statements"]
        ]
        for name, (statements, seconds, always) in told["tests"].items():
            self.tests[name] = Noted({numbers[n] for n in statements}, seconds, always)

    def seconds(self, name: str) -> float:
        """Return how long a test took on the first database; 0 where nothing was noted of it."""
        noted = self.tests.get(name)
        return noted.seconds if noted else 0.0

    def repeated(self, items: list[pytest.Item], *, failed: bool) -> tuple[list[int], str]:
        """Return which of ``items`` the second database repeats, by number, and a line about it.

        All that ask a database where the first run ``failed``, and whatever nothing was noted of.
        """
        left_out, sent = (set[str](), 0) if failed else _as_set(leave_out(self.tests))
        asking = [n for n, item in enumerate(items) if not item.get_closest_marker("once")]
        again = [number for number in asking if items[number].nodeid not in left_out]
        if failed:
            return again, "all repeated on PostgreSQL, since tests failed before"
        return again, (
            f"{len(again)} of {len(asking)} tests repeated on PostgreSQL: together they send all "
            f"that the program sends ({sent} statements and kinds of values)"
        )


def _as_set(found: tuple[list[str], int]) -> tuple[set[str], int]:
    return set(found[0]), found[1]
