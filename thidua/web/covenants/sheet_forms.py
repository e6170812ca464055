"""The forms of signing on paper: what is told of a sheet, and why one is returned."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import Appointment
from thidua.covenants.actions.on_paper import SheetFacts
from thidua.organizations.models import Organization
from thidua.web.fields import REQUIRED, BodyField, DayField, LineField
from thidua.web.upload import FileField

CHOOSE = {"required": REQUIRED, "invalid_choice": _("Hãy chọn một trong các ô có sẵn.")}
OTHER = "khac"
IF_OTHER = _("(cần có khi người ký chưa có tài khoản)")


def _help() -> str:
    told = _now("Ảnh JPG, PNG hoặc tệp PDF chụp, quét cả trang, nặng nhiều nhất %(limit)d MB.")
    return told % {"limit": settings.UPLOAD_MAX_MB}


class SheetForm(forms.Form):
    """Who signed by hand, when, and the photograph."""

    signer = forms.ChoiceField(label=_("Ai đã ký"), error_messages=CHOOSE)
    name = LineField(
        label=_("Họ và tên người ký"),
        max_length=200,
        required=False,
        help_text=_("Đúng như trên phiếu."),
    )
    capacity = BodyField(
        label=_("Tư cách ký"),
        max_length=500,
        required=False,
        help_text=_("Mỗi dòng một ý, ví dụ: KT. CHỦ TỊCH, dòng dưới: PHÓ CHỦ TỊCH."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    signed_on = DayField(label=_("Ngày ký ghi trên phiếu"))
    file = FileField(label=_("Ảnh phiếu đã ký"), help_text=lazy(_help, str)())

    def __init__(
        self, *args: Any, unit: Organization, signers: Sequence[Appointment], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.unit, self.signers = unit, {str(one.pk): one for one in signers}
        named = [(key, _named(one)) for key, one in self.signers.items()]
        choices = [*named, (OTHER, _now("Người khác, chưa có tài khoản"))]
        self.fields["signer"].choices = choices  # type: ignore[attr-defined]
        for name in ("name", "capacity"):
            self.fields[name].optional_note = IF_OTHER  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs["accept"] = ".jpg,.jpeg,.png,.pdf"

    def facts(self, digest: str) -> SheetFacts:
        """Return what was told, for `bring_sheet`; ``digest`` is the one that the page showed."""
        told = self.cleaned_data
        return SheetFacts(
            organization_id=self.unit.pk,
            digest=digest,
            signed_on=told["signed_on"],
            file=told["file"],
            appointment=self.signers.get(told["signer"]),
            name=told["name"],
            capacity=told["capacity"],
        )


def _named(appointment: Appointment) -> str:
    return ", ".join(filter(None, [appointment.user.name, appointment.post]))


class UnitForm(forms.Form):
    """Whose sheet it is, for whoever runs the round."""

    don_vi = forms.TypedChoiceField(
        label=_("Đơn vị ký"), coerce=int, required=False, error_messages=CHOOSE
    )

    def __init__(self, *args: Any, units: Sequence[Organization], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(unit.pk, unit.name) for unit in units]
        self.fields["don_vi"].choices = choices  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    """Why a sheet is sent back."""

    reason = LineField(
        label=_("Lý do trả lại"),
        max_length=500,
        help_text=_("Ví dụ: ảnh mờ, không thấy mã tra cứu; thiếu chữ ký"),
        error_messages={"required": _("Cần ghi lý do.")},
    )
