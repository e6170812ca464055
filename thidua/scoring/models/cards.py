"""Marking: layers of a year, a card for each member, sheets of those who mark, their marks."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import BodyField, LineField
from thidua.scoring import permissions as may
from thidua.scoring.models.tables import Criterion, ScoringTable


class Layer(models.Model):
    """One layer of marks in a year. None overwrites another; the highest that marked counts."""

    class Kind(models.TextChoices):
        SELF = "self", _("tự chấm")
        CROSS = "cross", _("kiểm tra chéo")
        LEAD = "lead", _("trưởng và phó thẩm định")
        MEETING = "meeting", _("hội nghị thống nhất")
        BOARD = "board", _("cơ quan quản lý thẩm định")

    class Combine(models.TextChoices):
        AGREED = "agreed", _("các bên phải thống nhất")
        MEAN = "mean", _("trung bình cộng")
        MEDIAN = "median", _("trung vị")

    cycle = models.ForeignKey("cycles.Cycle", models.PROTECT, related_name="layers")
    kind = models.CharField(_("lớp chấm"), max_length=8, choices=Kind)
    place = models.PositiveSmallIntegerField()
    combine = models.CharField(
        _("khi nhiều bên cùng chấm"), max_length=7, choices=Combine, default=Combine.MEAN
    )
    is_blind = models.BooleanField(_("chấm xong mới thấy điểm của bên khác"), default=True)

    class Meta:
        verbose_name = _("lớp chấm")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint("cycle", "kind", name="one_layer_of_a_kind"),
            models.UniqueConstraint("cycle", "place", name="one_layer_at_a_place"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Card(RulesModel):
    """The marks of one member by one version of the table (phiếu điểm)."""

    enrolment = models.ForeignKey("cycles.Enrolment", models.PROTECT, related_name="cards")
    table = models.ForeignKey(ScoringTable, models.PROTECT, related_name="cards")
    is_illustration = models.BooleanField(_("minh họa"), default=False)

    class Meta:
        verbose_name = _("phiếu điểm")
        ordering = ["enrolment__place", "pk"]
        constraints = [models.UniqueConstraint("enrolment", "table", name="one_card_by_a_table")]
        rules_permissions = {"view": may.view_card, "prove": may.prove_card}

    def __str__(self) -> str:
        return _now("Phiếu điểm của %(unit)s") % {"unit": self.enrolment.organization}


class Sheet(RulesModel):
    """The marks of one card by one organisation in one layer."""

    class State(models.TextChoices):
        OPEN = "open", _("đang chấm")
        SENT = "sent", _("đã gửi điểm")

    NEXT = {State.OPEN: {State.SENT}, State.SENT: {State.OPEN}}
    card = models.ForeignKey(Card, models.PROTECT, related_name="sheets")
    layer = models.ForeignKey(Layer, models.PROTECT, related_name="sheets")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    state = models.CharField(_("trạng thái"), max_length=5, choices=State, default=State.OPEN)
    sent_at = models.DateTimeField(_("gửi lúc"), null=True)
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    is_late = models.BooleanField(_("gửi muộn"), default=False)
    digest = models.CharField(_("mã băm SHA-256"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("bảng chấm")
        ordering = ["layer__place", "pk"]
        constraints = [
            models.UniqueConstraint("card", "layer", "organization", name="one_sheet_of_a_scorer"),
            models.CheckConstraint(
                condition=Q(state="open", digest="", sent_at=None)
                | (Q(state="sent", sent_at__isnull=False) & ~Q(digest="")),
                name="sent_sheet_has_a_digest",
            ),
        ]
        rules_permissions = {"mark": may.mark_sheet, "send": may.send_sheet}

    def __str__(self) -> str:
        told = {"layer": self.layer, "unit": self.card.enrolment.organization}
        return _now("%(layer)s: %(unit)s") % told

    @property
    def is_sent(self) -> bool:
        """Whether its marks count and are seen by others."""
        return self.state == self.State.SENT


class Mark(models.Model):
    """What one scorer gave for one criterion. What another gave before stays as an older row."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    number = models.PositiveIntegerField(_("lần ghi"), default=1)
    is_current = models.BooleanField(default=True)
    was_sent = models.BooleanField(default=False)
    value = models.DecimalField(_("giá trị"), max_digits=19, decimal_places=4, null=True)
    target = models.DecimalField(_("chỉ tiêu"), max_digits=19, decimal_places=4, null=True)
    is_na = models.BooleanField(_("không áp dụng"), default=False)
    points = models.IntegerField(_("điểm"), null=True)
    knocks_out = models.BooleanField(_("điểm liệt"), default=False)
    reason = BodyField(_("lý do"), blank=True)
    fact = LineField(_("theo dữ liệu"), max_length=500, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("điểm")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("sheet", "criterion", "number", name="mark_numbered_once"),
            models.UniqueConstraint(
                fields=["sheet", "criterion"],
                condition=Q(is_current=True),
                name="one_current_mark",
            ),
            models.CheckConstraint(
                condition=Q(is_na=False) | Q(value=None, points=None), name="na_has_no_points"
            ),
        ]

    def content(self) -> dict[str, Any]:
        """Return what the sheet's digest is made of."""
        return {
            "criterion": self.criterion_id,
            "value": None if self.value is None else f"{self.value.normalize():f}",
            "target": None if self.target is None else f"{self.target.normalize():f}",
            "na": self.is_na,
            "points": self.points,
            "reason": self.reason,
        }


class Proof(models.Model):
    """That a piece of evidence stands behind a criterion of a card."""

    card = models.ForeignKey(Card, models.PROTECT, related_name="proofs")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    evidence = models.ForeignKey("reporting.Evidence", models.PROTECT, related_name="proofs")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("minh chứng của tiêu chí")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("card", "criterion", "evidence", name="proof_once"),
        ]


class Conflict(models.Model):
    """That an organisation should not mark another (xung đột lợi ích), declared with a reason."""

    enrolment = models.ForeignKey("cycles.Enrolment", models.PROTECT, related_name="conflicts")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    reason = LineField(_("lý do"), max_length=500)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("xung đột lợi ích")
        constraints = [
            models.UniqueConstraint("enrolment", "organization", name="conflict_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="conflict_has_a_reason"),
        ]
