"""Emulation blocs, and which were formed anew from which."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import FoldedField, LineField, SortKeyField
from thidua.organizations import permissions as may
from thidua.organizations.models.units import Level, Organization


class Bloc(RulesModel):
    """An emulation bloc (khối, cụm thi đua). Its kind, number and name are separate."""

    class Kind(models.TextChoices):
        BLOC = "khoi", _("khối")
        CLUSTER = "cum", _("cụm")

    kind = models.CharField(_("loại"), max_length=4, choices=Kind)
    number = LineField(_("số hiệu"), max_length=20, blank=True)
    name = LineField(_("tên"), max_length=300)
    short_name = LineField(_("tên ngắn"), max_length=100, blank=True)
    level = models.CharField(_("cấp"), max_length=10, choices=Level)
    managing_body = models.ForeignKey(
        Organization, models.PROTECT, related_name="blocs", verbose_name=_("cơ quan quản lý")
    )
    decision_number = LineField(_("số quyết định thành lập"), max_length=60, blank=True)
    decision_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    decision_by = LineField(_("cơ quan ban hành"), max_length=300, blank=True)
    place = LineField(_("địa danh"), max_length=100, blank=True)
    superior = LineField(_("tên cơ quan cấp trên trên đầu văn bản"), max_length=300, blank=True)
    heading = LineField(_("tên trên đầu văn bản"), max_length=300, blank=True)
    closed_on = models.DateField(_("ngày cuối cùng"), null=True, blank=True)
    is_illustration = models.BooleanField(_("minh họa"), default=False)
    source = LineField(_("nguồn"), max_length=300, blank=True)
    folded = FoldedField("name", "short_name", "number", "place")
    sort_key = SortKeyField("name")

    class Meta:
        verbose_name = _("khối, cụm thi đua")
        ordering = ["sort_key"]
        rules_permissions = {
            "found": may.found_bloc,
            "edit": may.edit_bloc,
            "reform": may.edit_bloc,
        }

    def __str__(self) -> str:
        return self.title

    @property
    def noun(self) -> str:
        """Khối or cụm: every sentence takes its noun from here."""
        return str(self.get_kind_display())

    @property
    def title(self) -> str:
        """The full name with its noun: "Khối thi đua …", "Cụm thi đua số 7 …"."""
        number = " " + _now("số %(number)s") % {"number": self.number} if self.number else ""
        return _now("%(noun)s thi đua%(number)s %(name)s") % {
            "noun": self.noun.capitalize(),
            "number": number,
            "name": self.name,
        }

    @property
    def leader_noun(self) -> str:
        """Khối trưởng or cụm trưởng."""
        return _now("cụm trưởng") if self.kind == self.Kind.CLUSTER else _now("khối trưởng")

    @property
    def deputy_noun(self) -> str:
        """Khối phó or cụm phó."""
        return _now("cụm phó") if self.kind == self.Kind.CLUSTER else _now("khối phó")


class BlocSuccession(models.Model):
    """That a bloc was formed anew from an older one, which is closed by that.

    The decision is the new bloc's own; years and scores stay with the old one.
    """

    bloc = models.ForeignKey(Bloc, models.PROTECT, related_name="origins")
    predecessor = models.ForeignKey(Bloc, models.PROTECT, related_name="onward")

    class Meta:
        verbose_name = _("khối, cụm lập lại")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("bloc", "predecessor", name="formed_anew_once"),
            models.CheckConstraint(condition=~Q(bloc=F("predecessor")), name="no_bloc_from_itself"),
        ]
