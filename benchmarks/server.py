"""One worker of the production server, for measuring what it holds in memory."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.checks import ROOT


@dataclass(frozen=True)
class Server:
    """Where it listens, and the process that does the work."""

    port: int
    worker: int

    def connect(self) -> http.client.HTTPConnection:
        """Return a new connection to it."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)


@contextmanager
def serving(
    environment: dict[str, str], application: str = "config.wsgi:application"
) -> Iterator[Server]:
    """Serve ``application`` with one worker of one thread; stop it afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(Path(sys.executable).parent / "granian"),
        *("--interface", "wsgi", "--workers", "1", "--blocking-threads", "1"),
        *("--host", "127.0.0.1", "--port", str(port), application),
    ]
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        _wait(port)
        yield Server(port, max(_children(server.pid), key=resident))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def resident(pid: int) -> float:
    """Return the resident memory of a process in megabytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def _children(pid: int) -> list[int]:
    """Return the process and everything it started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += _children(int(child))
    return found


def _wait(port: int) -> None:
    for _n in range(200):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError("the server did not answer")
