"""What is done with jobs: ask for work, try a failed one again, give it up."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.audit.actions import Actor, record
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, WrongState
from thidua.jobs import queue
from thidua.jobs.models import Lease
from thidua.jobs.queue import Job, Status
from thidua.jobs.register import work_named


def later(name: str, /, **arguments: Any) -> str:
    """Ask for the work ``name`` in the background; return the job's id.

    The row is written in the transaction that is open, so the work is asked for if and only if the
    deed is done. ``arguments`` are what JSON has (numbers, texts, lists): a row's pk and never the
    row. An unknown name is a `KeyError`, other arguments a `TypeError`: faults of the program.
    """
    work_named(name)
    with transaction.atomic():
        return queue.enqueue(name, arguments)


@deed()
def try_again(lease: Lease, *, by: Actor) -> Lease:
    """Let a job that failed, or waits for its next try, begin at once, with all tries anew."""
    job, fresh = _locked(lease)
    _refuse_running(job)
    _begin_anew([fresh])
    queue.wait(job)
    record("job.tried_again", by=by, on=fresh, work=str(fresh), reason=fresh.trouble)
    return fresh


@deed()
def try_all_again(*, by: Actor) -> int:
    """Let each failed job begin anew; return how many. None is refused: nothing is to be done."""
    failed = Job.objects.filter(status=Status.FAILED, lease__isnull=False)
    jobs = list(failed.select_for_update(of=("self",)).select_related("lease"))
    if not jobs:
        raise AlreadyDone(_("Không còn việc nào bị dừng."))
    _begin_anew([job.lease for job in jobs])
    for job in jobs:
        queue.wait(job)
    record("job.all_tried_again", by=by, on=jobs[0].lease, count=len(jobs))
    return len(jobs)


@deed()
def give_up(lease: Lease, *, by: Actor) -> str:
    """Take a job that failed out of the list for good; return what it was called.

    What was recorded of it stays in the trail.
    """
    job, fresh = _locked(lease)
    _refuse_running(job)
    title = str(fresh)
    record("job.given_up", by=by, on=fresh, work=title, reason=fresh.trouble)
    fresh.delete()
    queue.forget(job)
    return title


def _locked(lease: Lease) -> tuple[Job, Lease]:
    """Read the job again, so that no worker takes it meanwhile."""
    job = Job.objects.select_for_update().filter(pk=lease.task_id).first()
    if job is None:
        raise AlreadyDone(_("Việc này đã được bỏ trước đó."))
    return job, Lease.objects.select_for_update().get(pk=lease.pk)


def _refuse_running(job: Job) -> None:
    if job.status == Status.RUNNING:
        raise WrongState(_("Việc này đang chạy. Hãy chờ nó xong rồi xem lại."))
    if job.status == Status.SUCCESSFUL:
        raise AlreadyDone(_("Việc này vừa chạy xong."))


def _begin_anew(leases: list[Lease]) -> None:
    Lease.objects.filter(pk__in=[lease.pk for lease in leases]).update(failures=0)
