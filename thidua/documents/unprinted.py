"""What the check page and `manage.py doctor` say of papers that wait for their printing."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.core import clock
from thidua.documents.models import Printing, Version
from thidua.house.checks import Finding, check, fine, worth_a_look
from thidua.jobs.models import Lease

WORK = "documents.print"
LATE = timedelta(hours=1)  # a worker takes seconds


def register() -> None:
    """Have the printing of papers looked at."""
    check("documents.printing", gettext_lazy("Bản in của văn bản"), look, rank=22)


def look() -> Finding:
    """Return whether every paper frozen more than an hour ago has its files, and if not, why."""
    pdf = Printing.objects.filter(form=Printing.Form.PDF).values("version")
    frozen = Version.objects.exclude(code="").filter(frozen_at__lt=clock.now() - LATE)
    waiting = frozen.exclude(pk__in=pdf).count()
    if not waiting:
        return fine(_("Mọi văn bản đã chốt đều có bản in."))
    failed = Lease.objects.filter(task__queue_name=WORK).exclude(trouble="").order_by("-pk").first()
    told = {"count": waiting, "why": failed.trouble if failed else _("việc in chưa được chạy")}
    said = _("%(count)d văn bản đã chốt chưa có bản in: %(why)s") % told
    return worth_a_look(said, mend=_("Xem việc chạy nền"), at="jobs:index")
