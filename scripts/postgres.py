"""A PostgreSQL of the tests' own: made in a temporary folder, stopped and deleted afterwards."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

OPTIONS = "-c listen_addresses=127.0.0.1 -c max_connections=60"
# The tests' data is thrown away, so nothing needs to survive a power cut.
# What is killed and not switched off needs the disk no more than that: the system writes later.
KILLABLE = "-c fsync=off -c full_page_writes=off -c autovacuum=off -c jit=off"
# Nobody looks at what it counts, and nobody follows it: a twentieth of its time.
UNWATCHED = "-c track_counts=off -c track_activities=off -c wal_level=minimal -c max_wal_senders=0"
FLEETING = f"{KILLABLE} {UNWATCHED} -c synchronous_commit=off"
# An order of letters unlike that of bytes, as an agency's server has it: a query that leaves
# sorting to the database shows itself here.
COLLATION = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US"]


class Unavailable(Exception):
    """PostgreSQL is installed and yet would not start; the sentence is its own."""


def find_programs() -> Path | None:
    """Return the folder that holds initdb and pg_ctl, the newest version first, or None."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name)
    )
    if known := shutil.which("initdb"):
        folders.insert(0, Path(known).parent)
    return next((path for path in reversed(folders) if (path / "pg_ctl").exists()), None)


@dataclass
class Server:
    """A PostgreSQL in a folder of its own, which can be killed and started again."""

    programs: Path
    folder: Path
    options: str
    url: str

    def start(self) -> None:
        """Start it; after a kill it first makes good what was committed."""
        _control(self.programs, self.folder, "start", "-o", self.options)

    def stop(self) -> None:
        """Stop it at once: what it holds is thrown away."""
        _control(self.programs, self.folder, "stop", "-m", "immediate")

    def kill(self) -> None:
        """Kill all its processes in the middle of whatever they do."""
        first = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        others = [int(pid) for pid in _children(first)]
        for pid in (first, *others):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while any(_lives(pid) for pid in (first, *others)):
            time.sleep(0.01)
        # Its own locks name a process that is dead, though nobody may have buried it yet.
        for lock in (self.folder / "data" / "postmaster.pid", *self.folder.glob(".s.PGSQL.*")):
            lock.unlink(missing_ok=True)


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Start a PostgreSQL and yield its DATABASE_URL; stop it whatever happens meanwhile.

    ``durable`` lets it sync each commit to disk, as at work: for measurements.
    Needs `find_programs()`. PostgreSQL refuses to run as root, so root lends it to `postgres`.
    """
    with server("" if durable else FLEETING) as started:
        yield started.url


@contextmanager
def server(more: str) -> Iterator[Server]:
    """The same, with ``more`` options, yielding the server itself."""
    programs = find_programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="thidua-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        port, password = _free_port(), secrets.token_hex(16)
        _initialise(programs, folder, password)
        options = f"{OPTIONS} {more} -p {port} -k {folder}"
        url = f"postgres://postgres:{password}@127.0.0.1:{port}/postgres"
        started = Server(programs, folder, options, url)
        started.start()
        try:
            yield started
        finally:
            started.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _children(parent: int) -> list[str]:
    """Return the processes that ``parent`` started, as Linux tells them."""
    path = Path(f"/proc/{parent}/task/{parent}/children")
    return path.read_text(encoding="ascii").split() if path.exists() else []


def _lives(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def _initialise(programs: Path, folder: Path, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password, encoding="ascii")
    if os.geteuid() == 0:
        shutil.chown(secret, "postgres", "postgres")
    secret.chmod(0o600)
    initdb = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "postgres"]
    _as_another_user(
        [*initdb, "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync", *COLLATION], folder
    )


def _control(programs: Path, folder: Path, verb: str, *options: str) -> None:
    command = [str(programs / "pg_ctl"), "-D", str(folder / "data"), "-l", str(folder / "log")]
    _as_another_user([*command, "-w", verb, *options], folder)


def _as_another_user(command: list[str], folder: Path) -> None:
    """Run ``command`` quietly, as `postgres` when we are root; its output is the error's."""
    lent = {"user": "postgres", "group": "postgres", "extra_groups": []}
    with (folder / "output").open("w+", encoding="utf-8") as output:
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
            **(lent if os.geteuid() == 0 else {}),  # type: ignore[call-overload]
        )
        output.seek(0)
        if done.returncode:
            raise Unavailable(f"{Path(command[0]).name}: {output.read().strip()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
