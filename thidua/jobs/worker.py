"""One worker: takes what is due, one job after the other, until it is told to stop."""

import logging
import os
import secrets
import signal
import socket
import time
from types import FrameType

from django.db import Error, connections

from thidua.jobs import queue
from thidua.jobs.errors import HandedBack
from thidua.jobs.pulse import beating
from thidua.jobs.runner import Taken, run, take
from thidua.jobs.running import Running
from thidua.jobs.schedule import tick
from thidua.jobs.watch import Watch

log = logging.getLogger(__name__)
IDLE = 0.5  # seconds between two looks at an empty queue
BETWEEN_TICKS = 5.0
GRACE = 10  # seconds that a job has to end by itself when the worker is told to stop
LONGEST_WAIT = 10.0  # for a database that is away


class Worker:
    """Takes jobs in this process. `stop` lets it end: the job is finished or handed back."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(3)}"
        self.watch = Watch()
        self.is_stopping = False
        self.next_tick = 0.0
        self.running: Running | None = None

    def heed_signals(self) -> None:
        """Stop at SIGTERM or SIGINT; a job that then goes on for too long is cut off."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        signal.signal(signal.SIGALRM, self._cut_off)

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Take no further job; let the one at hand end, or hand itself back where it can."""
        again, self.is_stopping = self.is_stopping, True
        if self.running:
            self.running.must_stop = True
            if again:
                self._cut_off()
            signal.alarm(GRACE)

    def _cut_off(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        if self.running and self.running.may_be_cut:
            raise HandedBack

    def run(self) -> None:
        """Work until told to stop."""
        wait = IDLE
        while not self.is_stopping:
            try:
                busy = self.step()
                wait = IDLE
            except Error as trouble:
                log.warning("the database does not answer: %s", trouble)
                connections.close_all()
                busy, wait = False, min(wait * 2, LONGEST_WAIT)
            if not busy and not self.is_stopping:
                time.sleep(wait)

    def drain(self) -> int:
        """Work until nothing is due; return how many jobs were done. For scripts."""
        return sum(iter(self.step, False))

    def step(self) -> bool:
        """Do what is due beside the queue, then at most one job; say whether there was one."""
        self._look_around()
        # A plain question first: taking begins with a lock that would disturb writers.
        taken = take(self.name) if queue.due().exists() else None
        if taken is None:
            return False
        self._do(taken)
        return True

    def _look_around(self) -> None:
        self.watch.look()
        if time.monotonic() >= self.next_tick:
            self.next_tick = time.monotonic() + BETWEEN_TICKS
            tick()

    def _do(self, taken: Taken) -> None:
        self.running = Running(taken.lease.pk, taken.lease.turn, must_stop=self.is_stopping)
        try:
            with beating(self.running):
                run(taken, self.running)
        except HandedBack:
            log.info("job %s handed back", taken.job.pk)
        finally:
            self.running = None
            signal.alarm(0)
