"""What is typed about numbers of papers and the books that give them out."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thidua.core import clock
from thidua.documents.actions import Line
from thidua.documents.models import NumberBook
from thidua.lawbook.papers import KINDS
from thidua.web.cycles.forms import YearField
from thidua.web.fields import REQUIRED, DayField, LineField, PickField

KIND_CHOICES = [(key, name) for key, name in KINDS.items()]


class CountField(forms.IntegerField):
    """A whole number in digits: "05" is five. Plain text, so that what is none is not swallowed."""

    widget = forms.TextInput
    default_error_messages = {"required": REQUIRED, "invalid": _("Viết bằng chữ số, như 5.")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask a phone for its keys with digits."""
        return {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        """Return the number, or None for nothing; "05/BC" and numbers without end are none."""
        text = str("" if value is None else value).strip()
        if text and not (text.isascii() and text.isdigit() and len(text) < 10):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)


class NumberForm(forms.Form):
    """A number for a paper that was made outside the program."""

    kind = PickField(label=_("Loại văn bản"), choices=KIND_CHOICES)
    dated = DayField(label=_("Ngày văn bản"))
    number = CountField(
        label=_("Số"),
        required=False,
        help_text=_("Số lấy ở sổ văn bản đi của đơn vị, ví dụ: 5."),
    )
    title = LineField(label=_("Trích yếu"), max_length=500)
    signer = LineField(label=_("Người ký"), max_length=200, required=False)
    recipients = LineField(label=_("Nơi nhận"), max_length=500, required=False)
    symbol = LineField(
        label=_("Ký hiệu đơn vị, nếu khác thường lệ"),
        max_length=30,
        required=False,
        help_text=_("Ví dụ: LĐLĐ-TG. Để trống: ký hiệu ghi ở trang “Đầu văn bản” của đơn vị."),
    )

    def __init__(self, *args: Any, books: list[NumberBook], **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("dated", clock.today())
        if books:
            told = {"books": ", ".join(f"{book.kind} {book.year}" for book in books[:12])}
            help_text = _("Để trống với loại do chương trình cấp số: %(books)s.") % told
            self.fields["number"].help_text = help_text

    def told(self) -> dict[str, Any]:
        """Return what was told, for `take_number`."""
        facts = {name: self.cleaned_data[name] for name in ("kind", "dated", "number", "title")}
        line = {name: self.cleaned_data[name] for name in ("signer", "recipients", "symbol")}
        return {**facts, "line": Line(**line)}


class CancelForm(forms.Form):
    """Why a number is cancelled."""

    reason = LineField(label=_("Lý do hủy"), max_length=500)


class BookForm(forms.Form):
    """From which number on the program gives numbers of a kind and year out."""

    kind = PickField(label=_("Loại văn bản"), choices=KIND_CHOICES)
    year = YearField(label=_("Năm"))
    first = CountField(
        label=_("Số đầu tiên"),
        initial=1,
        help_text=_("Sổ giấy đã dùng đến số nào thì ghi số tiếp theo."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("year", clock.today().year)
