"""What the check page and `manage.py doctor` say of mail."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.house.checks import Finding, check, fine, worth_a_look
from thidua.notifications.models import Outage
from thidua.notifications.queries import mail_tally

WHERE = "inbox:outbox"


def register() -> None:
    """Have the outbox looked at."""
    check("notifications.mail", gettext_lazy("Thư đi"), look, rank=21)


def look() -> Finding:
    """Return whether the mail server is in trouble, or mail waits for a person."""
    outage, tally = Outage.objects.first(), mail_tally()
    if outage is not None:
        since = date_format(timezone.localtime(outage.since), "H:i j/n/Y")
        told = {"why": outage.get_trouble_display(), "since": since, "count": tally.queued}
        said = _("%(why)s Từ %(since)s; %(count)d thư đang chờ.") % told
        return worth_a_look(said, mend=_("Xem thư đi"), at=WHERE)
    if tally.failed or tally.unsure:
        told = {"failed": tally.failed, "unsure": tally.unsure}
        said = _("%(failed)d thư không gửi được, %(unsure)d thư không chắc đã tới.") % told
        return worth_a_look(said, mend=_("Xem và gửi lại"), at=WHERE)
    return fine(_("Không thư nào bị hỏng."))
