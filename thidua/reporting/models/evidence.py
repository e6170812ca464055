"""What proves a report: files kept once by content, links, or a written reason for having none."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import BodyField, LineField
from thidua.reporting import permissions as may

LONGEST_URL = 2000


class Evidence(RulesModel):
    """A file, a link or an explanation of one unit in one year; used wherever it proves something.

    It is the unit's own until something it hangs on was sent (`Sharing`).
    """

    class Kind(models.TextChoices):
        FILE = "file", _("tệp")
        LINK = "link", _("đường dẫn")
        EXPLANATION = "explanation", _("giải trình")

    enrolment = models.ForeignKey("cycles.Enrolment", models.PROTECT, related_name="evidence")
    kind = models.CharField(_("loại minh chứng"), max_length=11, choices=Kind)
    blob = models.ForeignKey("files.Blob", models.PROTECT, null=True, related_name="+")
    name = LineField(_("tên minh chứng"), max_length=300, blank=True)
    url = models.CharField(_("địa chỉ"), max_length=LONGEST_URL, blank=True)
    text = BodyField(_("lời giải trình"), blank=True)
    is_illustration = models.BooleanField(_("minh họa"), default=False)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(_("rút lúc"), null=True, blank=True)
    withdrawn_reason = LineField(_("lý do rút"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("minh chứng")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="file", blob__isnull=False, url="", text="") & ~Q(name=""))
                | (Q(kind="link", blob=None, text="") & ~Q(url="") & ~Q(name=""))
                | (Q(kind="explanation", blob=None, url="") & ~Q(text="")),
                name="evidence_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="withdrawn_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "blob"],
                condition=Q(kind="file", withdrawn_at=None),
                name="file_once_a_year",
            ),
        ]
        rules_permissions = {"view": may.view_evidence, "keep": may.keep_evidence}

    def __str__(self) -> str:
        if self.kind == self.Kind.EXPLANATION:
            return self.name or _now("Giải trình")
        return self.name

    @property
    def is_shared(self) -> bool:
        """Whether something it hangs on was sent (prefetch ``sharings``)."""
        return bool(self.sharings.all())

    @property
    def is_withdrawn(self) -> bool:
        """Whether the unit has taken it out again."""
        return self.withdrawn_at is not None


class EvidenceUse(models.Model):
    """That a piece of evidence proves a target, or a report as a whole."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="uses")
    target = models.ForeignKey(
        "targets.Target", models.PROTECT, null=True, related_name="evidence_uses"
    )
    report = models.ForeignKey(
        "reporting.Report", models.PROTECT, null=True, related_name="evidence_uses"
    )

    class Meta:
        verbose_name = _("chỗ dùng minh chứng")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target=None, report__isnull=False)
                | Q(target__isnull=False, report=None),
                name="used_in_one_place",
            ),
            models.UniqueConstraint(
                fields=["evidence", "target"],
                condition=Q(target__isnull=False),
                name="proves_a_target_once",
            ),
            models.UniqueConstraint(
                fields=["evidence", "report"],
                condition=Q(report__isnull=False),
                name="proves_a_report_once",
            ),
        ]


class Sharing(models.Model):
    """That the sending of something lets those who follow the year see the evidence in it.

    ``thing`` is the label (app.model) of the act that sent it, ``thing_id`` its id: a report's
    sending here, a card's above. Taken back together with that sending.
    """

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="sharings")
    thing = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("việc cho xem minh chứng")
        constraints = [
            models.UniqueConstraint("evidence", "thing", "thing_id", name="shared_once"),
        ]
        indexes = [models.Index(fields=["thing", "thing_id"])]
