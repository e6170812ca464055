"""What is typed about one criterion, in the way that its kind asks; about checks and conflicts."""

from decimal import Decimal
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua.core.errors import Invalid
from thidua.core.numbers import format_number, format_points, parse_points
from thidua.cycles.models import Enrolment
from thidua.scoring.given import LONGEST_REASON, MarkGiven
from thidua.scoring.models import Criterion, Layer, Mark
from thidua.web.fields import REQUIRED, BodyField, LineField, NumberField, PickField

Kind = Criterion.Kind
WITH_TARGET = (Kind.PROPORTIONAL, Kind.LEADER_RELATIVE)
CHOSEN = (Kind.PASS_FAIL, Kind.GRADED, Kind.KNOCKOUT)
LABELS = {
    Kind.MANUAL: _("Điểm"),
    Kind.PASS_FAIL: _("Đạt hay không"),
    Kind.GRADED: _("Mức"),
    Kind.BANDED: _("Số đo được"),
    Kind.PROPORTIONAL: _("Kết quả thực hiện"),
    Kind.LEADER_RELATIVE: _("Kết quả thực hiện"),
    Kind.COUNT: _("Số lần"),
    Kind.DEDUCT: _("Số lần bị trừ"),
    Kind.PENALTY: _("Số lần bị trừ"),
    Kind.KNOCKOUT: _("Có hay không"),
}
HELP = {
    Kind.MANUAL: _("Viết như 12 hoặc 12,5."),
    Kind.BANDED: _("Viết như 79,5 hoặc 1.234."),
    Kind.PROPORTIONAL: _("Con số đã làm được; hoặc phần trăm, nếu để trống chỉ tiêu."),
    Kind.LEADER_RELATIVE: _("Con số đã làm được, viết như 1.234 hoặc 12,5."),
    Kind.COUNT: _("Không có lần nào thì ghi 0."),
    Kind.DEDUCT: _("Không có lần nào thì ghi 0."),
    Kind.PENALTY: _("Không có lần nào thì ghi 0."),
}


class _MayBeEmpty:
    """A field that a draft may leave empty, though sending asks for it: so it is not "optional"."""

    def validate(self, value: Any) -> None:
        """Refuse nothing for being empty."""


