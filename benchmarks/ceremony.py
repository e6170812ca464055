"""The ceremony: a hall of phones watching while all heads sign, by HTTP to the real server.

300 phones ask for the state as their page does (every two seconds; the hall's own screens every
one), and 25 heads come from the code on the screen, sign in and sign within a minute. Server and
crowd share the machine. Shorter: `python -m benchmarks.ceremony 60 5 10` (phones, heads, seconds).
"""

import asyncio
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks.crowd import Notes, sign, watch
from benchmarks.report import Row
from scripts.checks import ROOT
from scripts.postgres import cluster, find_programs

LIMIT = 1.0  # second, for nineteen of twenty answers
PHONE, SCREEN, SCREENS = 2.0, 1.0, 2  # seconds between two looks; screens of the hall itself
START = 120.0


@dataclass(frozen=True)
class Size:
    """How many watch, how many sign, within how many seconds."""

    phones: int = 300
    heads: int = 25
    seconds: float = 60.0


def measure(size: Size = Size()) -> list[Row]:
    """Hold the ceremony on SQLite, and on PostgreSQL where it is installed."""
    rows = [_held("SQLite", "", size)]
    if find_programs() is not None:
        with cluster(durable=True) as url:
            rows.append(_held("PostgreSQL", url, size))
    return rows


def _held(database: str, url: str, size: Size) -> Row:
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder, _port() as port:
        environment = {**os.environ, "DATA_DIR": folder, "READ_DOTENV": "0", "DEMO": "0"}
        environment |= {"PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}"}
        environment |= {"WORKERS": "2", "DEMO_PUBLIC": "1"}
        environment.pop("DATABASE_URL", None)
        if url:
            environment["DATABASE_URL"] = url
        with _serving(environment, port):
            hall = _told(environment, "build", str(size.heads))
            notes = asyncio.run(_ceremony(port, hall, size))
            kept = _told(environment, "kept")
    return _row(database, size, notes, kept)


async def _ceremony(port: int, hall: dict[str, Any], size: Size) -> Notes:
    notes, start = Notes(), time.monotonic()
    until = start + size.seconds + 3 * PHONE
    address = hall["address"]
    watching = [watch(port, address, PHONE, until, notes) for _n in range(size.phones)]
    watching += [watch(port, address, SCREEN, until, notes) for _n in range(SCREENS)]

    async def one(number: int, name: str) -> None:
        await asyncio.sleep(size.seconds * number / size.heads)
        await sign(port, address, name, hall["password"], notes)

    signing = [one(number, name) for number, name in enumerate(hall["names"])]
    await asyncio.gather(*watching, *signing)
    return notes


def _row(database: str, size: Size, notes: Notes, kept: dict[str, Any]) -> Row:
    both = notes.watching + notes.signing
    p95 = _percentile(both, 95)
    row = Row(
        what=f"ceremony on {database}: {size.phones} phones watching, {size.heads} heads signing "
        f"within {size.seconds:.0f} s",
        ours=f"p95 {p95 * 1000:.0f} ms",
        yardstick=f"{LIMIT * 1000:.0f} ms",
        ratio=p95 / LIMIT,
        aim=1,
        notes=[
            _shares("the state of the screen", notes.watching),
            _shares("each page on the way to a signature", notes.signing),
            f"answered 304: {notes.unchanged:,} of {len(notes.watching):,}",
            f"errors: {len(notes.faults)} {notes.faults[:3] if notes.faults else ''}".rstrip(),
            f"signatures kept: {kept['signatures']} of {size.heads}, recorded: {kept['recorded']}",
        ],
    )
    if notes.seen_after:
        late = _percentile(notes.seen_after, 95)
        row.notes.append(f"a new card was seen within {late:.1f} s of the last signature (p95)")
    told = (kept["signatures"], kept["recorded"], kept["in_force"])
    if notes.faults or told != (size.heads, size.heads, 1):
        row.ratio = float("inf")
    return row


def _shares(what: str, times: list[float]) -> str:
    p50, p95 = (_percentile(times, share) * 1000 for share in (50, 95))
    return f"{what}: {len(times):,} answers, p50 {p50:.0f} ms, p95 {p95:.0f} ms"


def _percentile(times: list[float], share: int) -> float:
    return statistics.quantiles(times, n=100)[share - 1]


def _told(environment: dict[str, str], *what: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.hall", *what]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return dict(json.loads(done.stdout))


@contextmanager
def _port() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    yield port


@contextmanager
def _serving(environment: dict[str, str], port: int) -> Iterator[None]:
    """Run `manage.py serve` as at work, with its worker; stop it afterwards."""
    command = [sys.executable, "manage.py", "serve"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(port, server)
        yield
    finally:
        server.terminate()
        server.wait(30)


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not answer")


def _end(*_signal: object) -> None:
    raise SystemExit(143)  # so that server and database are stopped too


def main(words: list[str]) -> int:
    """Measure with the sizes given: phones, heads, seconds."""
    signal.signal(signal.SIGTERM, _end)
    given = [int(word) for word in words]
    rows = measure(Size(*given))
    for row in rows:
        row.print()
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
