"""What is known of bytes that are kept; the bytes themselves lie in the storage."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from thidua.core.fields import BodyField, LineField

TIME_OVER = gettext_noop("hết thời hạn giữ")  # the basis of what goes by itself


class Blob(models.Model):
    """One content, kept once whoever brings it and however often.

    The name that a person gave it, and who may see it, belong to the row that uses it. Blanked
    means that the bytes are gone on lawful request; digest, size and reason stay.
    """

    digest = models.CharField(_("mã băm SHA-256"), max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("số byte"))
    media_type = models.CharField(_("loại nội dung"), max_length=100)
    suffix = models.CharField(_("đuôi tên tệp"), max_length=10)
    kept_at = models.DateTimeField(_("nhận lúc"))
    blanked_at = models.DateTimeField(_("xóa nội dung lúc"), null=True)
    blank_reason = BodyField(_("lý do xóa"), blank=True)
    blank_basis = LineField(_("căn cứ xóa"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("tệp")
        constraints = [
            models.CheckConstraint(
                condition=Exact(Length("digest"), 64), name="blob_digest_is_sha256"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="blob_is_not_empty"),
            models.CheckConstraint(
                condition=Q(blanked_at=None, blank_reason="", blank_basis="")
                | (Q(blanked_at__isnull=False) & ~Q(blank_reason="") & ~Q(blank_basis="")),
                name="blob_blanked_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return _now("tệp %(start)s…") % {"start": self.digest[:12]}

    @property
    def is_blanked(self) -> bool:
        """Whether the bytes are gone on lawful request."""
        return self.blanked_at is not None

    @property
    def is_let_go(self) -> bool:
        """Whether the bytes are gone only because their time was over: they may come again."""
        return self.blank_basis == TIME_OVER

    @property
    def is_picture(self) -> bool:
        """Whether the content is a picture that browsers show."""
        return self.media_type.startswith("image/")

    @property
    def is_pdf(self) -> bool:
        """Whether the content is a PDF."""
        return self.media_type == "application/pdf"
