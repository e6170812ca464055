"""The job that this process is doing now: what it has reported, whether it must end."""

from contextvars import ContextVar
from dataclasses import dataclass

from thidua.jobs.errors import HandedBack, LeaseLost


@dataclass
class Running:
    """One turn at one job. The thread that beats reads and writes it too: plain values only."""

    lease_pk: int
    turn: int
    done: int = 0
    of: int = 0
    is_lost: bool = False
    must_stop: bool = False
    may_be_cut: bool = False  # while the job's own code runs, and nothing of ours

    def report(self, done: int, of: int) -> None:
        """Note how far the job is; end it here when it has been taken away or must stop."""
        if self.is_lost:
            raise LeaseLost
        if self.must_stop:
            raise HandedBack
        self.of = max(int(of), 0)
        self.done = min(max(int(done), 0), self.of)


current: ContextVar[Running | None] = ContextVar("running", default=None)
