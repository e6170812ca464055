"""What jobs do for themselves."""

from datetime import time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from thidua.core import clock
from thidua.jobs.models import Lease
from thidua.jobs.queue import Job, Status
from thidua.jobs.work import work

DONE_KEPT, FAILED_KEPT = timedelta(days=2), timedelta(days=180)
AT_A_TIME = 1_000


@work(
    name="jobs.prune", title=_("Xóa dấu vết các việc đã xong"), every=timedelta(days=1), at=time(3)
)
def prune() -> int:
    """Delete the rows of jobs that are over for long; return how many. What failed stays longer."""
    return _prune(Status.SUCCESSFUL, DONE_KEPT) + _prune(Status.FAILED, FAILED_KEPT)


def _prune(status: str, kept: timedelta) -> int:
    old = Job.objects.filter(status=status, finished_at__lt=clock.now() - kept)
    count = 0
    while found := list(old.values_list("pk", flat=True)[:AT_A_TIME]):
        with transaction.atomic():
            Lease.objects.filter(task__in=found).delete()
            count += Job.objects.filter(pk__in=found).delete()[0]
    return count
