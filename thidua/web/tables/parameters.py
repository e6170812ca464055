"""What is typed about the way points come about: fields and rows by kind, to parameters and back.

The parameters are those of `thidua.marks.rules`; here they are points and numbers as officers
write them.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_DOWN, Context, Decimal
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from thidua.marks.points import Rounding
from thidua.scoring.models import Criterion
from thidua.scoring.table_words import per_percent
from thidua.web.fields import LineField, NumberField, PointsField

Kind = Criterion.Kind
POINT = 100
LEAST_ROWS, SPARE_ROWS, MOST_ROWS = 5, 2, 60
STEPS = [
    ("", _("theo bước chung của bảng")),
    ("100", _("1 điểm")),
    ("50", _("0,5 điểm")),
    ("25", _("0,25 điểm")),
]
ROUNDINGS = [
    (Rounding.EXACT.value, _("giữ phần lẻ, đến 0,01 hoặc bước của bảng")),
    (Rounding.DOWN.value, _("bỏ phần lẻ, chỉ lấy điểm nguyên")),
    (Rounding.HALF_UP.value, _("làm tròn đến điểm nguyên, từ 0,5 thì lên")),
]


def _step() -> forms.Field:
    return forms.ChoiceField(label=_("Bước điểm"), choices=STEPS, required=False)


def _each(label: Any) -> forms.Field:
    return PointsField(label=label)


def _cap(help_text: Any) -> forms.Field:
    return PointsField(label=_("Trần điểm"), required=False, help_text=help_text)


NO_CAP = _("Để trống nghĩa là không giới hạn.")
LOWER_CAP = _("Chỉ ghi khi trần thấp hơn điểm tối đa.")
FIELDS: dict[str, dict[str, Callable[[], forms.Field]]] = {
    Kind.MANUAL: {"step": _step},
    Kind.PASS_FAIL: {
        "failed": lambda: PointsField(
            label=_("Điểm khi không đạt"),
            required=False,
            help_text=_("0 hoặc số âm, ví dụ −8. Để trống là 0."),
        )
    },
    Kind.GRADED: {},
    Kind.BANDED: {},
    Kind.PROPORTIONAL: {
        "percent": lambda: NumberField(label=_("Cứ bao nhiêu %"), help_text=_("Ví dụ: 1")),
        "per_points": lambda: PointsField(
            label=_("thì được bao nhiêu điểm"), help_text=_("Ví dụ: 2,5")
        ),
        "rounding": lambda: forms.ChoiceField(
            label=_("Phần lẻ"), choices=ROUNDINGS, widget=forms.RadioSelect
        ),
        "cap": lambda: _cap(LOWER_CAP),
        "step": _step,
    },
    Kind.LEADER_RELATIVE: {"step": _step},
    Kind.COUNT: {
        "each": lambda: _each(_("Mỗi lần được bao nhiêu điểm")),
        "cap": lambda: _cap(LOWER_CAP),
    },
    Kind.DEDUCT: {
        "each": lambda: _each(_("Mỗi lần trừ bao nhiêu điểm")),
        "floor": lambda: PointsField(
            label=_("Không xuống dưới"), required=False, help_text=_("Để trống là 0.")
        ),
    },
    Kind.PENALTY: {
        "each": lambda: _each(_("Mỗi lần trừ bao nhiêu điểm")),
        "cap": lambda: _cap(NO_CAP),
    },
    Kind.KNOCKOUT: {},
}


def read_parameters(kind: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of ``kind`` from cleaned fields; rows are added by `read_rows`."""
    found = {name: told.get(name) for name in FIELDS[kind]}
    if kind == Kind.PROPORTIONAL:
        found["percent"] = _percent(found["percent"], found.pop("per_points"))
    if step := found.get("step"):
        found["step"] = int(step)
    return {name: value for name, value in found.items() if value not in (None, "")}