class PointsField(_MayBeEmpty, forms.Field):
    """Points of a mark: "12,5" and "12.5" are the same; only the digits 0 to 9."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:
        """Return the points that were typed, or None for nothing."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return Decimal(parse_points(text)) / 100
        except Invalid as refusal:
            raise ValidationError(refusal.sentence, code="points") from refusal

    def prepare_value(self, value: Any) -> Any:
        """Return points as they are written; what was typed stays as it was typed."""
        return format_number(value) if isinstance(value, Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask a phone for its keys with digits and a comma."""
        return {"inputmode": "decimal", "autocomplete": "off"}


class MeasuredField(_MayBeEmpty, NumberField):
    """A number as in a target, but never guessed from digits of another script."""

    def to_python(self, value: Any) -> Decimal | None:
        """Return the number that was typed, or None for nothing."""
        for char in str(value or ""):
            if char.isdigit() and not char.isascii():
                sentence = _("Hãy gõ con số bằng các chữ số từ 0 đến 9.")
                raise ValidationError(sentence, code="number")
        return super().to_python(value)


class ReasonField(_MayBeEmpty, BodyField):
    """Why: not needed for every mark."""


class ChosenField(forms.TypedChoiceField):
    """One of the few things that can be given, or nothing yet."""

    widget = forms.RadioSelect
    default_error_messages = {"invalid_choice": _("Hãy chọn một mục trong danh sách.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=Decimal, empty_value=None, **options)

    def validate(self, value: Any) -> None:
        """Refuse what is not among the choices, and nothing for being empty."""
        if value not in self.empty_values:
            super().validate(value)

    def prepare_value(self, value: Any) -> Any:
        """Return a kept value as the choices write it."""
        return str(int(value)) if isinstance(value, Decimal) else (value or "")


def choices_of(criterion: Criterion, unmarked: str | Promise) -> list[tuple[str, str | Promise]]:
    """Return what can be chosen for a criterion of a kind that is not typed."""
    rule = criterion.rule
    points = _("%(label)s: %(points)s điểm")
    first: list[tuple[str, str | Promise]] = [("", unmarked)]
    if criterion.kind == Kind.GRADED:
        steps = enumerate(rule.steps)
        return first + [
            (str(n), points % {"label": s.label, "points": format_points(s.points)})
            for n, s in steps
        ]
    if criterion.kind == Kind.KNOCKOUT:
        return [*first, ("0", _("Không có")), ("1", _("Có: điểm liệt"))]
    told = {"label": _("Đạt"), "points": format_points(rule.max)}
    failed = {"label": _("Không đạt"), "points": format_points(rule.failed)}
    return [*first, ("1", points % told), ("0", points % failed)]


def value_field(criterion: Criterion, unmarked: str | Promise, *, is_compact: bool) -> forms.Field:
    """Return a new field in which a value of this kind is given."""
    kind = Kind(criterion.kind)
    if kind in CHOSEN:
        widget = forms.Select if is_compact else forms.RadioSelect
        choices = choices_of(criterion, unmarked)
        return ChosenField(choices=choices, widget=widget, label=LABELS[kind])
    return typed_field(kind, is_compact=is_compact)


def typed_field(kind: str, *, is_compact: bool) -> forms.Field:
    """Return a new field in which a value of a kind is typed."""
    told: dict[str, Any] = {"label": LABELS[Kind(kind)]}
    if not is_compact:
        told["help_text"] = HELP[Kind(kind)]
    return PointsField(**told) if kind == Kind.MANUAL else MeasuredField(**told)


shared_field = cache(typed_field)


@cache
def reason_field(*, is_own: bool, is_compact: bool) -> forms.Field:
    """Return the field of the reason; of a unit's own mark it is an explanation."""
    told: dict[str, Any] = {"label": _("Lý do")}
    if is_own:
        told = {"label": _("Diễn giải"), "required": is_compact}
    elif not is_compact:
        told["help_text"] = _("Cần ghi khi điểm khác với lớp chấm trước.")
    widget = forms.Textarea(attrs={"rows": 1 if is_compact else 3})
    return ReasonField(max_length=LONGEST_REASON, widget=widget, **told)


TARGET = MeasuredField(label=_("Chỉ tiêu"), required=False)
NOT_APPLICABLE = forms.BooleanField(label=_("Không áp dụng cho đơn vị này"), required=False)
SEEN = forms.IntegerField(widget=forms.HiddenInput, required=False)


def fields_of(criterion: Criterion, layer: str, *, is_compact: bool) -> dict[str, forms.Field]:
    """Return the fields of a criterion's mark, in their order.

    Fields that are alike are one and the same, in whatever form: a card has sixty forms, and to
    copy their fields took longer than to write them. So nobody may change a field of a `MarkForm`.
    """
    appraises = layer not in (Layer.Kind.SELF, Layer.Kind.CROSS)
    if criterion.kind in CHOSEN:
        unmarked = _("chưa chấm, giữ điểm lớp trước") if appraises else _("chưa chấm")
        value = value_field(criterion, unmarked, is_compact=is_compact)
    else:
        value = shared_field(criterion.kind, is_compact=is_compact)
    fields = {"value": value}
    if criterion.kind in WITH_TARGET:
        fields["target"] = TARGET
    if criterion.allows_na:
        fields["is_na"] = NOT_APPLICABLE
    is_own = layer == Layer.Kind.SELF
    return {**fields, "reason": reason_field(is_own=is_own, is_compact=is_compact), "seen": SEEN}


class MarkForm(forms.Form):
    """The mark of one criterion. Nothing is required: what is begun is kept as it is."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        criterion: Criterion,
        layer: str,
        mark: Mark | None,
        is_compact: bool = False,
        **options: Any,
    ) -> None:
        kept: dict[str, Any] = {"seen": mark.number if mark else 0}
        if mark is not None:
            kept |= {n: getattr(mark, n) for n in ("value", "target", "is_na", "reason")}
        options["initial"] = {**kept, **options.get("initial", {})}
        super().__init__(*args, **options)
        self.criterion = criterion
        self.fields = fields_of(criterion, layer, is_compact=is_compact)

    @property
    def marked(self) -> list[forms.BoundField]:
        """The fields that say what is given: value, target and "not applicable" where asked."""
        return [self[name] for name in ("value", "target", "is_na") if name in self.fields]

    def given(self) -> MarkGiven:
        """Return what was given, for `save_marks`."""
        told = self.cleaned_data
        is_na = told.get("is_na", False)
        return MarkGiven(
            value=None if is_na else told["value"],
            target=None if is_na else told.get("target"),
            is_na=is_na,
            reason=told["reason"],
            seen=told["seen"],
        )

    def says_anew(self, mark: Mark | None) -> bool:
        """Say whether the form says another thing than what is kept."""
        given = self.given()
        if mark is None:
            return bool(given.value is not None or given.target or given.is_na or given.reason)
        here = (given.value, given.target, given.is_na, given.reason)
        return here != (mark.value, mark.target, mark.is_na, mark.reason)


class TurnForm(forms.Form):
    """How many check every card when checks are assigned in turn."""

    each = forms.TypedChoiceField(
        label=_("Mỗi phiếu có mấy đơn vị kiểm tra"),
        coerce=int,
        choices=[(n, str(n)) for n in (1, 2, 3, 4, 5)],
        initial=1,
    )


class AssignForm(forms.Form):
    """Whose card, and who checks it. Enrolments and organisations of the year alone."""

    card = PickField(label=_("Phiếu của đơn vị"), choices=[])
    organization = PickField(label=_("Đơn vị kiểm tra"), choices=[])

    def __init__(self, *args: Any, cards: Any, checkers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (("card", cards), ("organization", checkers)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
            field.choices = [("", _("– chọn –")), *choices]


class ConflictForm(forms.Form):
    """Whom one's own unit should not check, and why."""

    enrolment = PickField(label=_("Đơn vị không nên kiểm tra"), choices=[])
    reason = LineField(
        label=_("Lý do"),
        max_length=500,
        error_messages={"required": REQUIRED},
        help_text=_("Ví dụ: lãnh đạo hai đơn vị là người thân, hoặc một người đứng đầu cả hai."),
    )

    def __init__(self, *args: Any, members: list[Enrolment], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["enrolment"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
        field.choices = [("", _("– chọn –")), *((e.pk, str(e.organization)) for e in members)]
