"""`--hands 2`: processes share the tests, forked from one that has read them all.

Reading the tests takes seconds, and so does it to begin Django. Here that is done once, for both
processes and for both databases: the one that reads forks the hands on SQLite and, when they are
done, forks others from the same beginning that go to the PostgreSQL of SECOND_DATABASE_URL (what
they repeat of the tests: `tests/repeats.py`). docs/decisions/0017 says why this is no library.
"""

import os
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import databases, repeats

SECOND, NAME = "SECOND_DATABASE_URL", "HAND"
FORK = get_context("fork")
NOTHING = -1  # the number of no test
QUICK = 0.1  # seconds of setting up or tidying that are not worth a report
Message = tuple[str, Any]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--hands`."""
    parser.addoption("--hands", type=int, default=0, help="share the tests among so many processes")


def lead(config: pytest.Config) -> None:
    """Take over the run where it is asked for."""
    if config.getoption("hands"):
        config.pluginmanager.register(Leader(config, config.getoption("hands")), "hands")


@dataclass
class Stage:
    """The tests of one database: the numbers of its items, and what stands after their names."""

    items: list[int]
    url: str = ""
    suffix: str = ""


@dataclass
class Hand:
    """One forked process, seen from the one that forked it, and the number of the test it is at.

    The number is in memory that both see: to send it would wake the other one for every test.
    """

    process: ForkProcess
    line: Connection
    at: Any


class Leader:
    """Forks the hands, gives them files of tests one after the other, and reports what they say."""

    def __init__(self, config: pytest.Config, count: int) -> None:
        self.config, self.count = config, count
        self.notes = repeats.Notes()
        self.told: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run the tests on the first database, then those to be repeated on the second."""
        if session.testsfailed or self.config.getoption("collectonly"):
            return None  # pytest's own loop says what is the matter
        _refuse_threads()
        second = os.environ.get(SECOND, "")
        with tempfile.TemporaryDirectory(
            prefix="thidua-hands-", ignore_cleanup_errors=True
        ) as folder:  # a killed process may leave others that still write there
            everything = Stage(list(range(len(session.items))))
            self._run(session, everything, Path(folder), notes=bool(second))
            if second:
                again, said = self.notes.repeated(session.items, failed=session.testsfailed > 0)
                session.testscollected += len(again)
                self._run(session, Stage(again, second, " [postgresql]"), Path(folder))
                self.told.append(said)
        return True

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how long each database took, and how much of the tests stood for the whole."""
        for line in self.told:
            terminalreporter.write_line(line)

    def _run(
        self, session: pytest.Session, stage: Stage, folder: Path, *, notes: bool = False
    ) -> None:
        started, groups = time.monotonic(), deque(self._longest_first(session, stage))
        hands: list[Hand] = []
        try:
            names = map(str, range(self.count))
            hands.extend(self._fork(session, stage, folder, name, notes=notes) for name in names)
            self._lead(session, stage, hands, groups)
        finally:
            for hand in hands:
                hand.process.terminate()
                hand.process.join()
        database = "postgresql" if stage.url else connection.vendor
        seconds = time.monotonic() - started
        self.told.append(f"{len(stage.items)} tests on {database} in {seconds:.1f} s")

    def _longest_first(self, session: pytest.Session, stage: Stage) -> list[list[int]]:
        """Return the tests file by file; what took long before comes first, to be waited for less.

        Where nothing is known of them they come in the order in which they were read.
        """

        def seconds(numbers: list[int]) -> float:
            return sum(self.notes.seconds(session.items[number].nodeid) for number in numbers)

        return sorted(_by_file(session.items, stage.items), key=seconds, reverse=True)

    def _fork(
        self, session: pytest.Session, stage: Stage, folder: Path, name: str, *, notes: bool
    ) -> Hand:
        (ours, theirs), at = FORK.Pipe(), FORK.Value("i", NOTHING, lock=False)

        def work() -> None:
            ours.close()
            os.environ.update({NAME: name, "KEPT_SHELF": "" if stage.url else str(folder)})
            os.environ["PYTEST_DEBUG_TEMPROOT"] = tempfile.mkdtemp(prefix=f"{name}-", dir=folder)
            databases.begin(stage.url)
            Worker(session, theirs, at, notes=notes).run()

        process = FORK.Process(target=work, name=f"hand {name}")
        process.start()
        theirs.close()
        return Hand(process, ours, at)

    def _lead(
        self, session: pytest.Session, stage: Stage, hands: list[Hand], groups: deque[list[int]]
    ) -> None:
        """Answer the hands until each has said that it is done."""
        at = {hand.line: hand for hand in hands}
        while at:
            for line in wait(list(at)):
                assert isinstance(line, Connection)
                hand = at[line]
                try:
                    kind, what = line.recv()
                except EOFError:
                    self._lost(session, hand, stage)
                    del at[line]
                    continue
                if kind == "done":
                    self.notes.add(what)
                    del at[line]
                else:
                    self._answer(hand, stage, kind, what, groups)
            if session.shouldfail:
                raise session.Failed(session.shouldfail)
            if session.shouldstop:
                raise session.Interrupted(session.shouldstop)

    def _answer(
        self, hand: Hand, stage: Stage, kind: str, what: Any, groups: deque[list[int]]
    ) -> None:
        if kind == "more":
            hand.line.send(groups.popleft() if groups else [])
        else:
            report = self.config.hook.pytest_report_from_serializable(config=self.config, data=what)
            report.nodeid += stage.suffix
            self.config.hook.pytest_runtest_logreport(report=report)

    def _lost(self, session: pytest.Session, hand: Hand, stage: Stage) -> None:
        """Report the test at which a process ended; the rest of its file was not run either."""
        hand.process.join()
        told = f"the process ended ({hand.process.exitcode}); the rest of its file was not run"
        at = hand.at.value
        name = ("" if at == NOTHING else session.items[at].nodeid) + stage.suffix
        report = pytest.TestReport(name, (name, None, name), {}, "failed", told, "call")
        self.config.hook.pytest_runtest_logreport(report=report)


class Worker:
    """What a forked process does: asks for tests, runs them, sends each report that tells anything.

    ``at`` is where it writes the number of its test.
    """

    def __init__(self, session: pytest.Session, line: Connection, at: Any, *, notes: bool) -> None:
        self.session, self.config, self.line, self.at = session, session.config, line, at
        self.writer = repeats.Writer() if notes else None

    def run(self) -> None:
        """Run tests until there are no more; session fixtures end with the last one."""
        self._be_quiet()
        manager = self.config.pluginmanager
        manager.register(self, "hand")
        if self.writer:
            self.writer.listen()
            manager.register(self.writer, "repeats")
        numbers, items = self._numbers(), self.session.items
        number = next(numbers, None)
        while number is not None:
            following = next(numbers, None)
            self.at.value = number
            self.config.hook.pytest_runtest_protocol(
                item=items[number], nextitem=None if following is None else items[following]
            )
            number = following
        self.line.send(("done", self.writer.told() if self.writer else None))

    def _numbers(self) -> Iterator[int]:
        while True:
            self.line.send(("more", None))
            numbers: list[int] = self.line.recv()
            if not numbers:
                return
            yield from numbers

    def _be_quiet(self) -> None:
        """Leave the terminal to the leader, and capture into files of one's own."""
        capture = self.config.pluginmanager.getplugin("capturemanager")
        assert capture is not None
        capture.stop_global_capturing()
        capture.start_global_capturing()
        silent = Silent(self.config)
        self.config.pluginmanager.unregister(name="terminalreporter")
        self.config.pluginmanager.register(silent, "terminalreporter")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Send what became of it: beside the test itself what did not pass, or took its time."""
        if report.when == "call" or not report.passed or report.duration > QUICK:
            data = self.config.hook.pytest_report_to_serializable(config=self.config, report=report)
            self.line.send(("report", data))


def _refuse_threads() -> None:
    """Refuse to fork a process with threads: the forked ones would wait for them for ever."""
    threads = Path("/proc/self/task")
    if threads.exists() and len(list(threads.iterdir())) > 1:
        raise pytest.UsageError(
            "a thread was started while the tests were read: whatever starts one (setting a paper, "
            "say) belongs into a test or a fixture, not beside them"
        )


class Silent:
    """Stands where pytest looks for the terminal, of which it only asks how to colour a text."""

    def __init__(self, config: pytest.Config) -> None:
        self._tw = config.get_terminal_writer()


def _by_file(items: list[pytest.Item], numbers: list[int]) -> list[list[int]]:
    """Return ``numbers`` in lists, one for each file, so that what its tests share is made once."""
    files: dict[str, list[int]] = {}
    for number in numbers:
        files.setdefault(scope(items[number].nodeid), []).append(number)
    return list(files.values())


def scope(nodeid: str) -> str:
    """Return what is run by one process: a file; the demonstration, and each killed database."""
    if nodeid.startswith("tests/kills/"):
        return "tests/kills on " + ("postgresql" if "postgresql" in nodeid else "sqlite")
    return "tests/demo" if nodeid.startswith("tests/demo/") else nodeid.partition("::")[0]
