"""Forms of the signing round: its order, a later day, who stands in, links for heads."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import Appointment, User
from thidua.covenants.actions.linking import HOURS
from thidua.covenants.actions.substituting import StandIn
from thidua.covenants.models import Contact
from thidua.cycles.models import Enrolment
from thidua.web.covenants.forms import CHOOSE, LONG, FreezeForm
from thidua.web.fields import BodyField, DayField, LineField

TOGETHER, LEADER_LAST, LEADER_FIRST, NUMBERED = "together", "last", "first", "numbered"
NEW = "new"
MANNERS = [
    (Appointment.Manner.FOR, _("Ký thay (KT.): cấp phó ký")),
    (Appointment.Manner.BY_ORDER, _("Thừa lệnh (TL.)")),
    (Appointment.Manner.AUTHORIZED, _("Thừa ủy quyền (TUQ.): cần số giấy ủy quyền")),
    (Appointment.Manner.ACTING, _("Quyền (Q.)")),
]


class RoundForm(FreezeForm):
    """Until which day the members sign, together or one after the other."""

    manner = forms.ChoiceField(
        label=_("Các đơn vị ký"),
        choices=[
            (TOGETHER, _("Cùng ký: ai xong trước ký trước")),
            (LEADER_LAST, _("Theo thứ tự dưới đây, đơn vị trưởng ký sau cùng")),
            (LEADER_FIRST, _("Theo thứ tự dưới đây, đơn vị trưởng ký trước tiên")),
            (NUMBERED, _("Đúng theo số thứ tự dưới đây, kể cả đơn vị trưởng")),
        ],
        initial=TOGETHER,
        required=False,  # nothing chosen is the usual
        widget=forms.RadioSelect,
        help_text=_(
            "Ký theo thứ tự thì mỗi đơn vị được báo khi đến lượt; lượt nào vướng chuyển tiếp được."
        ),
        error_messages=CHOOSE,
    )

    def __init__(self, *args: Any, members: Sequence[Enrolment] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = list(members)
        for place, member in enumerate(self.members, 1):
            self.fields[f"place_{member.pk}"] = forms.IntegerField(
                label=member.name,
                initial=place,
                required=False,
                min_value=1,
                max_value=9999,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={
                    "invalid": _("Số thứ tự là số nguyên, ví dụ 3."),
                    "min_value": _("Số thứ tự bắt đầu từ 1."),
                    "max_value": _("Số thứ tự quá lớn."),
                },
            )

    def usual(self) -> list[forms.BoundField]:
        """Return the fields that come first: the day and the manner."""
        return [self["sign_by"], self["manner"]]

    def places(self) -> list[forms.BoundField]:
        """Return the number fields of the members."""
        return [self[f"place_{member.pk}"] for member in self.members]

    def order(self) -> list[int]:
        """Return the enrolment ids in the order asked for; empty where all sign together."""
        manner = self.cleaned_data["manner"]
        if manner in ("", TOGETHER):
            return []
        lead = {LEADER_LAST: 1, LEADER_FIRST: -1}.get(manner, 0)
        ranked = [
            (
                lead if member.role == Enrolment.Role.LEADER else 0,
                self.cleaned_data.get(f"place_{member.pk}") or place,
                place,
                member.pk,
            )
            for place, member in enumerate(self.members, 1)
        ]
        return [pk for *_rank, pk in sorted(ranked)]


class ExtendForm(forms.Form):
    """A later last day, and why."""

    sign_by = DayField(label=_("Hạn mới, ký trước hết ngày"))
    reason = LineField(label=_("Lý do gia hạn"), max_length=500)


class PassForm(forms.Form):
    """Why a turn passes on."""

    reason = LineField(
        label=_("Lý do chuyển lượt"),
        help_text=_(
            "Các đơn vị trong năm thi đua đọc được. Đơn vị được chuyển lượt vẫn ký được sau."
        ),
        max_length=500,
    )


class AnswerForm(forms.Form):
    """The leader's answer to a member that declined."""

    body = BodyField(
        label=_("Trả lời"),
        help_text=_("Đã thống nhất thế nào, hoặc vì sao giữ nguyên. Đơn vị được báo ngay."),
        max_length=LONG,
    )


