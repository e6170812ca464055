"""When the members report, and how far each target has come."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua.core import clock
from thidua.core.fields import LineField
from thidua.core.numbers import format_number
from thidua.cycles.models import Phase


class Period(models.Model):
    """A time of the year for which every member reports (kỳ báo cáo): days derive its standing."""

    class Kind(models.TextChoices):
        HALF_YEAR = "half_year", _("sơ kết 6 tháng")
        YEAR = "year", _("tổng kết năm")
        OTHER = "other", _("kỳ khác")

    Standing = Phase.Standing
    # The phase of the year that, once closed by hand, closes the period too.
    PHASES = {Kind.HALF_YEAR: Phase.Kind.INTERIM, Kind.YEAR: Phase.Kind.SELF_SCORING}
    cycle = models.ForeignKey("cycles.Cycle", models.PROTECT, related_name="periods")
    kind = models.CharField(_("loại kỳ"), max_length=10, choices=Kind, default=Kind.OTHER)
    name = LineField(_("tên kỳ báo cáo"), max_length=200)
    opens_on = models.DateField(_("nhận từ ngày"))
    due_on = models.DateField(_("hạn gửi"))
    closes_on = models.DateField(_("đóng sau ngày"), null=True, blank=True)
    source = LineField(_("nguồn của các ngày"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("kỳ báo cáo")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "kind"], condition=~Q(kind="other"), name="usual_period_once"
            ),
            models.UniqueConstraint("cycle", "name", name="period_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="period_has_a_name"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on"))
                & (Q(closes_on=None) | Q(closes_on__gte=F("due_on"))),
                name="period_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed_by_hand(self) -> bool:
        """Whether the last act by hand on the phase it belongs to closed that phase.

        Reads ``cycle.phases.acts``: prefetch them for lists.
        """
        phase = self.cycle.phase(self.PHASES.get(self.Kind(self.kind), ""))
        acts = phase.acts.all() if phase else []
        last = max(acts, key=lambda act: (act.at, act.pk), default=None)
        return last is not None and not last.opens

    def standing(self, moment: datetime | None = None) -> str:
        """Return a `Phase.Standing` at ``moment`` (now): each day ends 24:00 Asia/Ho_Chi_Minh."""
        moment = moment or clock.now()
        if self.is_closed_by_hand:
            return self.Standing.CLOSED
        if moment < clock.start_of(self.opens_on):
            return self.Standing.UPCOMING
        if self.closes_on and moment >= clock.end_of(self.closes_on):
            return self.Standing.CLOSED
        return self.Standing.LATE if self.is_past_due(moment) else self.Standing.OPEN

    def is_past_due(self, moment: datetime | None = None) -> bool:
        """Whether what is not in is missing: its due day is over, or it was closed by hand."""
        moment = moment or clock.now()
        return moment >= clock.end_of(self.due_on) or self.is_closed_by_hand

    @property
    def accepts(self) -> bool:
        """Whether a report may be sent now, on time or late."""
        return self.standing() in (self.Standing.OPEN, self.Standing.LATE)


class Measurement(models.Model):
    """How far a target had come on a day. Never edited: a correction is a new row.

    The newest day counts, and of one day what was written last (the first in this order).
    """

    target = models.ForeignKey("targets.Target", models.PROTECT, related_name="measurements")
    period = models.ForeignKey(
        Period, models.PROTECT, null=True, blank=True, related_name="measurements"
    )
    value = models.DecimalField(
        _("số đạt được"), max_digits=19, decimal_places=4, null=True, blank=True
    )
    is_done = models.BooleanField(_("đã thực hiện"), null=True, blank=True)
    measured_on = models.DateField(_("tính đến ngày"))
    note = LineField(_("ghi chú"), max_length=500, blank=True)
    is_confirmed_jump = models.BooleanField(_("đã xác nhận số chênh lớn"), default=False)
    organization_name = LineField(max_length=300)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("số đo")
        ordering = ["-measured_on", "-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=True, is_done__isnull=False)
                | Q(value__isnull=False, is_done__isnull=True),
                name="a_number_or_yes_no",
            ),
        ]

    def __str__(self) -> str:
        if self.is_done is None:
            return format_number(self.value)
        return str(_("có") if self.is_done else _("chưa"))
