"""Honours that were decided, and rankings of years that the program did not mark itself."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.commendations import permissions as may
from thidua.commendations.honours import name_of
from thidua.core.fields import BodyField, FoldedField, LineField, SortKeyField
from thidua.core.text import day_text
from thidua.lawbook.honours import Subject
from thidua.organizations.queries import forebears_of, heirs_of

FIRST_YEAR, LAST_YEAR = 1948, 2200


class Award(RulesModel):
    """An honour that was decided (khen thưởng đã có), under the names borne then.

    Of the unit itself, of a ``collective`` in it, or of a person with the post held then; a
    person's may name the collective too. ``honour`` is the lawbook's code where the name is surely
    one of its honours; ``honour_name`` is how the decision has it.
    """

    organization = models.ForeignKey(
        "organizations.Organization",
        models.PROTECT,
        related_name="awards",
        verbose_name=_("đơn vị"),
    )
    organization_name = LineField(_("tên đơn vị khi được khen"), max_length=300)
    collective = LineField(_("tập thể trong đơn vị"), max_length=300, blank=True)
    person_name = LineField(_("họ và tên"), max_length=200, blank=True)
    post = LineField(_("chức vụ khi được khen"), max_length=200, blank=True)
    person = models.ForeignKey(
        "organizations.Person", models.PROTECT, null=True, related_name="awards"
    )
    honour = models.CharField(_("mã danh hiệu, hình thức"), max_length=20, blank=True)
    honour_name = LineField(_("danh hiệu, hình thức khen thưởng"), max_length=300)
    year = models.PositiveSmallIntegerField(_("năm được khen"))
    decision_number = LineField(_("số quyết định"), max_length=60, blank=True)
    decided_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    decided_by = LineField(_("cơ quan quyết định"), max_length=300, blank=True)
    note = BodyField(_("ghi chú"), blank=True)
    source = LineField(_("nguồn"), max_length=300, blank=True)
    keeper = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+"
    )
    is_illustration = models.BooleanField(_("minh họa"), default=False)
    entered_at = models.DateTimeField(_("ghi lúc"))
    folded = FoldedField(
        "organization_name", "collective", "person_name", "honour_name", "decision_number"
    )
    sort_key = SortKeyField("organization_name")
    collective_key = FoldedField("collective")
    person_key = FoldedField("person_name")
    honour_key = FoldedField("honour_told")
    decision_key = FoldedField("decision_number")

    class Meta:
        verbose_name = _("khen thưởng đã có")
        ordering = ["-year", "sort_key", "pk"]
        rules_permissions = {
            "begin": may.begin_award,
            "view": may.view_award,
            "write": may.write_award,
        }
        indexes = [models.Index(fields=["year", "sort_key"], name="awards_by_year")]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("organization", "collective_key", "person_key"),
                    *("honour_key", "year", "decision_key"),
                ],
                name="award_entered_once",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="year_of_award"
            ),
            models.CheckConstraint(condition=~Q(honour_name=""), name="award_names_its_honour"),
            models.CheckConstraint(
                condition=~Q(person_name="") | Q(post="", person=None), name="post_of_a_person"
            ),
        ]

    def __str__(self) -> str:
        told = {"honour": self.honour_name, "who": self.who, "year": self.year}
        return _now("%(honour)s năm %(year)d, %(who)s") % told

    @property
    def honour_told(self) -> str:
        """What tells one honour from another: the code, or the name where there is none."""
        return self.honour or self.honour_name

    @property
    def is_persons(self) -> bool:
        """Whether a person was honoured."""
        return bool(self.person_name)

    @property
    def subject(self) -> Subject:
        """Whom the honour was given to."""
        if self.person_name:
            return Subject.PERSON
        return Subject.COLLECTIVE if self.collective else Subject.UNIT

    @property
    def who(self) -> str:
        """Whom the honour was given to, in one line, as they were called then."""
        person = ", ".join(part for part in (self.person_name, self.post) if part)
        parts = (person, self.collective, self.organization_name)
        return ", ".join(part for part in parts if part)

    @property
    def honour_today(self) -> str:
        """The lawbook's name of the honour where it is another than the decision's, or ""."""
        name = name_of(self.honour)
        return "" if name == self.honour_name else name

    @property
    def basis(self) -> str:
        """The decision in one line: number, day, who decided."""
        parts = [self.decision_number]
        if self.decided_on:
            parts.append(_now("ngày %(day)s") % {"day": day_text(self.decided_on)})
        return ", ".join(part for part in [*parts, self.decided_by] if part)

    def heirs(self) -> set[int]:
        """Return the organisations that came after the unit: one query."""
        return heirs_of(self.organization_id)


class PastRanking(RulesModel):
    """Where a unit stood in a bloc's year that the program did not mark (xếp hạng năm trước).

    ``points`` and ``maximum`` are hundredths. As the bloc's own papers have it: a proposal of the
    bloc, no award.
    """

    bloc = models.ForeignKey(
        "organizations.Bloc",
        models.PROTECT,
        related_name="past_rankings",
        verbose_name=_("khối, cụm"),
    )
    year = models.PositiveSmallIntegerField(_("năm"))
    organization = models.ForeignKey(
        "organizations.Organization",
        models.PROTECT,
        related_name="past_rankings",
        verbose_name=_("đơn vị"),
    )
    organization_name = LineField(_("tên đơn vị khi ấy"), max_length=300)
    rank = models.PositiveSmallIntegerField(_("thứ hạng"), null=True, blank=True)
    points = models.IntegerField(_("điểm"), null=True, blank=True)
    maximum = models.PositiveIntegerField(_("điểm tối đa"), null=True, blank=True)
    class_name = LineField(_("xếp loại"), max_length=100, blank=True)
    source = LineField(_("nguồn"), max_length=300, blank=True)
    is_illustration = models.BooleanField(_("minh họa"), default=False)
    entered_at = models.DateTimeField(_("ghi lúc"))
    sort_key = SortKeyField("organization_name")

    class Meta:
        verbose_name = _("xếp hạng năm trước")
        ordering = ["-year", models.F("rank").asc(nulls_last=True), "sort_key", "pk"]
        rules_permissions = {"view": may.view_ranking, "write": may.write_ranking}
        constraints = [
            models.UniqueConstraint("bloc", "year", "organization", name="ranked_once_a_year"),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="year_of_ranking"
            ),
            models.CheckConstraint(condition=Q(rank=None) | Q(rank__gte=1), name="rank_from_one"),
            models.CheckConstraint(
                condition=Q(maximum=None) | Q(maximum__gt=0, points__isnull=False),
                name="maximum_of_points",
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=False) | Q(points__isnull=False) | ~Q(class_name=""),
                name="ranking_says_something",
            ),
        ]

    def __str__(self) -> str:
        told = {"unit": self.organization_name, "bloc": self.bloc.title, "year": self.year}
        return _now("%(unit)s, %(bloc)s, năm %(year)d") % told

    @staticmethod
    def forebears_of(organization_id: int) -> set[int]:
        """Return what an organisation came from: one query."""
        return forebears_of(organization_id)


def last_day_of(year: int) -> date:
    """Return the last day of a year: whose names hold where no day is told."""
    return date(year, 12, 31)
