"""What the second of two databases repeats of the tests of pages: see docs/decisions/0011.

While the first run lasts (SQLite), every statement is noted that a test sends; at its end the file
named by REPEATS_FILE says which tests of pages may be left out, because those that remain send
every statement of theirs too. The second run (PostgreSQL) leaves out these and no others. Without
such a file, or after a first run that failed, everything runs.
"""

import functools
import json
import os
import re
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

VARIABLE = "REPEATS_FILE"
PAGES = "tests/web/"
# Who may do what is asked of every route, and must not hang on what a database lets pass.
WHOLE = ("tests/web/test_every_route.py",)
SEVERAL = re.compile(r"(?<=IN \()[^()]*%s[^()]*(?=\))|(?<=VALUES )\(.*\)(?= RETURNING|$)")
COUNTS = re.compile(r"\b(LIMIT|OFFSET) \d+")
# Frames of `tests.kept`: what keeps the factories fast is no statement of anybody's.
OURS = {"_put_back", "_rows_of", "_joined"}


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
    """Return the tests of pages that need no second run, and how many statements pages send.

    ``tests`` are all that passed and would run on the second database. What is not a test of a
    page stays. Of the others stay those marked, and then, the most new statements per second
    first, as many as send every statement that any test of a page sends.
    """
    pages = {name: noted for name, noted in tests.items() if name.startswith(PAGES)}
    sent = set[int]().union(*(noted.statements for noted in pages.values()))
    missing = set(sent)
    optional = {}
    for name, noted in tests.items():
        if name in pages and not noted.always and noted.statements:
            optional[name] = noted
        else:
            missing -= noted.statements
    while missing:
        best = max(
            sorted(optional),
            key=lambda name: (
                len(optional[name].statements & missing) / (optional[name].seconds + 0.01)
            ),
        )
        missing -= optional.pop(best).statements
    return sorted(optional), len(sent)


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

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Note one test, with all that stands around it."""
        if self._note not in connection.execute_wrappers:
            connection.execute_wrappers.insert(0, self._note)
        always = bool(
            commits(item) or item.get_closest_marker("twice") or item.nodeid.startswith(WHOLE)
        )
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
        if noted is not None and (manner := _manner(sys._getframe(1))) is not None:
            # Whoever counts statements wants them counted on both.
            noted.always = noted.always or context["connection"].force_debug_cursor
            text = _without_counts(str(sql))
            told = f"{text}{manner} {_kinds(params, several='…' in text) if not many else ''}"
            noted.statements.add(self.numbers.setdefault(told, len(self.numbers)))
        return execute(sql, params, many, context)

    def told(self) -> dict[str, Any]:
        """Return what was noted, in the plain types that cross from one process to another."""
        tests = {
            name: [sorted(noted.statements), noted.seconds, noted.always]
            for name, noted in self.tests.items()
        }
        return {"statements": list(self.numbers), "tests": tests}

    def add(self, told: dict[str, Any]) -> None:
        """Take in what another process noted; its numbers are its own."""
        numbers = [self.numbers.setdefault(s, len(self.numbers)) for s in told["statements"]]
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
            left_out, statements = leave_out(self.tests)
            pages = sum(name.startswith(PAGES) for name in self.tests)
            plan = {"left_out": left_out, "pages": pages, "statements": statements}
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
        """Say how much of the tests of pages stood for the whole."""
        pages = self.plan["pages"]
        terminalreporter.write_line(
            f"{pages - len(self.left_out)} of {pages} tests of pages repeated: "
            f"with the other tests they send all {self.plan['statements']} statements of pages"
        )


def plugin(environment: Any = os.environ) -> Writer | Reader | None:
    """Return what this run has to do with REPEATS_FILE: nothing where none is named."""
    name = environment.get(VARIABLE)
    if not name:
        return None
    if connection.vendor == "sqlite":
        return Writer(Path(name))
    if not Path(name).is_file():
        return None
    return Reader(json.loads(Path(name).read_text(encoding="utf-8")))


@functools.cache
def _without_counts(sql: str) -> str:
    """Return the statement without how many rows it names, inserts or asks for."""
    if sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK TO")):
        return sql.partition('"')[0]
    return COUNTS.sub(r"\1 …", SEVERAL.sub("…", sql))


def _kinds(params: Any, *, several: bool) -> str:
    """Tell the values by what a database minds about them; several of a list are told once."""
    kinds = [_kind(value) for value in params or ()]
    return " ".join(dict.fromkeys(kinds) if several else kinds)


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return "long" if len(value) > 100 else "str"
    if isinstance(value, int) and abs(value) >= 2**31:
        return "bigint"
    return type(value).__name__


def _manner(frame: Any) -> str | None:
    """Say what SQLite's text hides: rows locked, rows fetched in pieces. None: not to be noted."""
    for _step in range(6):
        name = frame.f_code.co_name
        if name in OURS:
            return None
        if name == "execute_sql":
            told = frame.f_locals
            locks = getattr(told["self"].query, "select_for_update", False)
            return f"{' FOR UPDATE' * bool(locks)}{' IN PIECES' * bool(told.get('chunked_fetch'))}"
        frame = frame.f_back
    return ""
