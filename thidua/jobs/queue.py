"""The one door to django-tasks: Django's task interface and its table in the database.

Django 6 has the interface in its core (`django.tasks`); then only the imports here change.
One task of theirs stands for all work of ours, so a row names work and not a path in the code;
each work has a queue of its name, since theirs is the column that has an index.
"""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult, get_date_max

from thidua.core import clock
from thidua.jobs.register import work_named

Job = DBTaskResult
Status = TaskResultStatus
AT_ONCE = get_date_max()


@task
def perform(name: str, arguments: dict[str, Any]) -> None:
    """Do the work ``name``. Only a worker without leases, such as `db_worker`, calls this."""
    work_named(name).function(**arguments)


def enqueue(name: str, arguments: dict[str, Any]) -> str:
    """Write the row of a job into the open transaction; return its id."""
    return perform.using(queue_name=name).enqueue(name=name, arguments=arguments).id


def name_of(job: Job) -> str:
    """Return which work the job is."""
    return job.queue_name


def arguments_of(job: Job) -> dict[str, Any]:
    """Return what the work is called with."""
    return dict(job.args_kwargs["kwargs"].get("arguments", {}))


def of_work(name: str) -> "QuerySet[Job]":
    """Return the jobs of this work, in whatever state."""
    return Job.objects.filter(queue_name=name)


def due(moment: datetime | None = None) -> "QuerySet[Job]":
    """Return the jobs that wait and may begin, in the order in which they should."""
    until = moment or clock.now()
    return Job.objects.filter(Q(run_after=AT_ONCE) | Q(run_after__lte=until), status=Status.READY)


def begin(job: Job, holder: str) -> None:
    """Note that ``holder`` does the job from now on."""
    job.status, job.started_at, job.finished_at = Status.RUNNING, clock.now(), None
    job.worker_ids = [*job.worker_ids[-9:], holder]
    job.save(update_fields=["status", "started_at", "finished_at", "worker_ids"])


def wait(job: Job, *, until: datetime = AT_ONCE) -> None:
    """Put the job back among those that wait."""
    job.status, job.run_after = Status.READY, until
    job.save(update_fields=["status", "run_after"])


def succeed(job: Job) -> None:
    """Note that the job is done."""
    _end(job, Status.SUCCESSFUL)


def fail(job: Job) -> None:
    """List the job as failed for good."""
    _end(job, Status.FAILED)


def _end(job: Job, status: str) -> None:
    job.status, job.finished_at = status, clock.now()
    job.save(update_fields=["status", "finished_at"])


def is_under_way(name: str) -> bool:
    """Tell whether a job of this work waits or runs."""
    return of_work(name).filter(status__in=[Status.READY, Status.RUNNING]).exists()


def forget(job: Job) -> None:
    """Delete the job's row for good."""
    job.delete()
