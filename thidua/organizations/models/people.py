"""People, as little of them as the year needs, and the offices they hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import FoldedField, LineField, SortKeyField
from thidua.organizations.models.units import Organization


class Person(RulesModel):
    """A person, as little of them as the year needs: a name."""

    full_name = LineField(_("họ và tên"), max_length=200)
    is_illustration = models.BooleanField(_("minh họa"), default=False)
    source = LineField(_("nguồn"), max_length=300, blank=True)
    folded = FoldedField("full_name")
    sort_key = SortKeyField("full_name")

    class Meta:
        verbose_name = _("người")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.full_name


class Office(models.Model):
    """A post that a person holds in an organisation, with its days where they are known."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="offices")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="offices")
    post = LineField(_("chức vụ"), max_length=200)
    since = models.DateField(_("từ ngày"), null=True, blank=True)
    until = models.DateField(_("đến ngày"), null=True, blank=True)
    source = LineField(_("nguồn"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("chức vụ")
        ordering = ["organization", "pk"]
