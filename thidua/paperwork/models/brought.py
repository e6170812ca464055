"""What a member brings as Word or PDF: its own report, a regulation, with the words read out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import BodyField, FoldedField, LineField
from thidua.paperwork import brought_permissions as may


class Brought(RulesModel):
    """A paper of a unit in a year, written elsewhere: its file, and its words for reading.

    ``text`` has one paragraph a line, and is empty where the file is a scan. It is the unit's own
    until it was sent; what was removed is shown to the unit alone.
    """

    class Kind(models.TextChoices):
        REPORT = "report", _("báo cáo")
        REGULATION = "regulation", _("quy chế")
        OTHER = "other", _("văn bản khác")

    class State(models.TextChoices):
        KEPT = "kept", _("chưa gửi")
        SENT = "sent", _("đã gửi")
        REMOVED = "removed", _("đã bỏ")

    NEXT = {
        State.KEPT: {State.SENT, State.REMOVED},
        State.SENT: {State.KEPT},
        State.REMOVED: set(),
    }

    enrolment = models.ForeignKey("cycles.Enrolment", models.PROTECT, related_name="brought")
    kind = models.CharField(_("loại văn bản"), max_length=10, choices=Kind)
    state = models.CharField(_("tình trạng"), max_length=7, choices=State, default=State.KEPT)
    title = LineField(_("trích yếu"), max_length=300)
    dated = models.DateField(_("ngày văn bản"), null=True, blank=True)
    name = LineField(_("tên tệp"), max_length=300)
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+")
    text = BodyField(_("nội dung"), blank=True)
    folded = FoldedField("title", "text")
    is_illustration = models.BooleanField(_("minh họa"), default=False)
    at = models.DateTimeField(_("đưa lên lúc"))
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(_("gửi lúc"), null=True)
    removed_reason = LineField(_("lý do bỏ"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("văn bản riêng")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "blob"],
                condition=~Q(state="removed"),
                name="brought_once_a_year",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                name="brought_sent_with_its_time",
            ),
            models.CheckConstraint(
                condition=(Q(state="removed") & ~Q(removed_reason=""))
                | (~Q(state="removed") & Q(removed_reason="")),
                name="brought_removed_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="brought_has_a_title"),
        ]
        rules_permissions = {"view": may.view, "write": may.write, "send": may.send}

    def __str__(self) -> str:
        return self.title

    @property
    def is_sent(self) -> bool:
        """Whether those who follow the year see it."""
        return self.state == self.State.SENT

    @property
    def is_removed(self) -> bool:
        """Whether the unit has taken it away again."""
        return self.state == self.State.REMOVED

    @property
    def has_articles(self) -> bool:
        """Whether its headings may become articles."""
        return self.kind == self.Kind.REGULATION and bool(self.text)

    @property
    def paragraphs(self) -> list[str]:
        """Its words, paragraph by paragraph."""
        return self.text.splitlines()


class Article(models.Model):
    """An article (Điều) of a regulation that was brought, as somebody confirmed it."""

    brought = models.ForeignKey(Brought, models.PROTECT, related_name="articles")
    place = models.PositiveSmallIntegerField(_("thứ tự"))
    number = LineField(_("số điều"), max_length=10)
    title = LineField(_("tên điều"), max_length=300, blank=True)
    chapter = LineField(_("chương, mục"), max_length=330, blank=True)
    text = BodyField(_("nội dung"), blank=True)

    class Meta:
        verbose_name = _("điều của quy chế")
        ordering = ["brought", "place"]
        constraints = [
            models.UniqueConstraint(fields=["brought", "place"], name="one_article_a_place"),
            models.UniqueConstraint(fields=["brought", "number"], name="one_article_a_number"),
            models.CheckConstraint(condition=~Q(number=""), name="article_has_a_number"),
        ]

    def __str__(self) -> str:
        return _now("Điều %(number)s. %(title)s") % {"number": self.number, "title": self.title}
