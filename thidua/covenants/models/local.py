"""One asking of the signing service on a person's own machine."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class LocalSigning(models.Model):
    """That the service on a person's machine was asked to sign one text for one organisation, once.

    The service has no cookies of ours: it fetches the PDF and brings it back by a secret, of which
    ``digest`` is kept. ``used_at``: a file was brought, whatever came of it; ``refusal`` is why it
    was not taken. What was taken is a `Signature` like any other.
    """

    class Call(models.TextChoices):
        APPROVED = "approved", _("Chữ ký của người lãnh đạo")
        ISSUED = "issued", _("Chữ ký số (con dấu) của cơ quan")

    covenant = models.ForeignKey("covenants.Covenant", models.PROTECT, related_name="+")
    version = models.ForeignKey("documents.Version", models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    call = models.CharField(_("ký gì"), max_length=8, choices=Call)
    digest = models.CharField(_("mã băm của mã phiên"), max_length=64, unique=True)
    asked_at = models.DateTimeField(_("mở lúc"))
    expires_at = models.DateTimeField(_("dùng được tới"))
    used_at = models.DateTimeField(_("nộp tệp lúc"), null=True)
    refusal = models.TextField(_("vì sao không nhận"), blank=True)

    class Meta:
        verbose_name = _("phiên ký trên máy người ký")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")), name="local_signing_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(refusal="") | Q(used_at__isnull=False),
                name="local_signing_refused_when_used",
            ),
        ]

    def is_living(self, moment: datetime) -> bool:
        """Say whether the PDF may still be fetched and brought at ``moment``."""
        return self.used_at is None and moment < self.expires_at
