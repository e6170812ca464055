"""What became of members' parts when their organisations changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thidua.cycles.models.years import Enrolment


class Carrying(models.Model):
    """What became of a member's part in a year when its organisation changed (phần việc kế thừa).

    Carried over: its duties go on under the successor, with its targets; signature and marks
    stay. Ended: it left. Kept: it finishes the year under its old name.
    """

    class Fate(models.TextChoices):
        CARRIED = "carry", _("chuyển cho đơn vị kế thừa")
        ENDED = "end", _("kết thúc")
        KEPT = "keep", _("làm nốt năm dưới tên cũ")

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="carryings")
    reorganization = models.ForeignKey(
        "organizations.Reorganization", models.PROTECT, related_name="carryings"
    )
    fate = models.CharField(_("phần việc"), max_length=5, choices=Fate)
    predecessor = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    successor = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("phần việc kế thừa")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("enrolment", "reorganization", name="settled_once_by_an_act"),
            models.CheckConstraint(
                condition=Q(fate="carry", successor__isnull=False)
                | (~Q(fate="carry") & Q(successor=None)),
                name="carried_to_somebody",
            ),
        ]
