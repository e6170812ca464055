"""Jobs as the lines of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.jobs.models import Lease
from thidua.jobs.queries import how_far, scheduled
from thidua.jobs.queue import Job
from thidua.jobs.register import Work, title_of


@dataclass(frozen=True)
class Line:
    """One job: what it is called, its lease (None when it was dropped before), its moments."""

    title: str
    lease: Lease | None
    since: datetime | None
    until: datetime | None
    again_at: datetime
    done: int = 0
    of: int = 0


@dataclass(frozen=True)
class Planned:
    """Work that comes due by itself: how often in words, and when it last did."""

    title: str
    rhythm: str
    last: datetime | None


def lines_of(jobs: Iterable[Job]) -> list[Line]:
    """Return the lines of ``jobs``, which were read with their leases."""
    return [_line(job, getattr(job, "lease", None)) for job in jobs]


def _line(job: Job, lease: Lease | None) -> Line:
    title = title_of(job.queue_name)
    far = how_far(lease) if lease else (0, 0)
    return Line(title, lease, job.started_at, job.finished_at, job.run_after, *far)


def planned() -> list[Planned]:
    """Return all work that comes due by itself, by title."""
    found = [Planned(title_of(s.work.name), rhythm_of(s.work), s.last) for s in scheduled()]
    return sorted(found, key=lambda line: line.title.casefold())


def rhythm_of(work: Work) -> str:
    """Return how often work comes due, in words."""
    every = work.every or timedelta()
    if every == timedelta(days=1):
        return _("mỗi ngày lúc %(hour)s") % {"hour": f"{work.at:%H:%M}"}
    for length, words in (
        (timedelta(days=1), lambda n: ngettext("mỗi %(n)d ngày", "mỗi %(n)d ngày", n)),
        (timedelta(hours=1), lambda n: ngettext("mỗi %(n)d giờ", "mỗi %(n)d giờ", n)),
        (timedelta(minutes=1), lambda n: ngettext("mỗi %(n)d phút", "mỗi %(n)d phút", n)),
    ):
        if every >= length and not every % length:
            return words(every // length) % {"n": every // length}
    seconds = round(every.total_seconds())
    return ngettext("mỗi %(n)d giây", "mỗi %(n)d giây", seconds) % {"n": seconds}
