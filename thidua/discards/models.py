"""A deleted draft: its rows as they were, for a month."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import LineField
from thidua.discards import permissions as may

KEPT_FOR = timedelta(days=30)


class Discard(RulesModel):
    """What was deleted while it was a draft (đã xóa): ``rows`` as Django's serializer writes them.

    The first row is the thing itself, what hung on it follows. ``within`` is what it stood in.
    """

    title = LineField(_("đã xóa"), max_length=400)
    about_type = models.CharField(max_length=60)
    within_type = models.CharField(max_length=60)
    within_id = models.BigIntegerField()
    within_name = LineField(_("trong"), max_length=400)
    rows = models.JSONField()
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("xóa lúc"))
    restored_at = models.DateTimeField(_("lấy lại lúc"), null=True)
    restored_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("bản nháp đã xóa")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["organization", "at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(restored_at=None, restored_by=None) | Q(restored_at__isnull=False),
                name="restored_at_a_time",
            ),
        ]
        rules_permissions = {"restore": may.restore}

    def __str__(self) -> str:
        return self.title
