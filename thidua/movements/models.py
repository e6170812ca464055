"""Emulation movements (phong trào thi đua), who adopts them for a year, who takes part."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import BodyField, FoldedField, LineField, SortKeyField
from thidua.movements import permissions as may
from thidua.organizations.models import Level


class Movement(RulesModel):
    """A movement: it outlives a bloc's year and may belong to a wider one ("gắn với")."""

    class Kind(models.TextChoices):
        REGULAR = "regular", _("thường xuyên")
        THEMATIC = "thematic", _("theo chuyên đề")

    name = LineField(_("tên phong trào"), max_length=400)
    kind = models.CharField(_("hình thức"), max_length=10, choices=Kind, default=Kind.THEMATIC)
    level = models.CharField(
        _("cấp"), max_length=10, choices=[*Level.choices, ("bloc", _("khối, cụm"))]
    )
    launcher = LineField(_("nơi phát động"), max_length=300, blank=True)
    owner = models.ForeignKey(
        "organizations.Organization",
        models.PROTECT,
        related_name="+",
        verbose_name=_("đơn vị nhập"),
    )
    bloc = models.ForeignKey(
        "organizations.Bloc", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision_number = LineField(_("số quyết định, kế hoạch"), max_length=100, blank=True)
    decision_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    first_year = models.PositiveSmallIntegerField(_("từ năm"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("đến năm"), null=True, blank=True)
    period_source = LineField(_("nguồn của thời gian"), max_length=300, blank=True)
    theme = LineField(_("chủ đề"), max_length=500, blank=True)
    criteria = BodyField(_("nội dung, tiêu chí"), blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("gắn với phong trào"),
    )
    is_illustration = models.BooleanField(_("minh họa"), default=False)
    source = LineField(_("nguồn"), max_length=300, blank=True)
    folded = FoldedField("name", "launcher")
    sort_key = SortKeyField("name")

    class Meta:
        verbose_name = _("phong trào thi đua")
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_year=None)
                | Q(last_year=None)
                | Q(last_year__gte=F("first_year")),
                name="movement_years_in_order",
            ),
        ]
        rules_permissions = {"launch": may.launch, "edit": may.edit}

    def __str__(self) -> str:
        return self.name

    @property
    def period(self) -> str:
        """The years it runs, as a person would say them; "không nêu" where nobody told."""
        years = {"first": self.first_year, "last": self.last_year}
        if self.first_year and self.last_year == self.first_year:
            return str(self.first_year)
        if self.first_year and self.last_year:
            return _now("%(first)d - %(last)d") % years
        if self.first_year:
            return _now("từ năm %(first)d") % years
        if self.last_year:
            return _now("đến năm %(last)d") % years
        return _now("không nêu")

    def runs_in(self, year: int) -> bool:
        """Say whether the movement's period, as far as it is known, covers ``year``."""
        return (self.first_year or year) <= year <= (self.last_year or year)


class Adoption(models.Model):
    """That a bloc takes a movement up for a year."""

    cycle = models.ForeignKey("cycles.Cycle", models.PROTECT, related_name="adoptions")
    movement = models.ForeignKey(Movement, models.PROTECT, related_name="adoptions")
    place = models.PositiveSmallIntegerField()
    linked_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("gắn với")
    )

    class Meta:
        verbose_name = _("phong trào của năm")
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint("cycle", "movement", name="adopted_once")]

    def __str__(self) -> str:
        return self.movement.name


class Participation(models.Model):
    """That a member takes part in a movement of the year, with what it means to do."""

    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="participations")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    plan = BodyField(_("việc đơn vị sẽ làm"), blank=True)
    joined_at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("tham gia phong trào")
        ordering = ["joined_at"]
        constraints = [models.UniqueConstraint("adoption", "organization", name="takes_part_once")]