class SubstituteForm(forms.Form):
    """Who signs in the head's place: one who stands in already, or one of the unit's people."""

    person = forms.ChoiceField(
        label=_("Ai ký thay"), widget=forms.RadioSelect, error_messages=CHOOSE
    )
    manner = forms.ChoiceField(
        label=_("Ký với tư cách"),
        choices=MANNERS,
        initial=Appointment.Manner.FOR,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    post = LineField(
        label=_("Chức vụ của người ký thay"),
        help_text=_("Ghi như ở chỗ ký, ví dụ: Phó Chủ tịch."),
        max_length=200,
        required=False,
    )
    authorization_number = LineField(
        label=_("Số giấy ủy quyền (chỉ khi thừa ủy quyền)"), max_length=60, required=False
    )

    def __init__(
        self,
        *args: Any,
        stand_ins: Sequence[Appointment] = (),
        people: Sequence[User] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.stand_ins = {f"a{one.pk}": one for one in stand_ins}
        self.people = {f"u{one.pk}": one for one in people}
        choices = [
            (key, f"{one.user.name} ({' / '.join(one.capacity)}), {_now('đã được giao ký thay')}")
            for key, one in self.stand_ins.items()
        ]
        choices += [(key, one.name) for key, one in self.people.items()]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial.setdefault("person", choices[0][0])
        note = _("để trống nếu đã được giao ký thay")
        self.fields["post"].optional_note = note  # type: ignore[attr-defined]

    def stand_in(self) -> StandIn:
        """Return what was chosen, for the action."""
        told = self.cleaned_data
        if told["person"] in self.stand_ins:
            return StandIn(appointment=self.stand_ins[told["person"]])
        return StandIn(
            user=self.people[told["person"]],
            manner=told["manner"],
            post=told["post"],
            authorization_number=told["authorization_number"],
        )


class ContactForm(forms.Form):
    """A head who has no account: name, post, where codes go."""

    name = LineField(label=_("Họ và tên lãnh đạo"), max_length=200)
    post = LineField(
        label=_("Chức vụ"), help_text=_("Như sẽ ghi ở chữ ký, ví dụ: Chủ tịch."), max_length=200
    )
    collective = LineField(
        label=_("Thay mặt (TM.)"),
        help_text=_("Tập thể mà lãnh đạo thay mặt ký, ví dụ: Ban Thường vụ."),
        max_length=200,
        required=False,
    )
    address = forms.EmailField(
        label=_("Thư điện tử nhận mã"),
        help_text=_("Hộp thư mà chỉ lãnh đạo này mở được, hoặc hộp thư chính thức của đơn vị."),
        error_messages={
            "required": _("Hãy điền mục này."),
            "invalid": _("Chưa phải là một địa chỉ thư điện tử."),
        },
    )


class LinkForm(ContactForm):
    """For whom the link is, one that is known or a new one, and how long it lives."""

    field_order = ("contact", "hours", "name", "post", "collective", "address")
    contact = forms.ChoiceField(
        label=_("Đường dẫn cho ai"), widget=forms.RadioSelect, error_messages=CHOOSE
    )
    hours = forms.TypedChoiceField(
        label=_("Dùng được trong"),
        coerce=int,
        initial=24,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def __init__(self, *args: Any, contacts: Sequence[Contact] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.contacts = {str(one.pk): one for one in contacts}
        choices = [
            (key, f"{one.person.full_name}, {one.post}, {one.shown_address}")
            for key, one in self.contacts.items()
        ]
        new = (NEW, _now("Người khác: ghi tên và địa chỉ dưới đây"))
        self.fields["contact"].choices = [*choices, new]  # type: ignore[attr-defined]
        self.initial.setdefault("contact", choices[0][0] if choices else NEW)
        hours = [(n, _span(n)) for n in HOURS]
        self.fields["hours"].choices = hours  # type: ignore[attr-defined]
        if self.data.get("contact") != NEW:
            for name in ("name", "post", "address"):
                self.fields[name].required = False
        note = _("cần khi là người khác")
        for name in ("name", "post", "address"):
            self.fields[name].optional_note = note  # type: ignore[attr-defined]

    def known(self) -> list[forms.BoundField]:
        """Return the fields that everyone fills in."""
        return [self["contact"], self["hours"]]

    def new(self) -> list[forms.BoundField]:
        """Return the fields for somebody who is not known yet."""
        return [self[name] for name in ("name", "post", "collective", "address")]

    def chosen(self) -> Contact | None:
        """Return the known contact that was chosen, or None for a new one."""
        return self.contacts.get(self.cleaned_data["contact"])


def _span(hours: int) -> str:
    if hours > 24:
        return _now("%(count)d ngày") % {"count": hours // 24}
    return _now("%(count)d giờ") % {"count": hours}
