"""The web server and one worker beside it: started together, ended together.

`manage.py serve` becomes this. It imports nothing of the program, so that it costs next to no
memory. Ctrl-C and a service manager reach it alone; it hands the wish on to both.
"""

import contextlib
import ctypes
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

WORKER = [sys.executable, str(Path(__file__).resolve().parents[2] / "manage.py"), "worker"]
HEAD_START = 1.5  # seconds for the web server alone: somebody waits for its first page
SHORTEST, LONGEST = 1.0, 30.0  # pauses before a worker that ended is started again
STEADY = 60.0  # seconds after which a worker counts as well again
PATIENCE = 15.0  # seconds for both to end before they are killed
LOOK = 0.1
ASKED = (signal.SIGTERM, signal.SIGINT)


class Supervisor:
    """Runs ``web`` and ``worker`` until the web server ends or a signal asks to."""

    def __init__(self, web: list[str], worker: list[str]) -> None:
        self.web_command, self.worker_command = web, worker
        self.worker: subprocess.Popen[bytes] | None = None
        self.start_worker_at = time.monotonic() + HEAD_START
        self.worker_since = 0.0
        self.pause = SHORTEST
        self.is_ending = False

    def run(self) -> int:
        """Return the code that the web server ended with."""
        for number in ASKED:
            signal.signal(number, self._end)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as it is under nohup
            signal.signal(signal.SIGHUP, self._end)
        web = _start(self.web_command)
        while web.poll() is None and not self.is_ending:
            self._care_for_worker()
            time.sleep(LOOK)
        _end_all([child for child in (web, self.worker) if child])
        return _exit_code(web.returncode)

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self.is_ending = True

    def _care_for_worker(self) -> None:
        now = time.monotonic()
        if self.worker is None:
            if now >= self.start_worker_at:
                self.worker, self.worker_since = _start(self.worker_command), now
        elif self.worker.poll() is not None:
            _say(self.worker.returncode)
            self.pause = SHORTEST if now - self.worker_since > STEADY else self.pause * 2
            self.start_worker_at = now + min(self.pause, LONGEST)
            self.worker = None


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    """Start a child in a group of its own, so that Ctrl-C does not reach it past us."""
    return subprocess.Popen(command, process_group=0, preexec_fn=_die_with_parent)  # noqa: S603, PLW1509


def _die_with_parent() -> None:
    """Ask Linux to end this child should its parent be killed; other systems cannot."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def _end_all(children: "list[subprocess.Popen[bytes]]") -> None:
    """Ask all to end, and kill what has not ended after a while."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    end = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(end - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _say(code: int) -> None:
    sys.stderr.write(
        f"Tiến trình chạy việc nền đã dừng (mã {code}), sẽ được mở lại. · "
        f"The background worker ended (code {code}) and will be started again.\n"
    )


def _exit_code(code: int) -> int:
    """Return what a shell would say of a child that ended so."""
    return 128 - code if code < 0 else code


if __name__ == "__main__":
    sys.exit(Supervisor(web=sys.argv[1:], worker=WORKER).run())
