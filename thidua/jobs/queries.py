"""How it stands with the jobs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Min, QuerySet

from thidua.core import clock
from thidua.jobs import aside
from thidua.jobs.models import Lease, Tick
from thidua.jobs.queue import Job, Status, due
from thidua.jobs.register import Work, title_of, works

UNATTENDED = timedelta(minutes=2)


@dataclass(frozen=True)
class State:
    """How far one job is: "waiting", "running", "done", "failed" or "gone", and why it failed."""

    word: str
    done: int = 0
    of: int = 0
    trouble: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.word in ("done", "failed", "gone")


@dataclass(frozen=True)
class Waiting:
    """The jobs of one kind of work that wait their turn: how many, the oldest since when."""

    title: str
    count: int
    since: datetime


@dataclass(frozen=True)
class Scheduled:
    """Work that comes due by itself, and when it last did; None before the first time."""

    work: Work
    last: datetime | None


WORDS = {
    Status.READY: "waiting",
    Status.RUNNING: "running",
    Status.SUCCESSFUL: "done",
    Status.FAILED: "failed",
}


def state_of(job_id: str) -> State:
    """Return how far the job is that `later` returned the id of."""
    job = Job.objects.filter(pk=job_id).select_related("lease").first()
    if job is None:
        return State("gone")
    lease = getattr(job, "lease", None)
    word = WORDS[Status(job.status)]
    return State(word, *how_far(lease), trouble=lease.trouble) if lease else State(word)


def how_far(lease: Lease) -> tuple[int, int]:
    """Return how many parts are done of how many; (0, 0) where the job has not said."""
    aside_told = aside.told(lease.pk) if lease.holder else None
    return aside_told or (lease.done, lease.of)


def running() -> "QuerySet[Job]":
    """Return the jobs that are being done, with their leases."""
    return Job.objects.filter(lease__holder__gt="").select_related("lease").order_by("started_at")


def failed() -> "QuerySet[Job]":
    """Return the jobs that will not be tried again by themselves, the newest first."""
    found = Job.objects.filter(status=Status.FAILED).select_related("lease")
    return found.order_by(F("finished_at").desc(nulls_last=True), "-pk")


def put_off() -> "QuerySet[Job]":
    """Return the jobs that failed and wait for their next try, the next one first."""
    found = Job.objects.filter(status=Status.READY, lease__failures__gt=0)
    return found.select_related("lease").order_by("run_after", "pk")


def waiting() -> list[Waiting]:
    """Return the jobs that nobody has begun or that were handed back, by kind of work."""
    fresh = Job.objects.filter(status=Status.READY).exclude(lease__failures__gt=0)
    rows = fresh.order_by().values("queue_name").annotate(n=Count("pk"), since=Min("enqueued_at"))
    found = [Waiting(title_of(row["queue_name"]), row["n"], row["since"]) for row in rows]
    return sorted(found, key=lambda kind: kind.since)


def scheduled() -> list[Scheduled]:
    """Return all work that comes due by itself."""
    last = last_ticks()
    return [
        Scheduled(work, last[name].at if name in last and last[name].number > 1 else None)
        for name, work in sorted(works().items())
        if work.every
    ]


def last_ticks() -> dict[str, Tick]:
    """Return the newest tick of each work that has one, by its name."""
    newest = Tick.objects.values("name").annotate(newest=Max("number"))
    keys = {(row["name"], row["newest"]) for row in newest}
    found = Tick.objects.filter(number__in={number for _name, number in keys})
    return {row.name: row for row in found if (row.name, row.number) in keys}


def is_unattended() -> bool:
    """Tell whether jobs have been due for a while and nobody does any: no worker runs."""
    return (
        due(clock.now() - UNATTENDED).filter(enqueued_at__lt=clock.now() - UNATTENDED).exists()
        and not running().exists()
    )
