"""What the second of two databases repeats of the tests: see docs/decisions/0011.

While the first run lasts (SQLite), every statement is noted that the program sends in a test; at
its end the file named by REPEATS_FILE says which tests may be left out, because those that remain
send every statement of theirs too. The second run (PostgreSQL) leaves out these and no others.
Without such a file, or after a first run that failed, everything runs.
"""

import heapq
import json
import os
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.utils.connection import ConnectionProxy

from tests.noting import kinds, manner, sorts_text, without_counts

VARIABLE = "REPEATS_FILE"
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
    the others, the most new things per second first, as many as send what any of them sends.
    """
    stay = {name for name, noted in tests.items() if noted.always or not noted.statements}
    sent = set[int]().union(*(noted.statements for noted in tests.values()))
    missing = sent.difference(*(tests[name].statements for name in stay))

    def worth(name: str) -> tuple[float, str]:
        noted = tests[name]
        return -len(noted.statements & missing) / (noted.seconds + EACH), name

    # What is missing only shrinks, and with it the worth of each: whoever is still the best after
    # being weighed again is the best of all.
    waiting = [worth(name) for name in tests if name not in stay]
    heapq.heapify(waiting)
    while missing:
        best = worth(waiting[0][1])
        if best > waiting[0]:
            heapq.heapreplace(waiting, best)
            continue
        heapq.heappop(waiting)
        missing -= tests[best[1]].statements
    return sorted(name for _worth, name in waiting), len(sent)


class Writer:
    """Notes what the tests of the first database send, and writes down what the second leaves out.

    With xdist each worker notes its own, and the one that leads them puts it together.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
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

    def told(self) -> dict[str, Any]:
        """Return what was noted, in the plain types that cross from one process to another."""
        tests = {
            name: [sorted(noted.statements), noted.seconds, noted.always]
            for name, noted in self.tests.items()
        }
        return {"statements": list(self.numbers), "tests": tests}

    def add(self, told: dict[str, Any]) -> None:
        """Take in what another process noted; its numbers are its own."""
        numbers = [self._number(thing) for thing in told["statements"]]
        for name, (statements, seconds, always) in told["tests"].items():
            self.tests[name] = Noted({numbers[n] for n in statements}, seconds, always)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take in what a worker noted that has run all its tests."""
        self.add(getattr(node, "workeroutput", {}).get(VARIABLE, {"statements": [], "tests": {}}))

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Hand over to who leads, or write the file; a run that failed leaves none."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[VARIABLE] = self.told()
        elif exitstatus == pytest.ExitCode.OK:
            left_out, sent = leave_out(self.tests)
            plan = {"left_out": left_out, "tests": len(self.tests), "sent": sent}
            self.path.write_text(json.dumps(plan), encoding="utf-8")


class Reader:
    """Leaves out what the file of the first run allows, and says so at the end."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.left_out = set(plan["left_out"])

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave out only what the file names: what it does not know runs."""
        known = [item for item in items if item.nodeid in self.left_out]
        items[:] = [item for item in items if item.nodeid not in self.left_out]
        config.hook.pytest_deselected(items=known)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how much of the tests stood for the whole."""
        tests, sent = self.plan["tests"], self.plan["sent"]
        terminalreporter.write_line(
            f"{tests - len(self.left_out)} of {tests} tests repeated: together they send all that "
            f"the program sends ({sent} statements and kinds of values)"
        )


def plugin(environment: Any = os.environ) -> Writer | Reader | None:
    """Return what this run has to do with REPEATS_FILE: nothing where none is named."""
    name = environment.get(VARIABLE)
    if not name:
        return None
    if connection.vendor == "sqlite":
        writer = Writer(Path(name))
        # Django's own parts ask the connection itself; the program asks what stands before it.
        ConnectionProxy.vendor = property(writer.ask)  # type: ignore[attr-defined]
        return writer
    if not Path(name).is_file():
        return None
    return Reader(json.loads(Path(name).read_text(encoding="utf-8")))
