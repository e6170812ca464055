"""What is typed about a bloc."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.organizations.actions import BlocFacts
from thidua.organizations.models import Bloc, Level, Organization
from thidua.organizations.queries import blocs
from thidua.web.fields import DayField, LineField, PickField


class BlocForm(forms.Form):
    """Kind, number and name apart; the founding decision as far as it is known."""

    kind = PickField(
        label=_("Gọi là"),
        choices=Bloc.Kind.choices,
        help_text=_("Mọi trang sẽ gọi theo đó: khối trưởng hay cụm trưởng."),
    )
    number = LineField(
        label=_("Số hiệu"),
        max_length=20,
        required=False,
        help_text=_("Ví dụ: 7. Để trống nếu không đánh số."),
    )
    name = LineField(
        label=_("Tên"),
        max_length=300,
        help_text=_("Không viết “Khối thi đua”, “Cụm thi đua” ở đầu: các chữ ấy được tự thêm."),
    )
    short_name = LineField(label=_("Tên ngắn"), max_length=100, required=False)
    level = PickField(label=_("Cấp"), choices=Level.choices)
    decision_number = LineField(label=_("Số quyết định thành lập"), max_length=60, required=False)
    decision_on = DayField(label=_("Ngày quyết định"), required=False)
    decision_by = LineField(label=_("Cơ quan ban hành"), max_length=300, required=False)
    place = LineField(
        label=_("Địa danh"), max_length=100, required=False, help_text=_("Ví dụ: Đà Nẵng")
    )
    superior = LineField(
        label=_("Dòng trên cùng của đầu văn bản"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: Hội đồng Thi đua - Khen thưởng tỉnh. Để trống: tên cơ quan quản lý."),
    )
    heading = LineField(
        label=_("Tên trên đầu văn bản"),
        max_length=300,
        required=False,
        help_text=_("Để trống: tên đầy đủ của khối, cụm."),
    )
    source = LineField(
        label=_("Nguồn"),
        max_length=300,
        required=False,
        help_text=_("Thông tin lấy từ đâu: số quyết định, bài báo, trang web."),
    )

    def facts(self, managing_body: Organization) -> BlocFacts:
        """Return what was told, for `found_bloc` and `edit_bloc`."""
        told: dict[str, Any] = {name: self.cleaned_data[name] for name in BlocForm.base_fields}
        return BlocFacts(managing_body=managing_body, **told)


class ReformForm(BlocForm):
    """A bloc formed anew: which others come into it beside the one it was asked at, since when."""

    since = DayField(
        label=_("Có hiệu lực từ ngày"),
        help_text=_("Hôm trước là ngày cuối cùng của khối, cụm cũ. Năm của khối, cụm cũ vẫn còn."),
    )
    others = forms.ModelMultipleChoiceField(
        Bloc.objects.none(),
        label=_("Cùng lập lại từ"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Mục đã chọn không có trong danh sách.")},
    )
    field_order = ["others", "since"]

    def __init__(self, *args: Any, bloc: Bloc, **options: Any) -> None:
        super().__init__(*args, **options)
        self.bloc = bloc
        beside = blocs().filter(managing_body=bloc.managing_body, closed_on=None)
        field = self.fields["others"]
        field.queryset = beside.exclude(pk=bloc.pk)  # type: ignore[attr-defined]
        if not field.queryset:  # type: ignore[attr-defined]
            del self.fields["others"]

    def predecessors(self) -> list[Bloc]:
        """Return the old blocs."""
        return [self.bloc, *self.cleaned_data.get("others", ())]
