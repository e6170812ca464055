"""What is typed about a year, its members, its lead and its phases."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thidua.cycles.actions.members import Lead
from thidua.cycles.actions.years import CycleFacts
from thidua.cycles.models import Cycle, Enrolment, Phase
from thidua.organizations.models import Bloc, Organization
from thidua.web.fields import REQUIRED, BodyField, DayField, LineField


class YearField(forms.IntegerField):
    """A year in four digits. Plain text, so that what is no number is not swallowed."""

    widget = forms.TextInput
    default_error_messages = {
        "required": REQUIRED,
        "invalid": _("Viết năm bằng bốn chữ số, như 2026."),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask a phone for its keys with digits."""
        return {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        """Return the year, or None for nothing; "1e3" and numbers without end are no year."""
        text = str(value or "").strip()
        if text and not (text.isascii() and text.isdigit() and len(text) == 4):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)


class CycleForm(forms.Form):
    """The themes, the regulation and the summary of a year."""

    theme = LineField(label=_("Chủ đề của khối, cụm"), max_length=500, required=False)
    province_theme = LineField(
        label=_("Chủ đề năm của tỉnh, thành phố"),
        max_length=500,
        required=False,
        help_text=_("Khẩu hiệu năm do tỉnh, thành phố công bố, nếu có."),
    )
    regulation = BodyField(
        label=_("Quy chế"),
        required=False,
        max_length=100_000,
        help_text=_("Chép nguyên văn quy chế hoạt động của năm. Ai cũng đọc được khi năm đã mở."),
    )
    summary = BodyField(label=_("Tóm tắt"), required=False, max_length=20_000)
    source = LineField(
        label=_("Nguồn"),
        max_length=300,
        required=False,
        help_text=_("Thông tin lấy từ đâu: số văn bản, bài báo, trang web."),
    )

    def facts(self) -> CycleFacts:
        """Return what was told, for `found_cycle` and `edit_cycle`."""
        return CycleFacts(**{name: self.cleaned_data[name] for name in CycleFacts.__annotations__})


class NewCycleForm(CycleForm):
    """A year begun from nothing."""

    year = YearField(label=_("Năm"))
    field_order = ["year"]


class JoinForm(forms.Form):
    """Organisations that take part by one paper, from a day on."""

    organization = forms.ModelMultipleChoiceField(
        Organization.objects.all(),
        label=_("Đơn vị"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một đơn vị.")},
    )
    on = DayField(label=_("Tham gia từ ngày"))
    basis = LineField(
        label=_("Căn cứ"),
        max_length=300,
        required=False,
        help_text=_("Số, ngày của văn bản và cơ quan ban hành."),
    )

    def __init__(self, *args: Any, candidates: Sequence[Organization] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["organization"]
        field.choices = [(o.pk, told(o)) for o in candidates]  # type: ignore[attr-defined]


def told(organization: Organization) -> str:
    """Return an organisation's name with the one it belongs to, to tell namesakes apart."""
    above = f" ({organization.parent.label})" if organization.parent else ""
    return organization.name + above


class LeaveForm(forms.Form):
    """That a member leaves: the day, the paper, the reason."""

    on = DayField(label=_("Rời từ ngày"))
    basis = LineField(
        label=_("Căn cứ"),
        max_length=300,
        help_text=_("Số, ngày của văn bản và cơ quan ban hành."),
    )
    reason = LineField(label=_("Lý do"), max_length=500)


class LeadForm(forms.Form):
    """A role for each member, and the member that reviews the leader where there is no deputy."""

    reviewer = forms.ChoiceField(label=_("Đơn vị xem xét phần việc của đơn vị trưởng"))

    def __init__(
        self,
        *args: Any,
        bloc: Bloc,
        members: Sequence[Enrolment],
        roles: Mapping[int, str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.members = members
        reviewer = self.fields.pop("reviewer")
        nouns = [
            (Enrolment.Role.MEMBER.value, Enrolment.Role.MEMBER.label),
            (Enrolment.Role.LEADER.value, bloc.leader_noun),
            (Enrolment.Role.DEPUTY.value, bloc.deputy_noun),
        ]
        for member in members:
            self.fields[f"role_{member.pk}"] = forms.ChoiceField(
                label=member.name,
                choices=nouns,
                initial=roles.get(member.pk, Enrolment.Role.MEMBER),
            )
        reviewer.required = False
        reviewer.help_text = _(
            "Chỉ cần khi không có đơn vị phó: không ai tự xem xét phần việc của chính mình."
        )
        named = [(str(member.pk), member.name) for member in members]
        reviewer.choices = [("", _("không cử riêng")), *named]  # type: ignore[attr-defined]
        self.fields["reviewer"] = reviewer

    def lead(self) -> Lead:
        """Return who leads, who helps, and who reviews the leader."""
        roles = {m.pk: self.cleaned_data[f"role_{m.pk}"] for m in self.members}
        named = self.cleaned_data["reviewer"]
        return Lead(
            leaders=[m for m in self.members if roles[m.pk] == Enrolment.Role.LEADER],
            deputies=[m for m in self.members if roles[m.pk] == Enrolment.Role.DEPUTY],
            reviewer=next((m for m in self.members if str(m.pk) == named), None),
        )


class CopyForm(LeadForm):
    """The new year, and who leads it."""

    year = YearField(label=_("Năm mới"))
    field_order = ["year"]


class PhaseForm(forms.Form):
    """The window of one phase."""

    kind = forms.ChoiceField(choices=Phase.Kind.choices, widget=forms.HiddenInput)
    opens_on = DayField(label=_("Mở từ ngày"))
    due_on = DayField(
        label=_("Hạn"),
        required=False,
        help_text=_("Hết 24 giờ ngày này. Gửi sau hạn vẫn nhận nhưng ghi là muộn."),
    )
    closes_on = DayField(
        label=_("Đóng sau ngày"),
        required=False,
        help_text=_("Sau ngày này không nhận nữa. Để trống thì nhận cho đến khi đóng bằng tay."),
    )


class ReasonForm(forms.Form):
    """A reason, and what the page showed was to be done."""

    opens = forms.TypedChoiceField(
        choices=[("1", ""), ("0", "")], coerce=lambda v: v == "1", widget=forms.HiddenInput
    )
    reason = LineField(label=_("Lý do"), max_length=500)


class MoveForm(forms.Form):
    """Which way the year moves; why, where a reason is asked."""

    to = forms.ChoiceField(
        choices=[(way, way) for way in ("open", "close", "reopen", "archive")],
        widget=forms.HiddenInput,
    )
    reason = LineField(label=_("Lý do"), max_length=500, required=False)

    def __init__(self, *args: Any, asks_reason: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = asks_reason
        if not asks_reason:
            del self.fields["reason"]


def cycle_values(cycle: Cycle) -> dict[str, Any]:
    """Return what stands in a year now, for its form."""
    return {name: getattr(cycle, name) for name in CycleForm.base_fields}
