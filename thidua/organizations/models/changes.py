"""Acts by which organisations changed: one row for each act, and who came after whom."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import BodyField, LineField
from thidua.core.text import day_text
from thidua.organizations import permissions as may
from thidua.organizations.models.units import Organization


class Reorganization(RulesModel):
    """One act by which organisations changed (việc sắp xếp), with its decision.

    A rename or a move is about one ``subject``, which goes on; the other acts have `Succession`
    rows. ``told`` names the units as they were called then and stays when an act is undone.
    """

    class Act(models.TextChoices):
        RENAME = "rename", _("đổi tên")
        MERGE = "merge", _("hợp nhất thành đơn vị mới")
        ABSORB = "absorb", _("sáp nhập vào đơn vị đang có")
        SPLIT = "split", _("chia, tách")
        DISSOLVE = "dissolve", _("giải thể")
        MOVE = "move", _("chuyển sang đơn vị cấp trên khác")

    act = models.CharField(_("việc"), max_length=8, choices=Act)
    told = LineField(_("nội dung"), max_length=2000)
    number = LineField(_("số quyết định"), max_length=300, blank=True)
    decided_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    issuer = LineField(_("cơ quan ban hành"), max_length=300, blank=True)
    effective_on = models.DateField(_("có hiệu lực từ ngày"))
    note = BodyField(_("ghi chú"), blank=True)
    subject = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="own_changes")
    former_parent = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    has_followed = models.BooleanField(_("đã kéo theo việc khác"), default=False)
    entered_at = models.DateTimeField(_("ghi lúc"))
    undone_at = models.DateTimeField(_("gỡ lúc"), null=True)
    undo_reason = LineField(_("lý do gỡ"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("việc sắp xếp đơn vị")
        ordering = ["-effective_on", "-pk"]
        rules_permissions = {"correct": may.correct}
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=["rename", "move"], subject__isnull=False)
                | (~Q(act__in=["rename", "move"]) & Q(subject=None)),
                name="rename_and_move_have_a_subject",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | ~Q(undo_reason=""), name="undoing_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.told

    @property
    def basis(self) -> str:
        """The decision in one line: number, day, who issued it."""
        parts = [self.number]
        if self.decided_on:
            parts.append(_now("ngày %(day)s") % {"day": day_text(self.decided_on)})
        return ", ".join(part for part in [*parts, self.issuer] if part)

    def units(self) -> list[Organization]:
        """Return every organisation that the act is about, once (prefetch ``successions``)."""
        rows = self.successions.all()
        found = [self.subject] if self.subject else []
        found += [row.predecessor for row in rows]
        found += [row.successor for row in rows if row.successor]
        return list(dict.fromkeys(found))


class Succession(models.Model):
    """That one organisation came after another; ``successor`` None: it ended and nobody came."""

    reorganization = models.ForeignKey(Reorganization, models.PROTECT, related_name="successions")
    predecessor = models.ForeignKey(Organization, models.PROTECT, related_name="onward")
    successor = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="origins")

    class Meta:
        verbose_name = _("kế thừa")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "reorganization", "predecessor", "successor", name="came_after_once"
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(predecessor=F("successor")),
                name="no_merger_with_itself",
            ),
        ]

    @property
    def former_name(self) -> str:
        """The predecessor's name on its last day (prefetch ``predecessor__names``)."""
        return self.predecessor.name_on(self.reorganization.effective_on)
