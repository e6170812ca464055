"""What is chosen about reminders."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

OFFERED = (30, 14, 10, 7, 5, 3, 2, 1, 0)


def words(day: int) -> str:
    """Return a step of the plan in words."""
    return _now("%(day)d ngày trước hạn") % {"day": day} if day else _now("đúng ngày hạn")


class AnyNumberField(forms.TypedMultipleChoiceField):
    """Several of a few, or none: nothing chosen is an answer, too."""

    def validate(self, value: list[str]) -> None:
        """Refuse what is not offered."""
        if value:
            super().validate(value)


class PlanForm(forms.Form):
    """How many days before a deadline people are reminded."""

    days = AnyNumberField(
        label=_("Nhắc những đơn vị chưa làm vào"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn ngày nào thì khối, cụm này không có lời nhắc tự động."),
    )

    def __init__(self, *args: Any, known: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        days = sorted({*OFFERED, *known}, reverse=True)
        field = self.fields["days"]
        assert isinstance(field, AnyNumberField)  # noqa: S101
        field.choices = [(day, words(day)) for day in days]
