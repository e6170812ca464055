"""What is typed about a table: its head, its groups, its criteria, its layers."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.core.errors import DomainError
from thidua.scoring.actions.tables import CriterionFacts
from thidua.scoring.facts import COMMON_TARGET, FACTS
from thidua.scoring.models import Criterion, Layer, ScoringTable
from thidua.scoring.table_words import fact_words
from thidua.scoring.warnings import FITTING, gives
from thidua.targets.models import CommonTarget
from thidua.web.fields import REQUIRED, BodyField, LineField, PointsField
from thidua.web.tables import parameters as rules
from thidua.web.tables.kinds import MAXIMUM, OUTSIDE, WITH_ROWS

Kind = Criterion.Kind
CODE = _("Như trong bảng của khối, cụm: I, I.1, 2.3 … Mỗi dòng một ký hiệu.")


class GroupForm(forms.Form):
    """A group of criteria."""

    code = LineField(label=_("Ký hiệu"), max_length=30, help_text=CODE)
    name = LineField(label=_("Tên nhóm"), max_length=600)
    max_points = PointsField(
        label=_("Điểm chuẩn ghi trong bảng gốc"),
        required=False,
        help_text=_("Có ghi thì máy so với tổng các tiêu chí bên trong và nhắc khi lệch."),
    )
    bonus_cap = PointsField(
        label=_("Trần điểm thưởng của nhóm"),
        required=False,
        help_text=_("Để trống nghĩa là không giới hạn riêng cho nhóm."),
    )
    guidance = BodyField(label=_("Hướng dẫn chấm"), required=False, max_length=5_000)

    def facts(self) -> CriterionFacts:
        """Return what was told, for the actions."""
        return CriterionFacts(owner="", **self.cleaned_data)


class CriterionForm(forms.Form):
    """A criterion; the fields about its points are those of its way, a kind."""

    code = LineField(label=_("Ký hiệu"), max_length=30, help_text=CODE)
    name = LineField(label=_("Nội dung"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(label=_("Cách tính điểm"), choices=Kind.choices)
    max_points = PointsField(
        label=_("Điểm tối đa"), help_text=_("Viết như 40 hoặc 12,5 (12.5 cũng được).")
    )
    is_bonus = forms.TypedChoiceField(
        label=_("Thuộc"),
        choices=[("no", _("điểm chuẩn")), ("yes", _("điểm thưởng, ngoài điểm chuẩn"))],
        initial="no",
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    owner = forms.ChoiceField(
        label=_("Ai chấm"),
        choices=[("", _("– chưa rõ –")), *Criterion.Owner.choices],
        required=False,
    )
    fact = forms.ChoiceField(
        label=_("Lấy số từ hệ thống"),
        required=False,
        help_text=_("Chọn thì máy tự điền và ghi rõ lấy từ đâu; đơn vị không phải gõ."),
    )
    needs_evidence = forms.BooleanField(label=_("Đơn vị phải có minh chứng"), required=False)
    allows_na = forms.BooleanField(
        label=_("Có đơn vị không áp dụng được tiêu chí này"), required=False
    )
    na = forms.ChoiceField(
        label=_("Khi không áp dụng thì"),
        choices=Criterion.Missing.choices,
        initial=Criterion.Missing.RESCALE,
        required=False,
    )
    guidance = BodyField(label=_("Hướng dẫn chấm"), required=False, max_length=5_000)

    def __init__(self, *args: Any, table: ScoringTable, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.way: str = kind
        self.refused_rows = ""
        for name, make in rules.FIELDS[kind].items():
            self.fields[name] = make()
        self._suit()
        fact = self.fields["fact"]
        fact.choices = self._facts(table)  # type: ignore[attr-defined]

    def _suit(self) -> None:
        """Leave out, and name, what differs from kind to kind."""
        if self.way in OUTSIDE:
            for name in ("max_points", "is_bonus", "allows_na", "na"):
                del self.fields[name]
            return
        most = self.fields["max_points"]
        most.label = MAXIMUM.get(Kind(self.way), most.label)
        if self.way in WITH_ROWS:
            most.required = False
            most.help_text = _("Để trống thì lấy mức cao nhất.")

    def _facts(self, table: ScoringTable) -> list[tuple[str, str]]:
        """Return what the system knows that this kind can reckon with, and what is chosen now."""
        common = CommonTarget.objects.filter(cycle=table.cycle_id).values_list("name", flat=True)
        known = [*FACTS, *(f"{COMMON_TARGET}{name}" for name in common)]
        fitting = [fact for fact in known if self.way in FITTING[gives(fact)]]
        chosen = self.initial.get("fact")
        offered = [*fitting, *([chosen] if chosen and chosen not in fitting else [])]
        return [("", _now("– không, người chấm tự ghi –")), *((f, fact_words(f)) for f in offered)]

    @property
    def rule_fields(self) -> list[forms.BoundField]:
        """The fields of the kind alone."""
        return [self[name] for name in rules.FIELDS[self.way]]

    def facts(self, rows: Any) -> CriterionFacts:
        """Return what was told, for the actions; ``rows`` is the formset of steps or bands."""
        told = self.cleaned_data
        parameters = {**rules.read_parameters(self.way, told), **rules.read_rows(self.way, rows)}
        names = set(CriterionFacts.__annotations__) - {"parameters", "bonus_cap"}
        kept = {name: value for name, value in told.items() if name in names}
        if self.way in WITH_ROWS and kept["max_points"] is None:
            kept["max_points"] = rules.highest_of(parameters)
        kept["na"] = kept.get("na") or Criterion.Missing.RESCALE
        kept["is_bonus"] = bool(kept.get("is_bonus"))
        return CriterionFacts(**kept, parameters=parameters)

    def refuse(self, refusal: DomainError) -> None:
        """Put a refusal beside its field; one about the parameters beside the kind's first."""
        name = refusal.field
        if name == "parameters":
            name = next(iter(rules.FIELDS[self.way]), None)
            self.refused_rows = refusal.sentence if self.way in WITH_ROWS else ""
        self.add_error(name if name in self.fields else None, refusal.sentence)


