"""Notices: one row for each person who should know."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.core.fields import LineField


class Notice(models.Model):
    """A sentence for one person about one of their organisations, with the place to go."""

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )
    sentence = LineField(_("nội dung"), max_length=500)
    link = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("thông báo")
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["user", "read_at"])]
