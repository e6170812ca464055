"""What is typed about accounts and the rights they are given."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.accounts.acting import Acting
from thidua.accounts.actions import Newcomer, Terms
from thidua.accounts.models import Appointment, User
from thidua.accounts.queries import heads_of, roles_to_give
from thidua.core import clock
from thidua.core.text import one_line
from thidua.cycles.queries import years_led_by
from thidua.organizations.models import Organization, Person
from thidua.organizations.queries import people_named
from thidua.web.fields import REQUIRED, BodyField, DayField, LineField, PickField

MOST_OFFERED = 8
Role, Manner = Appointment.Role, Appointment.Manner


class AppointForm(forms.Form):
    """A right to act for an organisation: role, days, and how a stand-in stands in."""

    role = PickField(label=_("Làm việc với vai trò"), choices=[])
    post = LineField(
        label=_("Chức vụ"),
        max_length=200,
        required=False,
        help_text=_("In trên chữ ký, ví dụ: Phó Chủ tịch. Lãnh đạo và người ký thay phải có."),
    )
    since = DayField(label=_("Từ ngày"), initial=clock.today)
    until = DayField(
        label=_("Đến hết ngày"),
        required=False,
        help_text=_("Để trống nếu chưa biết ngày thôi. Quyền tự hết sau ngày này."),
    )
    collective = LineField(
        label=_("Thay mặt tập thể (TM.)"),
        max_length=200,
        required=False,
        help_text=_("Chỉ ghi khi ký thay mặt tập thể, ví dụ: Ban Thường trực."),
    )
    stands_in_for = PickField(label=_("Ký thay cho"), choices=[], required=False)
    manner = PickField(label=_("Cách ký"), choices=Manner.choices[1:], required=False)
    authorization_number = LineField(
        label=_("Số giấy ủy quyền"),
        max_length=60,
        required=False,
        help_text=_("Chỉ cần khi ký TUQ.; khi đó phải có cả phạm vi và ngày hết hạn."),
    )
    authorization_scope = BodyField(
        label=_("Phạm vi ủy quyền"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    bloc = PickField(label=_("Thư ký của"), choices=[], required=False)

    def __init__(self, *args: Any, organization: Organization, by: Acting, **options: Any) -> None:
        super().__init__(*args, **options)
        self.heads = {str(head.pk): head for head in heads_of(organization)}
        self.years = {str(year.pk): year for year in years_led_by(organization)}
        self._offer("role", [(r.value, r.label) for r in roles_to_give(by, organization)])
        self._offer("stands_in_for", [(k, f"{a.user}, {a.post}") for k, a in self.heads.items()])
        self._offer("bloc", list(self.years.items()))

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        field.choices = [("", _("– chọn –")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the post of whoever signs: it stands above the name."""
        told = self.cleaned_data
        if told.get("role") in (Role.HEAD, Role.STAND_IN) and not told.get("post"):
            self.add_error("post", _("Hãy ghi chức vụ: chữ ký in chức vụ này."))
        return told

    def terms(self) -> Terms:
        """Return what was told of this role; what belongs to another role is left out."""
        told = self.cleaned_data
        facts = {name: told[name] for name in ("since", "until", "post")}
        if told["role"] in (Role.HEAD, Role.STAND_IN):
            facts["collective"] = told["collective"]
        if told["role"] == Role.STAND_IN:
            facts["manner"] = told["manner"]
            facts["stands_in_for"] = self.heads.get(told["stands_in_for"])
        if told["role"] == Role.STAND_IN and told["manner"] == Manner.AUTHORIZED:
            facts["authorization_number"] = told["authorization_number"]
            facts["authorization_scope"] = told["authorization_scope"]
        if told["role"] == Role.SECRETARY and (year := self.years.get(told["bloc"])):
            facts["bloc"], facts["year"] = year.bloc, year.year
        return Terms(**facts)


class CreateForm(AppointForm):
    """A new account with its first right. Who has the same name is offered first."""

    OTHER = "new"
    full_name = LineField(label=_("Họ và tên"), max_length=200)
    person = forms.ChoiceField(
        label=_("Là người nào?"), widget=forms.RadioSelect, required=False, choices=[]
    )
    username = LineField(
        label=_("Tên đăng nhập"),
        max_length=150,
        help_text=_("Viết liền không dấu, ví dụ: nguyen.van.an"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        max_length=254,
        help_text=_("Nếu có, người này tự đặt lại được mật khẩu khi quên."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["full_name", "person", "username", "email"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        name = one_line(self.data.get("full_name", ""))[:200]
        found = list(people_named(name)[:MOST_OFFERED]) if name else []
        self.users = list(
            User.objects.filter(person__in=found, is_active=True).select_related("person")
        )
        with_account = {user.person_id for user in self.users}
        self.people = {str(p.pk): p for p in found if p.pk not in with_account}
        if not found:
            del self.fields["person"]
            return
        offered = [(pk, _told(person)) for pk, person in self.people.items()]
        other = (self.OTHER, _("Một người khác cùng tên, chưa có trong danh sách"))
        self.fields["person"].choices = [*offered, other]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask who it is where somebody of that name is known."""
        told = super().clean()
        if "person" in self.fields and not told.get("person") and "person" not in self.errors:
            self.add_error("person", _("Đã có người mang tên này. Hãy chọn là người nào."))
        return told

    def newcomer(self, by: Acting) -> Newcomer:
        """Return who is to get the account; whom an invented person enters is invented too."""
        told = self.cleaned_data
        known = self.people.get(told.get("person", ""))
        return Newcomer(
            told["full_name"], told["username"], told["email"], known, by.is_illustration
        )


def _told(person: Person) -> str:
    offices = "; ".join(f"{o.post}, {o.organization.label}" for o in person.offices.all())
    return f"{person.full_name} ({offices})" if offices else person.full_name


class EndForm(forms.Form):
    """The last day of a right, or at once; and why."""

    on = DayField(label=_("Ngày cuối cùng còn quyền"), initial=clock.today, required=False)
    at_once = forms.BooleanField(
        label=_("Ngay bây giờ, không đợi hết ngày"),
        required=False,
        help_text=_("Đang đăng nhập thì mất quyền ở lần bấm kế tiếp."),
    )
    reason = LineField(
        label=_("Lý do"), max_length=300, help_text=_("Ví dụ: chuyển công tác, nghỉ hưu.")
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the day unless it is at once."""
        told = self.cleaned_data
        if not told.get("at_once") and "on" not in self.errors and told.get("on") is None:
            self.add_error("on", REQUIRED)
        return told

    def facts(self) -> dict[str, Any]:
        """Return what the action takes: no day means at once."""
        told = self.cleaned_data
        return {"reason": told["reason"], "on": None if told["at_once"] else told["on"]}


class EmailForm(forms.Form):
    """One's own e-mail, with the password typed again."""

    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        max_length=254,
        help_text=_("Để trống nếu không muốn giữ địa chỉ nào."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Mật khẩu đang dùng"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
