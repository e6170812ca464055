"""Jobs in whatever state, without doing them."""

from datetime import datetime

from thidua.core import clock
from thidua.jobs import queue
from thidua.jobs.actions import later
from thidua.jobs.models import Lease
from thidua.jobs.queue import Job

WHY = "Máy chủ thư từ chối người nhận."


def _a_lease(**facts: object) -> Lease:
    return Lease.objects.create(task=Job.objects.get(pk=later("jobs.prune")), **facts)


def a_failed_job(trouble: str = WHY) -> Lease:
    """Return the lease of a job that has failed for good."""
    lease = _a_lease(turn=5, failures=5, trouble=trouble)
    queue.fail(lease.task)
    return lease


def a_running_job(done: int = 3, of: int = 10) -> Lease:
    """Return the lease of a job that somebody is doing."""
    lease = _a_lease(turn=1, holder="somewhere:1", done=done, of=of)
    queue.begin(lease.task, "somewhere:1")
    return lease


def a_job_put_off(until: datetime | None = None) -> Lease:
    """Return the lease of a job that failed once and waits for its next try."""
    lease = _a_lease(turn=1, failures=1, trouble=WHY)
    queue.wait(lease.task, until=until or clock.end_of(clock.today()))
    return lease
