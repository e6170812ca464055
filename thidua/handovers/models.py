"""That the leader of a year hands it over (bàn giao): to whom, with what, when it only reads."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import BodyField, LineField
from thidua.handovers import permissions as may


class Handover(RulesModel):
    """The handover of one year by its leader to the next one. One a year.

    Handing over freezes what was still open (``open_work``: {"title", "due" (ISO day or ""),
    "note"}), and sets on the year the day from which the old leader only reads.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("đang chuẩn bị")
        HANDED = "handed", _("đã bàn giao, chờ bên nhận")
        RECEIVED = "received", _("đã nhận")

    NEXT = {
        State.DRAFT: {State.HANDED},
        State.HANDED: {State.DRAFT, State.RECEIVED},
        State.RECEIVED: set(),
    }
    cycle = models.OneToOneField("cycles.Cycle", models.PROTECT, related_name="handover")
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.DRAFT)
    giver = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="+", verbose_name=_("bên giao")
    )
    receiver = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="+", verbose_name=_("bên nhận")
    )
    reads_from = models.DateField(_("bên giao chỉ còn đọc từ ngày"))
    notes = BodyField(_("ghi chú cho bên nhận"), blank=True)
    open_work = models.JSONField(_("việc còn dở"), default=list, editable=False)
    handed_at = models.DateTimeField(_("giao lúc"), null=True)
    handed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(_("nhận lúc"), null=True)
    received_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    remark = LineField(_("ý kiến của bên nhận"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("bàn giao")
        ordering = ["-cycle__year", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="handed_to_another"),
            models.CheckConstraint(
                condition=Q(state="draft", handed_at=None)
                | (~Q(state="draft") & Q(handed_at__isnull=False)),
                name="handed_over_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="received", received_at__isnull=False)
                | (~Q(state="received") & Q(received_at=None)),
                name="received_at_a_time",
            ),
        ]
        rules_permissions = {
            "view": may.view,
            "hand": may.hand,
            "take_back": may.take_back,
            "receive": may.receive,
        }

    def __str__(self) -> str:
        return _now("Bàn giao %(cycle)s") % {"cycle": self.cycle}

    @property
    def is_draft(self) -> bool:
        """Whether it may still be written."""
        return self.state == self.State.DRAFT

    @property
    def is_handed(self) -> bool:
        """Whether the old leader has handed over, whoever has confirmed it."""
        return self.state != self.State.DRAFT

    @property
    def left_open(self) -> list[dict[str, Any]]:
        """What was open when it was handed over."""
        return list(self.open_work)