def typed(form: forms.Form, data: Any) -> dict[str, Any]:
    """Return what was typed into the fields of ``form``, just as it was typed."""
    return {
        name: field.widget.value_from_datadict(data, MultiValueDict(), name)
        for name, field in form.fields.items()
    }


def begun_with(criterion: Criterion) -> dict[str, Any]:
    """Return what the form of a criterion begins with."""
    names = (*CriterionFacts.__annotations__, "kind")
    told = {name: getattr(criterion, name) for name in names if name != "parameters"}
    told["is_bonus"] = "yes" if criterion.is_bonus else "no"
    parameters: Mapping[str, Any] = criterion.parameters
    return {**told, **rules.write_parameters(criterion.kind, parameters)}


class BeginForm(forms.Form):
    """The name of an empty table."""

    name = LineField(
        label=_("Tên bảng điểm"), max_length=300, error_messages={"required": REQUIRED}
    )


class LayersForm(forms.Form):
    """Which layers of marks the year has, and how several checkers of one card are taken."""

    kinds = forms.MultipleChoiceField(
        label=_("Sau khi đơn vị tự chấm, năm này có"),
        choices=[choice for choice in Layer.Kind.choices if choice[0] != Layer.Kind.SELF],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Lớp sau chỉ ghi điểm khác đi, kèm lý do; điểm của lớp trước vẫn giữ nguyên."),
    )
    combine = forms.ChoiceField(
        label=_("Nhiều đơn vị cùng kiểm tra chéo một phiếu thì lấy"),
        choices=Layer.Combine.choices,
        initial=Layer.Combine.MEAN,
        widget=forms.RadioSelect,
    )
    is_blind = forms.TypedChoiceField(
        label=_("Khi kiểm tra chéo"),
        choices=[
            ("yes", _("chấm xong mới thấy điểm của đơn vị khác")),
            ("no", _("thấy điểm của nhau ngay")),
        ],
        initial="yes",
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
