"""Drafts of a year's papers, and how each draft stood when it was saved."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import LineField
from thidua.paperwork import permissions as may


class Draft(RulesModel):
    """One paper of a year in the making, or the one it became (``version``).

    ``kind`` is the key of a `paperwork.kinds` module. A member's own paper names its ``enrolment``;
    one about a single row (a period, a sheet) has its id as ``subject``, else 0. ``parts`` are the
    free texts, by the names that the kind gives them; what is not in it is as the kind proposes.
    ``revision`` grows with each saving, so that nobody saves over what they have not seen.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        ISSUED = "issued", _("đã ban hành")

    NEXT = {State.DRAFT: {State.ISSUED}, State.ISSUED: set()}

    kind = models.CharField(_("loại văn bản"), max_length=30)
    cycle = models.ForeignKey("cycles.Cycle", models.PROTECT, related_name="drafts")
    enrolment = models.ForeignKey(
        "cycles.Enrolment", models.PROTECT, null=True, related_name="drafts"
    )
    subject = models.PositiveBigIntegerField(default=0)
    issuer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    state = models.CharField(_("tình trạng"), max_length=8, choices=State, default=State.DRAFT)
    parts = models.JSONField(_("phần tự viết"), default=dict)
    revision = models.PositiveIntegerField(default=1)
    place = LineField(_("địa danh"), max_length=100, blank=True)
    dated = models.DateField(_("ngày văn bản"), null=True, blank=True)
    typed_number = models.PositiveIntegerField(_("số"), null=True, blank=True)
    signer = models.ForeignKey(
        "accounts.Appointment", models.PROTECT, null=True, blank=True, related_name="+"
    )
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    version = models.OneToOneField(
        "documents.Version", models.PROTECT, null=True, related_name="draft"
    )

    class Meta:
        verbose_name = _("dự thảo văn bản")
        ordering = ["cycle", "kind", "enrolment", "pk"]
        rules_permissions = {
            "view": may.view,
            "write": may.write,
            "issue": may.issue,
            "withdraw": may.issue,
        }
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "kind", "enrolment", "subject"],
                condition=Q(state="draft", enrolment__isnull=False),
                name="one_draft_of_a_member",
            ),
            models.UniqueConstraint(
                fields=["cycle", "kind", "subject"],
                condition=Q(state="draft", enrolment=None),
                name="one_draft_of_a_bloc",
            ),
            models.CheckConstraint(
                condition=Q(state="issued", version__isnull=False) | Q(state="draft", version=None),
                name="issued_with_a_version",
            ),
        ]

    @property
    def is_issued(self) -> bool:
        """Whether it became a paper, withdrawn since or not."""
        return self.state == self.State.ISSUED

    @property
    def file_name(self) -> str:
        """The name of its files, without what tells the form."""
        return f"{self.kind}-{self.pk}".replace("_", "-")


class Saving(models.Model):
    """How a draft's paper read when somebody saved it: what the next look is compared with."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="savings")
    official = models.JSONField(_("nội dung"))
    at = models.DateTimeField(_("lưu lúc"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("lần lưu dự thảo")
        ordering = ["-pk"]
