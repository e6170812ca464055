"""A PostgreSQL of the tests' own: made in a temporary folder, stopped and deleted afterwards."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OPTIONS = "-c listen_addresses=127.0.0.1 -c max_connections=60"
# The tests' data is thrown away, so nothing needs to survive a power cut.
FLEETING = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c jit=off"
)
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


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Start a PostgreSQL and yield its DATABASE_URL; stop it whatever happens meanwhile.

    ``durable`` lets it sync each commit to disk, as at work: for measurements.
    Needs `find_programs()`. PostgreSQL refuses to run as root, so root lends it to `postgres`.
    """
    programs = find_programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="thidua-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        port, password = _free_port(), secrets.token_hex(16)
        _initialise(programs, folder, password)
        options = OPTIONS if durable else f"{OPTIONS} {FLEETING}"
        _control(programs, folder, "start", "-o", f"{options} -p {port} -k {folder}")
        try:
            yield f"postgres://postgres:{password}@127.0.0.1:{port}/postgres"
        finally:
            _control(programs, folder, "stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
