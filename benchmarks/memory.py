"""How much one worker process grows between its 1,000th and its 10,000th request."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.report import Row
from benchmarks.world import world
from scripts.checks import ROOT

WARM, MANY, MOST_MEGABYTES = 1_000, 10_000, 10.0


def measure() -> Row:
    """Serve one worker, ask it 10,000 pages, and read its memory twice."""
    with world(1, 25) as environment, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = [
            str(Path(sys.executable).parent / "granian"),
            *("--interface", "wsgi", "--workers", "1", "--blocking-threads", "1"),
            *("--host", "127.0.0.1", "--port", str(port), "config.wsgi:application"),
        ]
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        try:
            _wait(port)
            worker = max(_children(server.pid), key=_resident)
            _ask(port, WARM)
            first = _resident(worker)
            _ask(port, MANY - WARM)
            last = _resident(worker)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
    grown = last - first
    return Row(
        what=f"memory of one worker, request {WARM:,} to {MANY:,}",
        ours=f"{first:.1f} → {last:.1f} MB, grown {grown:.1f} MB",
        yardstick=f"{MOST_MEGABYTES:.0f} MB",
        ratio=max(0.0, grown) / MOST_MEGABYTES,
        aim=1,
    )


def _children(pid: int) -> list[int]:
    """Return the process and everything it started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += _children(int(child))
    return found


def _resident(pid: int) -> float:
    """Return the resident memory of a process in megabytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def _wait(port: int) -> None:
    for _n in range(200):
        try:
            _ask(port, 1)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not answer")


def _ask(port: int, times: int) -> None:
    """Ask the public pages in turn over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    addresses = ["/", "/nam/1/", "/khoi-cum/", "/don-vi/", "/tim-kiem/?q=hoi", "/phong-trao/"]
    for number in range(times):
        connection.request("GET", addresses[number % len(addresses)])
        response = connection.getresponse()
        response.read()
        if response.status >= 500:
            raise RuntimeError(f"{addresses[number % len(addresses)]}: {response.status}")
    connection.close()
