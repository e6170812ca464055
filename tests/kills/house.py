"""A real installation in a folder: its database, web server and workers, each to be killed.

The tests' own process looks into the same database: factories and queries work as elsewhere.
"""

import itertools
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from environ import Env

from scripts import postgres
from scripts.checks import ROOT
from tests.kills.visitor import Visitor, answers
from thidua.audit.verification import verify

BACKENDS = ("sqlite", "postgresql")
LEASE = 1  # second, so that a killed worker's job is taken up soon
PATIENCE = 30.0
PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
"""


class House:
    """One installation. ``server`` is its PostgreSQL, None with the embedded database."""

    def __init__(self, folder: Path, server: postgres.Server | None) -> None:
        self.folder, self.server = folder, server
        self.port = _free_port()
        url = server.url if server else f"sqlite:///{folder / 'thidua.sqlite3'}"
        self.environment = {
            "PYTHONUNBUFFERED": "1",  # what is said last stands last
            **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
            "DJANGO_SETTINGS_MODULE": "tests.kills.settings",
            "READ_DOTENV": "0",
            "DATA_DIR": str(folder),
            "FILES_DIR": str(folder / "files"),
            "DATABASE_URL": url,
            "PORT": str(self.port),
            "PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "JOB_LEASE": str(LEASE),
            "HELD_KEYS_SECRET": "a secret of the killed installation",
        }
        self.web: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []

    def prepare(self) -> None:
        """Bring the database up to date and collect the static files, as `serve` does."""
        self.run("-c", PREPARE)

    def run(self, *arguments: str) -> str:
        """Run Python in this installation (`"manage.py", "backup", …`); return what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start Python in this installation, in a group of its own; see `log` for what it says."""
        with (self.folder / "log.txt").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start_web(self) -> None:
        """Start the web server, unless it runs, and wait for its first answer."""
        if self.web is None or self.web.poll() is not None:
            flags = f"--interface wsgi --host 127.0.0.1 --port {self.port} --workers 1 --no-ws"
            flags += " --blocking-threads 4 --log-level warning config.wsgi:application"
            self.web = self.start("-m", "granian", *flags.split())
        wait_for(lambda: answers(self.port), "the web server")

    def start_worker(self) -> "subprocess.Popen[bytes]":
        """Start one more worker."""
        self.workers.append(self.start("manage.py", "worker"))
        return self.workers[-1]

    def kill(self, *victims: str) -> None:
        """Kill "web", "worker" (all of them) or "database" in the middle of whatever they do.

        The database is started again at once; the others by `start_web` and `start_worker`.
        """
        if "web" in victims and self.web is not None:
            kill(self.web)
        if "worker" in victims:
            for process in self.workers:
                kill(process)
            self.workers.clear()
        if "database" in victims:
            assert self.server is not None, "the embedded database has no process of its own"
            self.server.kill()
            connections.close_all()
            self.server.start()

    def visitor(self) -> Visitor:
        """Return a browser of its own for one more person."""
        return Visitor(self.port)

    def log(self) -> str:
        """Return what the processes said, to be shown beside a failure."""
        return (self.folder / "log.txt").read_text(encoding="utf-8", errors="replace")[-4_000:]

    def must_be_sound(self) -> None:
        """Assert what must hold after any kill: each chain of the trail verifies."""
        connections.close_all()
        _count, faults = verify()
        assert faults == []


@contextmanager
def house(backend: str, folder: Path) -> Iterator[House]:
    """Build an installation on ``backend``, look into its database, and clear it all away."""
    if backend == "sqlite":
        yield from _built(House(folder, None))
        return
    with postgres.server(postgres.KILLABLE) as server:
        yield from _built(House(folder, server))


def _built(made: House) -> Iterator[House]:
    try:
        made.prepare()
        with looking_into(made.environment["DATABASE_URL"]):
            yield made
    finally:
        made.kill("web", "worker")
        shutil.rmtree(made.folder, ignore_errors=True)


@contextmanager
def looking_into(url: str) -> Iterator[None]:
    """Let this process use the database at ``url`` instead of the tests' own."""
    ours: dict[str, Any] = connections.settings["default"]
    before = dict(ours)
    _forget_connection()
    ours.update({"OPTIONS": {}, "CONN_MAX_AGE": 0, **Env.db_url_config(url)})
    if "sqlite" in ours["ENGINE"]:
        ours["OPTIONS"] = before["OPTIONS"]
    try:
        yield
    finally:
        _forget_connection()
        ours.clear()
        ours.update(before)


def _forget_connection() -> None:
    connections.close_all()
    with suppress(AttributeError):  # there was none
        del connections["default"]


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process and all that it started, as the cord pulled from the wall."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(condition: Callable[[], object], what: str, *, patience: float = PATIENCE) -> None:
    """Return as soon as ``condition`` holds."""
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.005)


def victims(*names: str) -> pytest.MarkDecorator:
    """Let a test run for each of these victims, on each database that has it as a process."""
    both = itertools.product(BACKENDS, names)
    pairs = [(b, name) for b, name in both if (b, name) != ("sqlite", "database")]
    return pytest.mark.parametrize(
        ("house_of", "victim"), pairs, indirect=["house_of"], scope="session"
    )


def moment(round_number: int, longest: float) -> float:
    """Return the seconds after which this round kills: the same each time it is run."""
    return random.Random(round_number).uniform(0, longest)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
