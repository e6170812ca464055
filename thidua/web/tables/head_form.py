"""The head of a table as it is typed: name, basis, step, cap, ties in order, classes."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.core.errors import DomainError
from thidua.scoring.actions.tables import TableFacts
from thidua.scoring.models import ScoringTable
from thidua.scoring.wording import tie_label
from thidua.web.fields import BodyField, LineField, NumberField, PointsField
from thidua.web.tables.parameters import Rows

MOST_TIES, LEAST_CLASSES, SPARE, MOST_CLASSES = 5, 4, 1, 20
STEPS = [
    ("100", _("1 điểm: 12, 13")),
    ("50", _("0,5 điểm: 12,5")),
    ("25", _("0,25 điểm: 88,25")),
    ("1", _("0,01 điểm: 6,67")),
]
UNITS = [
    ("percent", _("phần trăm của điểm tối đa")),
    ("points", _("số điểm")),
]


class HeadForm(forms.Form):
    """What stands at the head of a table, and what decides between equals."""

    name = LineField(label=_("Tên bảng điểm"), max_length=300)
    basis = LineField(
        label=_("Căn cứ"),
        max_length=500,
        required=False,
        help_text=_("Văn bản ban hành bảng điểm: số, ngày, cơ quan."),
    )
    source = LineField(
        label=_("Nguồn"),
        max_length=500,
        required=False,
        help_text=_("Bảng được chép từ đâu, nếu không phải của chính khối, cụm."),
    )
    remark = BodyField(label=_("Chỗ chưa đầy đủ, chưa xác minh"), required=False, max_length=5_000)
    step = forms.TypedChoiceField(
        label=_("Điểm lẻ đến đâu"), choices=STEPS, coerce=int, widget=forms.RadioSelect
    )
    bonus_cap = PointsField(
        label=_("Trần điểm thưởng của cả bảng"),
        required=False,
        help_text=_("Để trống nghĩa là không giới hạn."),
    )
    unit = forms.ChoiceField(
        label=_("Mốc xếp loại tính theo"),
        choices=UNITS,
        initial="percent",
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, ties: Sequence[tuple[str, str]], names: Mapping[str, str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offered = dict(ties)
        chosen = [self.initial.get(f"tie_{number}") for number in range(MOST_TIES)]
        offered |= {tie: tie_label(tie, names) for tie in chosen if tie and tie not in offered}
        for number in range(MOST_TIES):
            self.fields[f"tie_{number}"] = forms.ChoiceField(
                label=_("Trước hết") if number == 0 else _("Rồi đến"),
                choices=[("", _("– không –")), *offered.items()],
                required=False,
            )

    @property
    def tie_fields(self) -> list[forms.BoundField]:
        """The tie-breaks in their order."""
        return [self[f"tie_{number}"] for number in range(MOST_TIES)]

    def facts(self, rows: Any) -> TableFacts:
        """Return what was told, for the actions; ``rows`` is the formset of classes."""
        told = self.cleaned_data
        names = ("name", "basis", "source", "remark", "step", "bonus_cap")
        ties = [told[f"tie_{n}"] for n in range(MOST_TIES) if told[f"tie_{n}"]]
        classes = [row.told(told["unit"]) for row in rows if row.has_changed()]
        return TableFacts(**{n: told[n] for n in names}, ties=ties, classes=classes)

    def refuse(self, refusal: DomainError) -> None:
        """Put a refusal beside its field."""
        name = "tie_0" if refusal.field == "ties" else refusal.field
        self.add_error(name if name in self.fields else None, refusal.sentence)


class ClassRow(forms.Form):
    """One class, from the best down."""

    name = LineField(label=_("Xếp loại"), max_length=100)
    at_least = NumberField(label=_("Từ"))
    each = NumberField(label=_("Mỗi tiêu chí ít nhất (%)"), required=False)

    def told(self, unit: str) -> dict[str, Any]:
        """Return the class as a table keeps it."""
        told = self.cleaned_data
        each = told["each"]
        return {
            "name": told["name"],
            "at_least": f"{told['at_least']:f}",
            "each": None if each is None else f"{each:f}",
            "unit": unit,
        }


def classes_formset(table: ScoringTable, data: Any = None) -> Any:
    """Return the rows of classes, with empty ones to spare; ``data`` is what was posted."""
    told = [
        {
            "name": row["name"],
            "at_least": Decimal(row["at_least"]),
            "each": Decimal(row["each"]) if row.get("each") else None,
        }
        for row in table.classes
    ]
    made = forms.formset_factory(
        ClassRow,
        formset=Rows,
        extra=max(LEAST_CLASSES - len(told), SPARE),
        max_num=MOST_CLASSES,
        absolute_max=MOST_CLASSES,
    )
    # What was posted is compared with nothing: else an unchanged row would count as empty.
    return made(data, prefix="classes", initial=told if data is None else None)


def head_of(table: ScoringTable) -> dict[str, Any]:
    """Return what the head's form begins with."""
    names = ("name", "basis", "source", "remark", "bonus_cap")
    told: dict[str, Any] = {name: getattr(table, name) for name in names}
    told |= {f"tie_{number}": tie for number, tie in enumerate(table.ties[:MOST_TIES])}
    unit = next((row.get("unit") for row in table.classes), None)
    return {**told, "step": str(table.step), "unit": unit or "percent"}
