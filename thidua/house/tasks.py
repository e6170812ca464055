"""A sign of life: its tick tells the check page that a worker is at work."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from thidua.jobs.work import work


@work(name="house.pulse", title=_("dấu hiệu máy chạy nền còn làm việc"), every=timedelta(minutes=5))
def pulse() -> None:
    """Do nothing: that it came due and was taken is what counts (`house.machine`)."""
