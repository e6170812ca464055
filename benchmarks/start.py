"""From a fresh clone to the first page, and the second start."""

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from benchmarks.report import Row
from scripts.checks import ROOT

LIMIT = 120.0


def measure() -> Row:
    """Clone, `make run`, wait for `/`; stop, start again, wait again."""
    with tempfile.TemporaryDirectory(prefix="thidua-clone-") as folder:
        clone = Path(folder) / "thidua"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        first, second = _seconds_to_page(clone), _seconds_to_page(clone)
    return Row(
        what="`make run` from a fresh clone to the first page",
        ours=f"{first:.1f} s",
        yardstick=f"{LIMIT:.0f} s",
        ratio=first / LIMIT,
        aim=1,
        notes=[f"second start: {second:.1f} s"],
    )


def _seconds_to_page(clone: Path) -> float:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = ("PATH", "HOME", "LANG", "PIP_", "UV_", "SSL_")
    environment = {n: v for n, v in os.environ.items() if n.startswith(kept)}
    start = time.monotonic()
    server = subprocess.Popen(
        ["make", "run"],
        cwd=clone,
        env={**environment, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not _answers(port):
            if server.poll() is not None or time.monotonic() - start > 3 * LIMIT:
                raise RuntimeError("`make run` did not come to serve")
            time.sleep(0.1)
        return time.monotonic() - start
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            return int(page.status) == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
