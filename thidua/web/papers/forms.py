"""What is typed on a paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import Appointment
from thidua.paperwork.actions.drafting import LONGEST_PART, DraftFacts
from thidua.paperwork.papers import Kind
from thidua.web.fields import BodyField, DayField, LineField
from thidua.web.numbers.forms import CountField

TYPED_HELP = _("Số lấy ở sổ văn bản đi của cơ quan bạn, ví dụ 15. Chưa lấy số thì để trống.")
TO_ISSUE = _("(cần có khi ban hành)")


class SignerField(forms.ModelChoiceField):
    """Who signs: each under the office and the name that the paper will bear."""

    def label_from_instance(self, obj: Any) -> str:
        """Return "Nguyễn Văn A, TM. BAN CHẤP HÀNH": on a phone the name stays in sight."""
        return ", ".join([obj.user.name, *obj.capacity])


class DraftForm(forms.Form):
    """Place, day, number and signer, and a field for each free part of the kind."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    place = LineField(label=_("Địa danh"), max_length=100, required=False)
    dated = DayField(label=_("Ngày văn bản"), required=False)
    typed_number = CountField(
        label=_("Số văn bản"),
        required=False,
        min_value=1,
        max_value=99_999,
        help_text=TYPED_HELP,
        error_messages={"invalid": _("Chỉ ghi số, ví dụ 15.")},
    )
    signer = SignerField(
        label=_("Người ký"),
        queryset=Appointment.objects.none(),
        required=False,
        empty_label=_("(chưa chọn)"),
        error_messages={"invalid_choice": _("Người này hôm nay không ký được. Hãy chọn lại.")},
    )

    def __init__(
        self, *args: Any, kind: Kind, signers: list[Appointment], is_ours: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        signer = self.fields["signer"]
        ids = [appointment.pk for appointment in signers]
        signer.queryset = Appointment.objects.filter(pk__in=ids).select_related(  # type: ignore[attr-defined]
            "user__person", "stands_in_for"
        )
        choices = [(one.pk, signer.label_from_instance(one)) for one in signers]  # type: ignore[attr-defined]
        signer.choices = [("", signer.empty_label), *choices]  # type: ignore[attr-defined]
        if is_ours:
            del self.fields["typed_number"]
        for part in kind.parts:
            self.fields[self.name_of(part.name)] = field = BodyField(
                label=str(part.label),
                help_text=str(part.help),
                required=False,
                max_length=LONGEST_PART,
                widget=forms.Textarea({"rows": part.rows}),
            )
            if part.required:
                field.optional_note = TO_ISSUE  # type: ignore[attr-defined]
        for name in ("dated", "typed_number", "signer"):
            if name in self.fields:
                self.fields[name].optional_note = TO_ISSUE  # type: ignore[attr-defined]

    @staticmethod
    def name_of(part: str) -> str:
        """Return the name of the field for a free part."""
        return f"part_{part}"

    def facts(self) -> DraftFacts:
        """Return what was written, for `save_draft`."""
        told = self.cleaned_data
        return DraftFacts(
            parts={part.name: told[self.name_of(part.name)] for part in self.kind.parts},
            place=told["place"],
            dated=told["dated"],
            typed_number=told.get("typed_number"),
            signer=told["signer"],
        )


class WithdrawForm(forms.Form):
    """Why an issued paper is taken back."""

    reason = LineField(
        label=_("Lý do thu hồi"),
        max_length=500,
        help_text=_("Ai tra cứu văn bản này đều đọc được lý do."),
    )
