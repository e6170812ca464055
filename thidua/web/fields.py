"""Form fields for what Vietnamese officers type: lines of text, numbers, days."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thidua.core.errors import Invalid
from thidua.core.numbers import format_number, format_points, parse_number, parse_points
from thidua.core.text import nfc, one_line

REQUIRED = _("Hãy điền mục này.")


class LineField(forms.CharField):
    """One line of text in NFC. Its length is that of the composed text.

    The browser is not told the limit: it would cut a long text without a word.
    """

    default_error_messages = {
        "required": REQUIRED,
        "max_length": _("Dài quá %(limit_value)d chữ (đang có %(show_value)d). Hãy viết gọn lại."),
    }

    def to_python(self, value: Any) -> str:
        """Return what was typed as one composed line."""
        return one_line(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Return the attributes of the widget, without ``maxlength``."""
        return {k: v for k, v in super().widget_attrs(widget).items() if k != "maxlength"}


class BodyField(LineField):
    """Many lines of text in NFC."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Return what was typed, composed, with its line ends as LF."""
        return nfc(str(value or "")).strip()


class NumberField(forms.Field):
    """A number as it is written in Vietnamese: "1.234" is a thousand and more, "12,5" a decimal."""

    widget = forms.TextInput
    default_error_messages = {"required": REQUIRED}

    def to_python(self, value: Any) -> Decimal | None:
        """Return the number that was typed, or None for nothing."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return parse_number(text)
        except Invalid as refusal:
            raise ValidationError(refusal.sentence, code="number") from refusal

    def prepare_value(self, value: Any) -> Any:
        """Return a number as it is written; what was typed stays as it was typed."""
        return format_number(value) if isinstance(value, Decimal | int) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask a phone for its keys with digits and a comma."""
        return {"inputmode": "decimal", "autocomplete": "off"}


class PointsField(NumberField):
    """Points as they are typed: "12,5" and "12.5" are the same. The value is whole hundredths."""

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        """Return the points that were typed in hundredths, or None for nothing."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return parse_points(text)
        except Invalid as refusal:
            raise ValidationError(refusal.sentence, code="points") from refusal

    def prepare_value(self, value: Any) -> Any:
        """Return hundredths as points are written; what was typed stays as it was typed."""
        return format_points(value) if isinstance(value, int) else value


class DateInput(forms.DateInput):
    """The browser's own way to choose a day; plain text while what stands in it is no day."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Show a wrong day as it was typed: an ``<input type="date">`` would swallow it."""
        context = super().get_context(name, value, attrs)
        if isinstance(value, str) and value:
            context["widget"]["type"] = "text"
        return context


class DayField(forms.DateField):
    """A day: chosen in the browser, or typed as 17-03-2023 or 17/03/2023."""

    widget = DateInput
    default_error_messages = {
        "required": REQUIRED,
        "invalid": _("Chưa phải là một ngày có thật. Viết như 17/03/2023."),
        "range": _("Năm phải từ 1900 đến 2200."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)

    def to_python(self, value: Any) -> date | None:
        """Return the day that was typed, or None for nothing."""
        day = super().to_python(one_line(value) if isinstance(value, str) else value)
        if day and not 1900 <= day.year <= 2200:
            raise ValidationError(self.error_messages["range"], code="range")
        return day

    def prepare_value(self, value: Any) -> Any:
        """Return a day for the browser; what is no day stays as it was typed."""
        if not isinstance(value, str):
            return value
        try:
            return self.to_python(value)
        except ValidationError:
            return value


class PickField(forms.ChoiceField):
    """One of a few, with an empty first choice so that nothing is chosen by oversight."""

    default_error_messages = {
        "required": _("Hãy chọn một mục."),
        "invalid_choice": _("Mục đã chọn không có trong danh sách. Hãy chọn lại."),
    }

    def __init__(self, *, choices: Any, **options: Any) -> None:
        super().__init__(choices=[("", _("– chọn –")), *choices], **options)


class RowField(forms.ModelChoiceField):
    """One row of a query. What is not in the query cannot be chosen, whatever id is sent."""

    default_error_messages = {
        "required": _("Hãy chọn một mục."),
        "invalid_choice": _("Mục đã chọn không có trong danh sách. Hãy chọn lại."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("empty_label", _("– không –"))
        super().__init__(**options)
