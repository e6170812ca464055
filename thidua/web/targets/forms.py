"""What is typed about targets, honours and answers."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.cycles.models import Cycle
from thidua.lawbook.honours import Subject, honours_for
from thidua.movements.models import Adoption
from thidua.targets.actions.drafting import TargetFacts
from thidua.targets.models import Answer, CommonTarget, Direction, Registration
from thidua.web.fields import DayField, LineField, NumberField, RowField


def chosen(form: forms.Form, name: str) -> Any:
    """Return what stands in a field: what was posted, else what it begins with."""
    if form.is_bound:
        return form.data.get(name)
    return form.get_initial_for_field(form.fields[name], name)


class CommonTargetForm(forms.Form):
    """What a target says: the measure, which way is good, the number, its unit, the due day."""

    name = LineField(
        label=_("Chỉ tiêu"), max_length=400, help_text=_("Ví dụ: Kết nạp hội viên mới")
    )
    direction = forms.ChoiceField(
        label=_("Thế nào là tốt"),
        choices=Direction.choices,
        initial=Direction.MORE,
        widget=forms.RadioSelect,
    )
    number = NumberField(
        label=_("Con số"),
        error_messages={"required": _("Chỉ tiêu cần một con số.")},
        help_text=_("Viết như 1.234 hoặc 12,5. Chỉ tiêu “có hoặc không” thì để trống."),
    )
    unit = LineField(
        label=_("Đơn vị tính"),
        max_length=60,
        required=False,
        help_text=_("Ví dụ: hội viên, mô hình, %"),
    )
    due_on = DayField(
        label=_("Hạn hoàn thành"),
        required=False,
        help_text=_("Để trống nghĩa là đến hết năm thi đua."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["number"].required = chosen(self, "direction") != Direction.YES_NO

    def facts(self) -> TargetFacts:
        """Return what was told, for the actions."""
        told = {n: v for n, v in self.cleaned_data.items() if n in TargetFacts.__annotations__}
        return TargetFacts(**told)


class TargetForm(CommonTargetForm):
    """A member's target: also last year's number, the movement and the common target."""

    baseline = NumberField(
        label=_("Năm trước đạt"), required=False, help_text=_("Để người xem so được với năm nay.")
    )
    adoption = RowField(
        label=_("Thuộc phong trào của năm"), queryset=Adoption.objects.none(), required=False
    )
    common = RowField(
        label=_("Góp vào chỉ tiêu chung"), queryset=CommonTarget.objects.none(), required=False
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, cycle: Cycle, **options: Any) -> None:
        super().__init__(*args, **options)
        mine = Adoption.objects.filter(cycle=cycle).select_related("movement")
        self.fields["adoption"].queryset = mine  # type: ignore[attr-defined]
        shared = CommonTarget.objects.filter(cycle=cycle)
        self.fields["common"].queryset = shared  # type: ignore[attr-defined]


class HonourForm(forms.Form):
    """A title or form, by whom it is for, under the law of the last day of the year."""

    honour = forms.ChoiceField(label=_("Danh hiệu, hình thức"))
    subject_name = LineField(
        label=_("Tên tập thể nhỏ hoặc cá nhân"),
        max_length=300,
        required=False,
        help_text=_("Đăng ký cho cả đơn vị thì để trống."),
    )
    remark = LineField(label=_("Ghi chú"), max_length=300, required=False)

    def __init__(self, *args: Any, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [
            (label, [(f"{code}:{h.code}", h.name) for h in honours_for(Subject(code), day)])
            for code, label in Registration.SUBJECTS
        ]
        self.fields["honour"].choices = [("", _("– chọn –")), *offered]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, str]:
        """Return what was told, for `register_honour`."""
        subject, _colon, honour = self.cleaned_data["honour"].partition(":")
        told = {name: self.cleaned_data[name] for name in ("subject_name", "remark")}
        return {"subject": subject, "honour": honour, **told}


class AnswerForm(forms.Form):
    """Agreeing to a target or proposing a change, and what whoever answers had before them."""

    says = forms.ChoiceField(
        label=_("Trả lời"),
        choices=[
            (Answer.Kind.AGREE.value, _("Đồng ý với chỉ tiêu này")),
            (Answer.Kind.PROPOSE.value, _("Đề nghị sửa")),
        ],
        initial=Answer.Kind.PROPOSE.value,
        widget=forms.RadioSelect,
    )
    number = NumberField(
        label=_("Con số đề nghị"),
        required=False,
        help_text=_("Viết như 1.234 hoặc 12,5. Để trống nếu chỉ đề nghị sửa lời."),
    )
    reason = LineField(
        label=_("Lý do"),
        max_length=500,
        error_messages={"required": _("Đề nghị sửa cần có lý do.")},
        help_text=_("Đề nghị sửa thì phải có lý do; đồng ý thì không cần."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    answers = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = chosen(self, "says") != Answer.Kind.AGREE

    def facts(self) -> dict[str, Any]:
        """Return what was told, for `answer_target`."""
        told = dict(self.cleaned_data)
        return {"agrees": told.pop("says") == Answer.Kind.AGREE, **told}
