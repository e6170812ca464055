"""The scoring table (bảng điểm): a versioned tree of criteria. Points are whole hundredths."""

from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from thidua.core.fields import BodyField, LineField
from thidua.marks.rules import Rule, rule_from
from thidua.scoring import permissions as may


class ScoringTable(RulesModel):
    """One version of a year's table. A change after adoption is a new version."""

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        ADOPTED = "adopted", _("đang dùng")
        REPLACED = "replaced", _("đã thay bằng bản mới")

    NEXT = {
        State.DRAFT: {State.ADOPTED},
        State.ADOPTED: {State.REPLACED},
        State.REPLACED: set(),
    }
    cycle = models.ForeignKey("cycles.Cycle", models.PROTECT, related_name="scoring_tables")
    number = models.PositiveSmallIntegerField(_("bản số"))
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.DRAFT)
    name = LineField(_("tên bảng điểm"), max_length=300)
    basis = LineField(_("căn cứ"), max_length=500, blank=True)
    source = LineField(_("nguồn"), max_length=500, blank=True)
    remark = BodyField(_("chỗ chưa đầy đủ, chưa xác minh"), blank=True)
    step = models.PositiveIntegerField(_("bước điểm"), default=1)
    bonus_cap = models.PositiveIntegerField(_("trần điểm thưởng của cả bảng"), null=True)
    ties = models.JSONField(_("thứ tự phân định khi bằng điểm"), default=list)
    classes = models.JSONField(_("xếp loại"), default=list)
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    digest = models.CharField(_("mã băm SHA-256"), max_length=64, blank=True)
    adopted_at = models.DateTimeField(_("thông qua lúc"), null=True)
    is_illustration = models.BooleanField(_("minh họa"), default=False)

    class Meta:
        verbose_name = _("bảng điểm")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint("cycle", "number", name="table_numbered_once"),
            models.UniqueConstraint(
                fields=["cycle"], condition=Q(state="adopted"), name="one_table_in_use"
            ),
            models.UniqueConstraint(
                fields=["cycle"], condition=Q(state="draft"), name="one_table_in_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", digest="", adopted_at=None)
                | (~Q(state="draft") & ~Q(digest="") & Q(adopted_at__isnull=False)),
                name="table_in_use_has_a_digest",
            ),
            models.CheckConstraint(condition=Q(step__in=[1, 25, 50, 100]), name="step_of_a_table"),
        ]
        rules_permissions = {
            "view": may.view_table,
            "write": may.write_table,
            "adopt": may.adopt_table,
        }

    def __str__(self) -> str:
        return _now("%(name)s (bản %(number)d)") % {"name": self.name, "number": self.number}

    @property
    def is_editable(self) -> bool:
        """Whether its criteria may still change."""
        return self.state == self.State.DRAFT


class Criterion(models.Model):
    """One node of the tree: a group of criteria, or a criterion (tiêu chí) that is marked."""

    class Owner(models.TextChoices):
        BLOC = "bloc", _("khối, cụm chấm")
        BOARD = "board", _("cơ quan quản lý chấm")
        SYSTEM = "system", _("hệ thống chấm theo dữ liệu")

    class Kind(models.TextChoices):
        """The kinds of design 5, worded; `marks.rules.Kind` computes them."""

        MANUAL = "manual", _("cho điểm từ 0 đến tối đa")
        PASS_FAIL = "pass_fail", _("đạt hoặc không đạt")
        GRADED = "graded", _("chọn một mức")
        BANDED = "banded", _("theo khoảng của số đo")
        PROPORTIONAL = "proportional", _("theo tỷ lệ phần trăm")
        LEADER_RELATIVE = "leader_relative", _("so với đơn vị dẫn đầu")
        COUNT = "count", _("đếm số lần, mỗi lần một số điểm")
        DEDUCT = "deduct", _("trừ dần từ điểm tối đa")
        PENALTY = "penalty", _("điểm trừ ngoài điểm chuẩn")
        KNOCKOUT = "knockout", _("điểm liệt, không xét")

    class Missing(models.TextChoices):
        RESCALE = "rescale", _("quy đổi nhóm về đủ điểm")
        FULL = "full", _("tính đủ điểm")

    table = models.ForeignKey(ScoringTable, models.PROTECT, related_name="criteria")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    place = models.PositiveIntegerField()
    code = LineField(_("ký hiệu"), max_length=30)
    name = LineField(_("nội dung"), max_length=600)
    guidance = BodyField(_("hướng dẫn chấm"), blank=True)
    is_group = models.BooleanField(_("là nhóm"), default=False)
    kind = models.CharField(_("cách tính điểm"), max_length=15, choices=Kind, blank=True)
    max_points = models.PositiveIntegerField(_("điểm tối đa"), null=True)
    parameters = models.JSONField(default=dict)
    is_bonus = models.BooleanField(_("điểm thưởng, ngoài điểm chuẩn"), default=False)
    bonus_cap = models.PositiveIntegerField(_("trần điểm thưởng của nhóm"), null=True)
    owner = models.CharField(
        _("ai chấm"), max_length=6, choices=Owner, default=Owner.BLOC, blank=True
    )
    needs_evidence = models.BooleanField(_("cần minh chứng"), default=False)
    allows_na = models.BooleanField(_("có thể không áp dụng"), default=False)
    na = models.CharField(
        _("khi không áp dụng"), max_length=7, choices=Missing, default=Missing.RESCALE
    )
    fact = LineField(_("số liệu hệ thống đã biết"), max_length=420, blank=True)

    class Meta:
        verbose_name = _("tiêu chí")
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint("table", "code", name="criterion_code_once"),
            models.CheckConstraint(
                condition=Q(is_group=True, kind="") | (Q(is_group=False) & ~Q(kind="")),
                name="criterion_has_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.name}"

    @cached_property
    def rule(self) -> Rule:
        """How points come about, as `marks` reckons it, in the table's step."""
        rule = rule_from(self.kind, self.max_points or 0, self.parameters)
        return rule.on_step(self.table.step)

    def content(self) -> dict[str, Any]:
        """Return what the table's digest is made of; also what a new version compares."""
        return {
            "code": self.code,
            "parent": self.parent.code if self.parent else "",
            "name": self.name,
            "group": self.is_group,
            "kind": self.kind,
            "max": self.max_points,
            "parameters": self.parameters,
            "bonus": self.is_bonus,
            "bonus_cap": self.bonus_cap,
            "owner": self.owner,
            "evidence": self.needs_evidence,
            "na": self.na if self.allows_na else "",
            "fact": self.fact,
        }
