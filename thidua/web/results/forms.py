"""What is typed about results: objections, answers, minutes, votes, the audience."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thidua.core import clock
from thidua.scoring.actions.results import LONGEST_TEXT
from thidua.scoring.models import Criterion, Result, Standing
from thidua.web.fields import REQUIRED, BodyField, DayField, LineField, NumberField, RowField

CHOOSE = {"required": REQUIRED, "invalid_choice": _("Hãy chọn một trong các ô có sẵn.")}


class ConfirmForm(forms.Form):
    """Nothing but the button."""


class ObjectionForm(forms.Form):
    """What a unit has against a preliminary result, and about which criterion."""

    criterion = RowField(
        label=_("Về tiêu chí nào"),
        queryset=Criterion.objects.none(),
        required=False,
        empty_label=_("Kết quả nói chung"),
    )
    text = BodyField(
        label=_("Nội dung kiến nghị"),
        max_length=LONGEST_TEXT,
        help_text=_("Nói rõ điểm nào chưa đúng và vì sao. Các đơn vị trong năm đều đọc được."),
    )

    def __init__(self, *args: Any, result: Result, **options: Any) -> None:
        super().__init__(*args, **options)
        leaves = Criterion.objects.filter(table=result.table_id, is_group=False)
        self.fields["criterion"].queryset = leaves  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The answer to an objection: taken up or not, and why."""

    is_upheld = forms.TypedChoiceField(
        label=_("Trả lời"),
        choices=[("yes", _("Tiếp thu")), ("no", _("Không tiếp thu"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    answer = BodyField(label=_("Giải thích"), max_length=LONGEST_TEXT)


class AdoptForm(forms.Form):
    """The minutes of the meeting that adopted the result, and its day."""

    minutes = LineField(
        label=_("Số biên bản hội nghị"), max_length=300, help_text=_("Ví dụ: 05/BB-KTĐ")
    )
    adopted_on = DayField(label=_("Ngày hội nghị thông qua"), initial=clock.today)


class PublishForm(forms.Form):
    """For whom the result is published."""

    audience = forms.ChoiceField(
        label=_("Công bố cho ai"),
        choices=[
            (Result.Audience.MEMBERS.value, _("Chỉ các đơn vị trong năm và cơ quan quản lý")),
            (Result.Audience.PUBLIC.value, _("Mọi người, kể cả người không có tài khoản")),
        ],
        initial=Result.Audience.MEMBERS.value,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class TieForm(forms.Form):
    """How many votes each of the units with equal totals got, and the minutes of the ballot."""

    def __init__(self, *args: Any, standings: Iterable[Standing], **options: Any) -> None:
        super().__init__(*args, **options)
        self.standings = {f"votes_{standing.enrolment_id}": standing for standing in standings}
        for name, standing in self.standings.items():
            label = _("Số phiếu của %(unit)s") % {"unit": standing.unit_name}
            self.fields[name] = NumberField(label=label, validators=[_is_whole])
        self.fields["basis"] = LineField(
            label=_("Biên bản bỏ phiếu"), max_length=300, help_text=_("Ví dụ: 06/BB-KTĐ")
        )

    def facts(self) -> dict[str, Any]:
        """Return what was told, for `settle_ties`."""
        told = {s.enrolment: int(self.cleaned_data[name]) for name, s in self.standings.items()}
        return {"votes": told, "basis": self.cleaned_data["basis"]}


def _is_whole(number: Decimal) -> None:
    if number != number.to_integral_value():
        raise ValidationError(_("Số phiếu phải là số nguyên."))
