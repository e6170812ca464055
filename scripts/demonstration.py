"""An installation served for a while: its own data folder, a free port, and nothing left behind."""

import os
import re
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scripts.checks import ROOT
from scripts.environment import PYTHON
from scripts.say import stop

PATIENCE = 180  # seconds: building the demonstration on a slow machine takes a while


@dataclass(frozen=True)
class Demonstration:
    """Where it is served, the password of each account by user name, and what it runs with."""

    address: str
    accounts: dict[str, str]
    environment: dict[str, str]


@contextmanager
def demonstration() -> Iterator[Demonstration]:
    """Serve a new demonstration until the block ends."""
    with _served(demo="1") as (address, environment):
        yield Demonstration(address, _accounts(environment), environment)


@contextmanager
def empty_installation() -> Iterator[str]:
    """Serve an installation with nothing in it; yield the address where its set-up begins."""
    with _served(demo="0") as (address, environment):
        printed = _told_by(environment, "setup_code")
        found = re.search(r"/thiet-lap/\?ma=\S+", printed)
        if found is None:
            raise RuntimeError(printed)
        yield address + found.group()


@contextmanager
def _served(*, demo: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Serve the program until the block ends; yield its address and its environment."""
    with tempfile.TemporaryDirectory(prefix="thidua-pictures-") as folder:
        port = _free_port()
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DATA_DIR": folder,
            "READ_DOTENV": "0",
            "PORT": str(port),
            "PUBLIC_URL": f"http://localhost:{port}",
            "WORKERS": "1",
            "DEMO": demo,
        }
        command = [str(PYTHON), "manage.py", "serve"]
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, text=True
        )
        try:
            address = f"http://localhost:{port}"
            _wait_for(f"{address}/healthz", server)
            yield address, environment
        finally:
            server.terminate()
            server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str, server: subprocess.Popen[str]) -> None:
    """Return when ``address`` answers; stop when the server has ended or is too slow."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    stop(
        "Chương trình không mở được để chụp ảnh: hãy chạy “make run” để xem vì sao.",
        "The program did not start for the pictures: run “make run” to see why.",
    )


def _accounts(environment: dict[str, str]) -> dict[str, str]:
    """Return each account's password by its user name."""
    told = _told_by(environment, "seed_demo", "--accounts")
    lines = (line.split("\t") for line in told.splitlines())
    return {name: password for name, password, *_told in lines}


def _told_by(environment: dict[str, str], *words: str) -> str:
    """Return what a command of the installation prints."""
    command = [str(PYTHON), "manage.py", *words]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout
