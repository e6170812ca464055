"""What is typed about honours that were decided and rankings of years past."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.commendations.actions.awards import AwardFacts
from thidua.commendations.actions.rankings import RankingFacts
from thidua.commendations.models import Award
from thidua.lawbook.honours import HONOURS, Kind
from thidua.organizations.models import Organization
from thidua.web.cycles.forms import YearField
from thidua.web.fields import REQUIRED, BodyField, DayField, LineField, PickField, PointsField
from thidua.web.organizations.picking import the_one_named

HONOUR_GROUPS = [
    (_("Danh hiệu thi đua"), [(h.code, h.name) for h in HONOURS if h.kind is Kind.TITLE]),
    (_("Hình thức khen thưởng"), [(h.code, h.name) for h in HONOURS if h.kind is Kind.FORM]),
]


class UnitField(LineField):
    """One of ``among``, also one that has ended, found by what is typed of its name."""

    among: QuerySet[Organization]

    def clean(self, value: Any) -> Any:
        """Return the only unit that the text can mean. Two of one name are told apart by a page."""
        text = super().clean(value)
        if not text:
            return None
        if len(self.among.filter(name=text)[:2]) > 1:
            raise ValidationError(
                _("Có hai đơn vị cùng tên này (trước và sau sắp xếp). Hãy mở trang đơn vị rồi ghi.")
            )
        return the_one_named(text, self.among)


class AwardForm(forms.Form):
    """One honour: to whom, what, by which decision."""

    organization = UnitField(
        label=_("Đơn vị"),
        max_length=300,
        help_text=_("Gõ tên đơn vị được khen, hoặc nơi người, tập thể được khen làm việc."),
    )
    honour = PickField(
        label=_("Danh hiệu, hình thức"),
        choices=HONOUR_GROUPS,
        required=False,
        help_text=_("Không có trong danh sách thì để trống và ghi tên ở mục sau."),
    )
    honour_name = LineField(
        label=_("Tên ghi trong quyết định"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: Huân chương Lao động hạng Ba. Giống danh sách thì để trống."),
    )
    year = YearField(
        label=_("Năm được khen"),
        help_text=_("Năm của thành tích, có thể trước năm ra quyết định."),
    )
    person_name = LineField(
        label=_("Họ và tên"),
        max_length=200,
        required=False,
        help_text=_("Chỉ ghi khi khen một người. Khen đơn vị thì để trống."),
    )
    post = LineField(label=_("Chức vụ khi được khen"), max_length=200, required=False)
    collective = LineField(
        label=_("Tập thể trong đơn vị"),
        max_length=300,
        required=False,
        help_text=_("Phòng, ban, chi hội … Khen cả đơn vị thì để trống."),
    )
    organization_name = LineField(
        label=_("Tên đơn vị khi được khen"),
        max_length=300,
        required=False,
        help_text=_("Để trống thì lấy tên mang trong năm ấy."),
    )
    decision_number = LineField(label=_("Số quyết định"), max_length=60, required=False)
    decided_on = DayField(label=_("Ngày quyết định"), required=False)
    decided_by = LineField(label=_("Cơ quan quyết định"), max_length=300, required=False)
    note = BodyField(label=_("Ghi chú"), max_length=2000, required=False)
    source = LineField(label=_("Nguồn"), max_length=300, required=False)

    def __init__(
        self, *args: Any, among: QuerySet[Organization] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if among is None:
            del self.fields["organization"]
        else:
            self.fields["organization"].among = among  # type: ignore[attr-defined]

    def facts(self) -> AwardFacts:
        """Return what was told."""
        told = {k: v for k, v in self.cleaned_data.items() if k != "organization"}
        return AwardFacts(**told)


def told_before(award: Award) -> dict[str, Any]:
    """Return what an award says, for the form that corrects it."""
    return {name: getattr(award, name) for name in AwardFacts.__dataclass_fields__}


class RemoveForm(forms.Form):
    """Why a row is taken out."""

    reason = LineField(label=_("Lý do"), max_length=500)


class RankField(forms.IntegerField):
    """A place in a ranking. Plain text, so that what is no number is not swallowed."""

    widget = forms.TextInput
    default_error_messages = {"required": REQUIRED, "invalid": _("Viết thứ hạng bằng số, như 1.")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask a phone for its keys with digits."""
        return {"inputmode": "numeric", "autocomplete": "off"}


class RankingForm(forms.Form):
    """Where a unit stood in a year."""

    organization = UnitField(
        label=_("Đơn vị"), max_length=300, help_text=_("Gõ tên; đơn vị đã sáp nhập cũng tìm được.")
    )
    year = YearField(label=_("Năm"))
    rank = RankField(label=_("Thứ hạng"), required=False)
    points = PointsField(label=_("Điểm"), required=False)
    maximum = PointsField(
        label=_("Điểm tối đa"), required=False, help_text=_("Thang điểm của năm ấy, nếu biết.")
    )
    class_name = LineField(label=_("Xếp loại"), max_length=100, required=False)
    organization_name = LineField(
        label=_("Tên đơn vị khi ấy"),
        max_length=300,
        required=False,
        help_text=_("Để trống thì lấy tên mang trong năm ấy."),
    )
    source = LineField(
        label=_("Nguồn"), max_length=300, required=False, help_text=_("Biên bản, thông báo nào.")
    )

    def __init__(
        self, *args: Any, among: QuerySet[Organization] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if among is None:
            del self.fields["organization"]
        else:
            self.fields["organization"].among = among  # type: ignore[attr-defined]

    def facts(self) -> RankingFacts:
        """Return what was told."""
        told = {k: v for k, v in self.cleaned_data.items() if k != "organization"}
        return RankingFacts(**told)
