"""Notices: one row for each person who should know."""

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.core.fields import LineField
from thidua.notifications.links import address_of


class Notice(models.Model):
    """A sentence for one person about one of their organisations, with the place to go.

    ``mail`` is the mail that carries it, if one does: never more than one.
    """

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )
    sentence = LineField(_("nội dung"), max_length=500)
    facts = models.JSONField(default=dict)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey(
        "notifications.Mail", models.PROTECT, null=True, blank=True, related_name="notices"
    )

    class Meta:
        verbose_name = _("thông báo")
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["user", "read_at"])]

    @property
    def text(self) -> str:
        """The sentence with its facts, in the language of whoever reads it now."""
        return _now(self.sentence) % self.facts

    @property
    def link(self) -> str:
        """The address of what the notice is about; empty when nothing shows it."""
        return address_of(self.about_type, self.about_id)
