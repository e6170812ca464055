"""Legal texts that a board has added or put right, beside those that the lawbook ships."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import BodyField, FoldedField, LineField
from thidua.documents import permissions as may


class LegalText(RulesModel):
    """A law, decree, decision …: what a căn cứ line names, and from when until when it holds.

    ``key`` is a lawbook key ("TX08") where the row takes the place of what is shipped, else one of
    our own. ``certainty`` has the values of `lawbook.texts.Certainty`.
    """

    key = models.CharField(max_length=20, unique=True)
    form = LineField(_("loại văn bản"), max_length=60, blank=True)
    number = LineField(_("số, ký hiệu"), max_length=60, blank=True)
    title = LineField(_("tên gọi, trích yếu"), max_length=500, blank=True)
    issuer = LineField(_("cơ quan ban hành"), max_length=300, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    since = models.DateField(_("có hiệu lực từ ngày"), null=True, blank=True)
    until = models.DateField(_("hết hiệu lực sau ngày"), null=True, blank=True)
    replaced_by = models.CharField(_("được thay bằng"), max_length=20, blank=True)
    articles = BodyField(_("các điều khoản dùng đến"), blank=True)
    note = BodyField(_("ghi chú"), blank=True)
    certainty = models.CharField(_("mức chắc chắn"), max_length=10)
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )
    folded = FoldedField("number", "title", "issuer")

    class Meta:
        verbose_name = _("văn bản pháp luật")
        ordering = ["key"]
        rules_permissions = {"begin": may.begin_legal_text, "write": may.write_legal_text}
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="legal_text_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.number}".strip() or self.title
