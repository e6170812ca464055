"""What is told about a sheet: the file, its columns, which rows mean what is there."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.core.errors import Invalid
from thidua.core.numbers import format_number, parse_number
from thidua.imports.form import Column
from thidua.imports.kinds import the_kind
from thidua.imports.kinds.base import OTHER
from thidua.imports.models import Import
from thidua.imports.wording import OF_QUESTION, said
from thidua.web.fields import LineField
from thidua.web.upload import FileField


def _help() -> str:
    told = {"rows": format_number(settings.IMPORT_MAX_ROWS), "size": settings.UPLOAD_MAX_MB}
    sentence = _now(
        "Excel (.xlsx, .xls) hoặc CSV, nhiều nhất %(rows)s hàng và %(size)s MB. Thứ tự cột thế nào "
        "cũng được. Chưa ghi gì vào hệ thống: bạn xem trước rồi mới xác nhận."
    )
    return sentence % told


class OpenChoice(forms.ChoiceField):
    """A choice that may stay open for now: no mark of an optional field, no error either."""

    def clean(self, value: Any) -> Any:
        """Return what was chosen, or "" for nothing."""
        return super().clean(value) if value else ""


class BringForm(forms.Form):
    """The file."""

    file = FileField(
        label=_("Tệp bảng tính"),
        help_text=lazy(_help, str)(),
        widget=forms.FileInput(attrs={"data-kinds": "sheet"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.xls,.csv,.txt"


class ColumnsForm(forms.Form):
    """Which column of the sheet is which of the form, and what counts for all rows."""

    def __init__(self, *args: Any, imported: Import, **options: Any) -> None:
        super().__init__(*args, **options)
        self.found = imported.found
        self.form = the_kind(imported.kind).form
        self._add_sheet()
        offered = [("", _("– bỏ qua –")), *((c.name, c.heading) for c in self.form.columns)]
        for place, letters, text in self.found["headings"]:
            self.fields[f"c{place}"] = OpenChoice(
                label=f"{letters}: {text}",
                choices=offered,
                initial=self.found["mapping"].get(str(place), ""),
            )
        given = self.found["mapping"].values()
        for column in self.form.columns:
            if column.may_stand_for_all and column.needed and column.name not in given:
                self.fields[f"all-{column.name}"] = self._for_all(column, imported)

    def _add_sheet(self) -> None:
        sheets = self.found["sheets"]
        if len(sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label=_("Trang tính cần đọc"),
                choices=[(name, name) for name in sheets],
                initial=self.found["sheet"],
            )
        self.fields["header_row"] = LineField(
            label=_("Tiêu đề cột nằm ở hàng"),
            initial=str(self.found["header_row"]),
            help_text=_("Số hàng như trong Excel, trong 30 hàng đầu."),
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        )

    def _for_all(self, column: Column, imported: Import) -> forms.Field:
        label = _now("%(heading)s, cho mọi hàng") % {"heading": column.heading}
        initial = imported.for_all.get(column.name, "")
        if column.reads == "year":
            return LineField(label=label, required=False, initial=initial, max_length=4)
        choices = [("", _("– chọn –")), *((v, column.word(v)) for v in column.choices)]
        return OpenChoice(
            label=label,
            choices=choices,
            initial=initial,
            help_text=_("Dùng khi trong bảng không có cột này."),
        )

    def clean_header_row(self) -> int:
        """Return the row's number, from 1 to 30."""
        try:
            number = int(parse_number(self.cleaned_data["header_row"]))
        except Invalid as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        if not 1 <= number <= 30:
            raise forms.ValidationError(_("Số hàng từ 1 đến 30."))
        return number

    @property
    def headings(self) -> list[Any]:
        """The fields of the headings."""
        return [field for field in self if field.name.startswith("c")]

    @property
    def others(self) -> list[Any]:
        """The fields of the sheet, and of what counts for all rows."""
        return [field for field in self if not field.name.startswith("c")]

    def told(self) -> dict[str, Any]:
        """Return what `tell_columns` asks for."""
        data = self.cleaned_data
        return {
            "mapping": {int(n[1:]): v for n, v in data.items() if n.startswith("c") and v},
            "for_all": {n[4:]: v for n, v in data.items() if n.startswith("all-")},
            "sheet": data.get("sheet", self.found["sheet"]),
            "header_row": data["header_row"],
        }


class ChoicesForm(forms.Form):
    """Which rows mean what is there already. An unanswered one stays open."""

    def __init__(self, *args: Any, imported: Import, **options: Any) -> None:
        super().__init__(*args, **options)
        for row, column, about, code, offered, chosen in imported.found["questions"]:
            told = {"row": row, "about": about}
            self.fields[f"{row}:{column}"] = OpenChoice(
                label=_now("Hàng %(row)d: %(about)s") % told,
                help_text=said(OF_QUESTION, code, {}),
                choices=[(value, _label(value, label)) for value, label in offered],
                widget=forms.RadioSelect,
                initial=chosen,
            )

    def told(self) -> dict[str, str]:
        """Return the answers given, by row and column."""
        return {place: value for place, value in self.cleaned_data.items() if value}


def _label(value: str, label: str) -> str:
    if value == OTHER:
        return _now("Không phải: tạo mới")
    return _now("Đã có, dùng lại: %(name)s") % {"name": label}
