"""What runs by itself: deleted drafts go for good after their month."""

from datetime import time, timedelta

from django.utils.translation import gettext_lazy as _

from thidua.core import clock
from thidua.discards.models import KEPT_FOR, Discard
from thidua.jobs.work import work


@work(
    name="discards.prune",
    title=_("Bỏ hẳn bản nháp đã xóa quá 30 ngày"),
    every=timedelta(days=1),
    at=time(3),
)
def prune() -> int:
    """Delete what was kept long enough; return how many."""
    old = Discard.objects.filter(at__lt=clock.now() - KEPT_FOR)
    return old.delete()[0]