def _percent(percent: Decimal | None, points: int | None) -> str | None:
    """Return how many % are one point, so that exactly the typed % give the typed points.

    A quotient without end goes down: so a whole number of points is never just missed.
    """
    if percent is None or not points:
        return None
    quotient = Context(prec=28, rounding=ROUND_DOWN).divide(percent * POINT, Decimal(points))
    return f"{quotient.normalize():f}"


def write_parameters(kind: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the fields of ``kind`` begin with."""
    told = {name: parameters.get(name) for name in FIELDS[kind]}
    if kind == Kind.PROPORTIONAL:
        percent, points = per_percent(Decimal(parameters.get("percent", 1)))
        told |= {"percent": percent, "per_points": int(points * POINT)}
        told["rounding"] = parameters.get("rounding", Rounding.EXACT.value)
    if told.get("step") is not None:
        told["step"] = str(told["step"])
    return told


class StepRow(forms.Form):
    """One graded step."""

    label = LineField(label=_("Mức"), max_length=200)
    points = PointsField(label=_("Điểm"))
    knocks_out = forms.BooleanField(label=_("là điểm liệt"), required=False)

    def told(self) -> dict[str, Any]:
        """Return the step as a parameter."""
        told = dict(self.cleaned_data)
        if not told["knocks_out"]:
            del told["knocks_out"]
        return told


class BandRow(forms.Form):
    """One band of measured values."""

    at_least = NumberField(label=_("Từ"), required=False)
    below = NumberField(label=_("đến dưới"), required=False)
    points = PointsField(label=_("Điểm"))

    def told(self) -> dict[str, Any]:
        """Return the band as a parameter."""
        told = self.cleaned_data
        bounds = {name: _text(told[name]) for name in ("at_least", "below")}
        return {**bounds, "points": told["points"]}


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


ROWS: dict[str, tuple[str, type[forms.Form]]] = {
    Kind.GRADED: ("steps", StepRow),
    Kind.BANDED: ("bands", BandRow),
}


class Rows(forms.BaseFormSet):
    """Rows of which an empty one counts for nothing, also one that was filled before."""

    def initial_form_count(self) -> int:
        """Return 0 for what was posted, so that any row may have been emptied."""
        return 0 if self.is_bound else super().initial_form_count()


def rows_of(kind: str, told: Sequence[Mapping[str, Any]] = (), data: Any = None) -> Any:
    """Return the formset of a kind that has rows, with empty ones to spare; else None.

    ``told`` are the rows it begins with; ``data`` is what was posted.
    """
    if kind not in ROWS:
        return None
    name, form = ROWS[kind]
    extra = max(LEAST_ROWS - len(told), SPARE_ROWS)
    made = forms.formset_factory(
        form, formset=Rows, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    return made(data, prefix=name, initial=list(told) or None)


def kept_rows(kind: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of parameters as a formset begins with them."""
    rows = parameters.get(ROWS[kind][0], []) if kind in ROWS else []
    return [
        {**row, **{n: Decimal(row[n]) for n in ("at_least", "below") if row.get(n) is not None}}
        for row in rows
    ]


def typed_rows(kind: str, data: Any) -> list[dict[str, Any]]:
    """Return the rows that were typed, just as they were typed, without the empty ones."""
    if kind not in ROWS:
        return []
    name, form = ROWS[kind]
    found = []
    for number in range(MOST_ROWS):
        row = {
            field: widget.value_from_datadict(data, MultiValueDict(), f"{name}-{number}-{field}")
            for field, widget in ((f.name, f.field.widget) for f in form())
        }
        if any(row.values()):
            found.append(row)
    return found


def read_rows(kind: str, rows: Any) -> dict[str, Any]:
    """Return the rows that were filled in, as the parameter of ``kind``."""
    if rows is None:
        return {}
    filled = [row.told() for row in rows if row.has_changed()]
    return {ROWS[kind][0]: filled}


def highest_of(parameters: Mapping[str, Any]) -> int | None:
    """Return the most points that a row gives, None where there are no rows."""
    rows = [*parameters.get("steps", []), *parameters.get("bands", [])]
    return max((row["points"] for row in rows), default=None)
