"""The numbers of papers: typed from the issuer's own register, or given out by a book of ours."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import FoldedField, LineField
from thidua.documents import permissions as may
from thidua.documents.models.versions import Version


class NumberBook(models.Model):
    """Which numbers the program gives out for an issuer: one book for each kind and year.

    Where there is no book, numbers are typed from the issuer's own register. ``last`` is the last
    number given out; whoever takes the next locks this row.
    """

    issuer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="books")
    kind = LineField(_("loại văn bản"), max_length=20)
    year = models.PositiveSmallIntegerField(_("năm"))
    last = models.PositiveIntegerField(_("số cuối cùng đã lấy"), default=0)

    class Meta:
        verbose_name = _("sổ cấp số")
        ordering = ["issuer", "-year", "kind"]
        constraints = [models.UniqueConstraint("issuer", "kind", "year", name="one_book")]


class Number(RulesModel):
    """One number of one issuer, kind and year: a line of the book of outgoing papers.

    ``kind`` is the abbreviation in the symbol ("BC", "KH"; "CV" for a công văn). A cancelled number
    keeps its reason and is never given out again.
    """

    issuer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="numbers")
    kind = LineField(_("loại văn bản"), max_length=20)
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số"))
    symbol = LineField(_("số và ký hiệu"), max_length=60)
    dated = models.DateField(_("ngày văn bản"))
    title = LineField(_("trích yếu"), max_length=500)
    signer = LineField(_("người ký"), max_length=200, blank=True)
    recipients = LineField(_("nơi nhận"), max_length=500, blank=True)
    is_ours = models.BooleanField(_("do chương trình cấp"), default=False)
    version = models.OneToOneField(Version, models.PROTECT, null=True, related_name="number")
    taken_at = models.DateTimeField(_("lấy số lúc"))
    taken_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(_("hủy lúc"), null=True)
    cancel_reason = LineField(_("lý do hủy"), max_length=500, blank=True)
    folded = FoldedField("symbol", "title", "signer", "recipients")

    class Meta:
        verbose_name = _("số văn bản")
        ordering = ["issuer", "-year", "kind", "number"]
        rules_permissions = {"view": may.view_number, "cancel": may.cancel_number}
        constraints = [
            models.UniqueConstraint("issuer", "kind", "year", "number", name="one_paper_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="numbers_begin_with_one"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancel_reason="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancel_reason="")),
                name="cancelled_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.symbol
