"""The web server and its worker start together, end together, and a dead worker comes back."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.checks import ROOT

pytestmark = pytest.mark.programs

CODE = """
import sys
from thidua.web import supervisor
supervisor.HEAD_START, supervisor.SHORTEST, supervisor.LOOK, supervisor.PATIENCE = 0, 0.05, 0.01, 1
python, web, worker = sys.executable, *sys.argv[1:]
sys.exit(supervisor.Supervisor([python, "-c", web], [python, "-c", worker]).run())
"""
LIVES = "import os, signal, time; os.write(1, b'{} lives %d\\n' % os.getpid()); time.sleep(30)"
WEB, WORKER = LIVES.format("web"), LIVES.format("worker")
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + WORKER


def supervise(web: str, worker: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", CODE, web, worker],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_hangs_up,  # noqa: PLW1509
    )


def _hangs_up() -> None:
    """Be as at a terminal: tests that are run under nohup hand down that a hang-up is ignored."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def both(running: "subprocess.Popen[str]") -> dict[str, int]:
    """Return the process of each child, once both have said that they live."""
    assert running.stdout is not None
    lines = [running.stdout.readline().split() for _child in range(2)]
    return {line[0]: int(line[2]) for line in lines}


def is_gone(pid: int) -> bool:
    end = time.monotonic() + 5
    while Path(f"/proc/{pid}").exists() and time.monotonic() < end:
        if " Z " in Path(f"/proc/{pid}/stat").read_text():
            return True
        time.sleep(0.01)
    return not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_wish_to_stop_ends_both(wish: signal.Signals) -> None:
    running = supervise(WEB, WORKER)
    children = both(running)
    running.send_signal(wish)
    running.communicate(timeout=10)

    assert running.returncode == 128 + signal.SIGTERM  # as the web server ended
    assert all(map(is_gone, children.values()))


def test_what_does_not_listen_is_killed() -> None:
    running = supervise(WEB, DEAF)
    children = both(running)
    running.terminate()
    running.communicate(timeout=10)

    assert all(map(is_gone, children.values()))


def test_when_the_web_server_ends_all_ends_with_its_code() -> None:
    running = supervise("import time; time.sleep(0.3); raise SystemExit(7)", WORKER)
    running.communicate(timeout=10)

    assert running.returncode == 7


def test_a_worker_that_dies_is_started_again_and_that_is_said() -> None:
    running = supervise(WEB, WORKER)
    children = both(running)
    os.kill(children["worker"], signal.SIGKILL)
    assert running.stdout is not None
    again = running.stdout.readline().split()
    running.terminate()
    _out, said = running.communicate(timeout=10)

    assert again[0] == "worker"
    assert "sẽ được mở lại" in said


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of it")
def test_children_do_not_outlive_a_supervisor_that_was_killed() -> None:
    running = supervise(WEB, WORKER)
    children = both(running)
    running.kill()
    running.communicate(timeout=10)

    assert all(map(is_gone, children.values()))
