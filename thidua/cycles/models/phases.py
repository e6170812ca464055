"""The phases of a year: windows, and the acts that opened or closed them by hand."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua.core import clock
from thidua.core.fields import LineField
from thidua.cycles.models.years import Cycle


class Phase(models.Model):
    """A window of the year. Its state is derived from days and from acts by hand; nothing runs
    at midnight. After ``due_on`` ends, what comes is late; once closed, it is refused."""

    class Kind(models.TextChoices):
        PREPARATION = "preparation", _("chuẩn bị")
        REGISTRATION = "registration", _("đăng ký")
        COVENANT = "covenant", _("giao ước")
        PERFORMANCE = "performance", _("thực hiện")
        INTERIM = "interim", _("sơ kết")
        SELF_SCORING = "self_scoring", _("tự chấm")
        CHECKING = "checking", _("kiểm tra")
        ASSESSMENT = "assessment", _("bình xét")
        SUBMISSION = "submission", _("trình")
        DECISION = "decision", _("quyết định")
        ARCHIVE = "archive", _("lưu trữ")

    class Standing(models.TextChoices):
        UPCOMING = "upcoming", _("chưa mở")
        OPEN = "open", _("đang mở")
        LATE = "late", _("đã qua hạn")
        CLOSED = "closed", _("đã đóng")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="phases")
    kind = models.CharField(_("giai đoạn"), max_length=15, choices=Kind)
    opens_on = models.DateField(_("mở từ ngày"))
    due_on = models.DateField(_("hạn"), null=True, blank=True)
    closes_on = models.DateField(_("đóng sau ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("giai đoạn")
        ordering = ["opens_on", "pk"]
        constraints = [
            models.UniqueConstraint("cycle", "kind", name="one_phase_of_a_kind"),
            models.CheckConstraint(
                condition=(Q(due_on=None) | Q(due_on__gte=F("opens_on")))
                & (Q(closes_on=None) | Q(closes_on__gte=F("opens_on")))
                & (Q(closes_on=None) | Q(due_on=None) | Q(closes_on__gte=F("due_on"))),
                name="phase_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def standing(self, moment: datetime | None = None) -> str:
        """Return the standing at ``moment`` (now): the last act by hand wins over the days."""
        moment = moment or clock.now()
        last = max(self.acts.all(), key=lambda act: (act.at, act.pk), default=None)
        if last is not None:
            if not last.opens:
                return self.Standing.CLOSED
        elif moment < clock.start_of(self.opens_on):
            return self.Standing.UPCOMING
        elif self.closes_on and moment >= clock.end_of(self.closes_on):
            return self.Standing.CLOSED
        if self.due_on and moment >= clock.end_of(self.due_on):
            return self.Standing.LATE
        return self.Standing.OPEN

    @property
    def accepts(self) -> bool:
        """Whether something may be handed in now, on time or late."""
        return self.standing() in (self.Standing.OPEN, self.Standing.LATE)


class PhaseAct(models.Model):
    """That a phase was opened or closed by hand, by whom and why. Never edited."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="acts")
    opens = models.BooleanField()
    reason = LineField(_("lý do"), max_length=500)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("việc mở, đóng giai đoạn")
        ordering = ["at", "pk"]
