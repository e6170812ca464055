"""What came of the marks: results in versions, each member's standing, objections."""

from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import BodyField, LineField
from thidua.scoring import permissions as may
from thidua.scoring.models.tables import Criterion, ScoringTable


class Result(RulesModel):
    """The year's result in one version. Published means frozen; a correction is a new row."""

    class State(models.TextChoices):
        PRELIMINARY = "preliminary", _("sơ bộ, đang lấy ý kiến")
        ADOPTED = "adopted", _("hội nghị đã thông qua")
        PUBLISHED = "published", _("đã công bố")
        SET_ASIDE = "set_aside", _("đã thay bằng bản mới")

    class Audience(models.TextChoices):
        MEMBERS = "members", _("các đơn vị trong khối, cụm")
        PUBLIC = "public", _("mọi người")

    NEXT = {
        State.PRELIMINARY: {State.ADOPTED, State.SET_ASIDE},
        State.ADOPTED: {State.PUBLISHED, State.SET_ASIDE},
        State.PUBLISHED: set(),
        State.SET_ASIDE: set(),
    }
    cycle = models.ForeignKey("cycles.Cycle", models.PROTECT, related_name="results")
    table = models.ForeignKey(ScoringTable, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("bản số"))
    state = models.CharField(
        _("trạng thái"), max_length=11, choices=State, default=State.PRELIMINARY
    )
    audience = models.CharField(
        _("công bố cho"), max_length=7, choices=Audience, default=Audience.MEMBERS
    )
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    reason = BodyField(_("lý do đính chính"), blank=True)
    minutes = LineField(_("biên bản hội nghị"), max_length=300, blank=True)
    adopted_on = models.DateField(_("thông qua ngày"), null=True)
    version = models.OneToOneField("documents.Version", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(_("công bố lúc"), null=True)
    is_illustration = models.BooleanField(_("minh họa"), default=False)

    class Meta:
        verbose_name = _("kết quả thi đua")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint("cycle", "number", name="result_numbered_once"),
            models.UniqueConstraint(
                fields=["cycle"],
                condition=Q(state__in=["preliminary", "adopted"]),
                name="one_result_in_the_making",
            ),
            models.CheckConstraint(
                condition=Q(state="published", version__isnull=False, published_at__isnull=False)
                | (~Q(state="published") & Q(version=None, published_at=None)),
                name="published_result_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(reason=""), name="correction_has_a_reason"
            ),
        ]
        rules_permissions = {"view": may.view_result, "object_to": may.object_to_result}

    def __str__(self) -> str:
        return _now("Kết quả thi đua %(cycle)s, bản %(number)d") % {
            "cycle": self.cycle,
            "number": self.number,
        }

    @property
    def is_published(self) -> bool:
        """Whether it is frozen, for its audience to see."""
        return self.state == self.State.PUBLISHED


class Standing(models.Model):
    """Where one member stands in a result, opened down to every mark. Never edited."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="standings")
    enrolment = models.ForeignKey("cycles.Enrolment", models.PROTECT, related_name="standings")
    unit_name = LineField(_("đơn vị"), max_length=300)
    total = models.IntegerField(_("tổng điểm"), null=True)
    standard = models.IntegerField(_("điểm chuẩn"), null=True)
    bonus = models.IntegerField(_("điểm thưởng"), default=0)
    penalty = models.IntegerField(_("điểm trừ"), default=0)
    maximum = models.PositiveIntegerField(_("điểm chuẩn tối đa"), default=0)
    rank = models.PositiveIntegerField(_("thứ hạng"), null=True)
    class_name = LineField(_("xếp loại"), max_length=100, blank=True)
    why = BodyField(_("vì sao"), blank=True)
    lines = models.JSONField(default=list)

    class Meta:
        verbose_name = _("kết quả của đơn vị")
        ordering = [models.F("rank").asc(nulls_last=True), "enrolment__place", "pk"]
        constraints = [models.UniqueConstraint("result", "enrolment", name="standing_once")]

    @property
    def percent(self) -> Decimal | None:
        """The total as % of the standard maximum, since scales differ from year to year."""
        if self.total is None or not self.maximum:
            return None
        share = Decimal(self.total) * 100 / Decimal(self.maximum)
        return share.quantize(Decimal("0.01"), ROUND_HALF_UP)


class Objection(models.Model):
    """What a member says against a preliminary result, and the answer."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="objections")
    enrolment = models.ForeignKey("cycles.Enrolment", models.PROTECT, related_name="+")
    criterion = models.ForeignKey(Criterion, models.PROTECT, null=True, related_name="+")
    text = BodyField(_("nội dung kiến nghị"))
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    answer = BodyField(_("trả lời"), blank=True)
    is_upheld = models.BooleanField(_("tiếp thu"), null=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("kiến nghị về điểm")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, is_upheld=None)
                | (Q(is_upheld__isnull=False) & ~Q(answer="")),
                name="objection_answered_in_words",
            ),
        ]


class TieVote(models.Model):
    """How many votes a member got when a tie was settled by vote, and where that is minuted."""

    enrolment = models.OneToOneField("cycles.Enrolment", models.PROTECT, related_name="tie_vote")
    votes = models.PositiveIntegerField(_("số phiếu"))
    basis = LineField(_("biên bản"), max_length=300)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("phiếu phân định")
        constraints = [models.CheckConstraint(condition=~Q(basis=""), name="vote_is_minuted")]
