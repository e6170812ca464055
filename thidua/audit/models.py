"""Audit entries and the heads of their chains.

An entry names things by id and by the name they had then; it has no foreign key, so that
nothing that happens to a row later can touch what was recorded of it.
"""

from datetime import UTC
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.core.digest import digest_data
from thidua.core.fields import LineField


class Entry(models.Model):
    """One thing that happened. Triggers refuse to change or delete the row."""

    chain = models.CharField(max_length=40)
    number = models.PositiveBigIntegerField()
    code = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = LineField(max_length=300)
    organization_id = models.BigIntegerField(null=True)
    organization_name = LineField(max_length=300)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_name = LineField(max_length=400)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("dấu vết")
        constraints = [models.UniqueConstraint("chain", "number", name="entry_once_a_place")]
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

    def computed_digest(self) -> str:
        """Return the digest that this row's content and its predecessor's digest demand."""
        content: dict[str, Any] = {
            "chain": self.chain,
            "number": self.number,
            "code": self.code,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": [self.actor_id, self.actor_name],
            "organization": [self.organization_id, self.organization_name],
            "subject": [self.subject_type, self.subject_id, self.subject_name],
            "facts": self.facts,
            "previous": self.previous,
        }
        return digest_data(content)


class Head(models.Model):
    """Where a chain stands now. The row is locked while entries are added, last in each deed."""

    chain = models.CharField(max_length=40, unique=True)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = _("đầu chuỗi dấu vết")
