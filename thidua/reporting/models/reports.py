"""A member's report for a period: its text, how it was sent, and what was answered."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.digest import digest_data
from thidua.core.fields import BodyField, LineField
from thidua.reporting import permissions as may
from thidua.reporting.models.measuring import Period


class Report(RulesModel):
    """What one member reports for one period. Its numbers come from the measurements.

    Others read what was sent (`last_sending`), never what is being written since.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        SENT = "sent", _("đã gửi, chờ trả lời")
        RETURNED = "returned", _("cần đơn vị xem lại")
        ACCEPTED = "accepted", _("đã được tiếp nhận")

    NEXT = {
        State.DRAFT: {State.SENT},
        State.SENT: {State.DRAFT, State.RETURNED, State.ACCEPTED},
        State.RETURNED: {State.SENT},
        State.ACCEPTED: set(),
    }
    TEXTS = ("achievements", "difficulties", "plan", "proposals")
    enrolment = models.ForeignKey("cycles.Enrolment", models.PROTECT, related_name="reports")
    period = models.ForeignKey(Period, models.PROTECT, related_name="reports")
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.DRAFT)
    achievements = BodyField(_("kết quả"), blank=True)
    difficulties = BodyField(_("hạn chế, nguyên nhân"), blank=True)
    plan = BodyField(_("phương hướng"), blank=True)
    proposals = BodyField(_("kiến nghị"), blank=True)
    saved_at = models.DateTimeField(_("lưu lúc"), null=True, blank=True)
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    is_illustration = models.BooleanField(_("minh họa"), default=False)

    class Meta:
        verbose_name = _("báo cáo")
        ordering = ["period__due_on", "enrolment__place", "pk"]
        constraints = [
            models.UniqueConstraint("enrolment", "period", name="one_report_a_period"),
        ]
        rules_permissions = {
            "view": may.view,
            "prepare": may.prepare,
            "send": may.send,
            "answer": may.answer,
        }

    def __str__(self) -> str:
        names = {"period": self.period.name, "unit": self.enrolment.organization}
        return _now("Báo cáo “%(period)s” của %(unit)s") % names

    @property
    def is_editable(self) -> bool:
        """Whether the member may change what stands in it."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    @property
    def is_shared(self) -> bool:
        """Whether those who follow the year may read what was sent."""
        return self.state != self.State.DRAFT

    @classmethod
    def label_of(cls, section: str) -> str:
        """Return the name of a free text, one of ``TEXTS``, in the reader's language."""
        field = cls._meta.get_field(section)
        return str(getattr(field, "verbose_name", section))

    def texts(self) -> dict[str, str]:
        """Return its free texts by section."""
        return {name: getattr(self, name) for name in self.TEXTS}

    @property
    def rounds(self) -> list["ReportSending"]:
        """The sendings that were not taken back, oldest first (prefetch ``sendings``)."""
        kept: list[ReportSending] = []
        for sending in sorted(self.sendings.all(), key=lambda s: (s.at, s.pk)):
            if not sending.takes_back:
                kept.append(sending)
            elif kept:
                kept.pop()
        return kept

    def last_sending(self) -> "ReportSending | None":
        """Return the sending that others read: the newest that was not taken back, or None."""
        return self.rounds[-1] if self.rounds else None

    @property
    def is_late(self) -> bool:
        """Whether it first came after its due day. What came on time stays so when it is
        returned and sent anew; what was taken back did not come."""
        return bool(self.rounds) and self.rounds[0].is_late

    def remarks(self) -> list["ReportAnswer"]:
        """Return what is to be looked at while it is returned: one row for each place."""
        sent = self.last_sending()
        if sent is None or self.state != self.State.RETURNED:
            return []
        return [a for a in self.answers.all() if a.sending_id == sent.pk]


class Turnout(models.Model):
    """How many people of the member took part in a movement of the year."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="turnouts")
    adoption = models.ForeignKey("movements.Adoption", models.PROTECT, related_name="+")
    people = models.PositiveIntegerField(_("số người tham gia"))
    note = LineField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("số người tham gia phong trào")
        ordering = ["adoption__place", "pk"]
        constraints = [
            models.UniqueConstraint("report", "adoption", name="turnout_once"),
            models.CheckConstraint(condition=Q(people__gte=0), name="no_fewer_than_nobody"),
        ]


class ReportSending(models.Model):
    """That a report was sent, with exactly what was sent, or taken back. Never edited."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="sendings")
    takes_back = models.BooleanField(default=False)
    is_late = models.BooleanField(_("gửi muộn"), default=False)
    content = models.JSONField(default=dict)
    digest = models.CharField(_("mã băm SHA-256"), max_length=64, blank=True)
    organization_name = LineField(max_length=300)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("lần gửi báo cáo")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(takes_back=True, is_late=False, digest="")
                | (Q(takes_back=False) & ~Q(digest="")),
                name="sent_with_a_digest",
            ),
        ]

    @property
    def matches(self) -> bool:
        """Whether the content is still what its digest was made of; a take-back has none."""
        return self.takes_back or digest_data(self.content) == self.digest

    def targets(self) -> list[dict[str, Any]]:
        """Return the lines of the targets as they were sent."""
        return list(self.content.get("targets", []))


class ReportAnswer(models.Model):
    """That a sent report was accepted, or one place for which it was returned. Never edited."""

    class Kind(models.TextChoices):
        ACCEPT = "accept", _("tiếp nhận")
        RETURN = "return", _("trả lại")

    report = models.ForeignKey(Report, models.PROTECT, related_name="answers")
    sending = models.ForeignKey(ReportSending, models.PROTECT, related_name="answers")
    kind = models.CharField(_("trả lời"), max_length=6, choices=Kind)
    place = models.CharField(_("chỗ cần xem lại"), max_length=40, blank=True)
    place_name = LineField(_("tên chỗ cần xem lại"), max_length=400, blank=True)
    reason = LineField(_("lý do"), max_length=1000, blank=True)
    organization_name = LineField(max_length=300)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("trả lời báo cáo")
        ordering = ["-at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="accept", place="")
                | (Q(kind="return") & ~Q(place="") & ~Q(reason="")),
                name="a_return_has_place_and_reason",
            ),
            models.UniqueConstraint(
                fields=["sending"], condition=Q(kind="accept"), name="accepted_once"
            ),
        ]
