"""What is typed about a handover."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.handovers.actions import HandoverFacts
from thidua.organizations.models import Organization
from thidua.web.fields import REQUIRED, BodyField, DayField, LineField


class HandoverForm(forms.Form):
    """To whom, from which day one only reads, and what the next must know."""

    receiver = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("Bên nhận"),
        empty_label=_("– chọn –"),
        error_messages={"required": REQUIRED, "invalid_choice": _("Hãy chọn trong danh sách.")},
    )
    reads_from = DayField(
        label=_("Từ ngày nào đơn vị bạn chỉ còn đọc"),
        help_text=_("Trước ngày này đơn vị bạn vẫn làm nốt được việc của năm."),
    )
    notes = BodyField(
        label=_("Ghi chú cho bên nhận"),
        required=False,
        max_length=20_000,
        help_text=_("Điều không nằm trong máy: hồ sơ giấy ở đâu, ai là đầu mối, việc nào hẹn lại."),
    )

    def __init__(self, *args: Any, receivers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["receiver"].queryset = receivers  # type: ignore[attr-defined]

    def facts(self) -> HandoverFacts:
        """Return what was typed."""
        return HandoverFacts(**self.cleaned_data)


class ReceiveForm(forms.Form):
    """What the receiver found missing, if anything."""

    remark = LineField(
        label=_("Ý kiến của bên nhận"),
        required=False,
        max_length=500,
        help_text=_("Nếu còn thiếu gì thì ghi ở đây; bên giao sẽ được báo."),
    )
