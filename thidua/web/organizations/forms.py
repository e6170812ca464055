"""What is typed about organisations and offices."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from thidua.core.text import one_line
from thidua.organizations.actions import OrganizationFacts, Particulars
from thidua.organizations.models import Level, Name, Organization, Person
from thidua.organizations.queries import namesakes, people_named
from thidua.web.fields import DayField, LineField, PickField
from thidua.web.organizations.picking import OrganizationByName

MOST_OFFERED = 8


class ParticularsForm(forms.Form):
    """What an organisation is, apart from its name."""

    kind = PickField(label=_("Loại đơn vị"), choices=Organization.Kind.choices)
    level = PickField(label=_("Cấp"), choices=Level.choices)
    parent = OrganizationByName(
        label=_("Đơn vị cấp trên"),
        max_length=300,
        required=False,
        help_text=_("Gõ tên đơn vị. Ban thi đua của đơn vị cấp trên mở được tài khoản ở đây."),
    )
    place = LineField(
        label=_("Địa danh"), max_length=100, required=False, help_text=_("Ví dụ: Nam Định")
    )
    officer_may_send = forms.BooleanField(
        label=_("Đơn vị nhỏ: cán bộ được gửi đăng ký thay lãnh đạo"), required=False
    )
    source = LineField(
        label=_("Nguồn"),
        max_length=300,
        required=False,
        help_text=_("Thông tin lấy từ đâu: số quyết định, bài báo, trang web."),
    )

    def particulars(self) -> Particulars:
        """Return what was told, for `edit_organization`."""
        return Particulars(
            **{name: self.cleaned_data[name] for name in Particulars.__annotations__}
        )


class OrganizationForm(ParticularsForm):
    """A new organisation. What has nearly the same name is offered first."""

    name = LineField(label=_("Tên đầy đủ"), max_length=300)
    short_name = LineField(label=_("Tên ngắn"), max_length=100, required=False)
    since = DayField(
        label=_("Mang tên này từ ngày"), required=False, help_text=_("Để trống nếu không rõ.")
    )
    header = forms.ChoiceField(label=_("Đầu văn bản"), choices=Name.Header.choices, initial="state")
    superior = LineField(
        label=_("Tên cơ quan cấp trên ghi trên đầu văn bản"), max_length=300, required=False
    )
    symbol = LineField(
        label=_("Ký hiệu đơn vị"),
        max_length=30,
        required=False,
        help_text=_("Chữ viết tắt đứng sau số và loại văn bản. Ví dụ: LĐLĐ"),
    )
    is_other = forms.BooleanField(
        label=_("Không phải. Đây là đơn vị khác, chưa có trong danh sách"), required=False
    )
    field_order = ["name", "is_other", "short_name", "kind", "level", "parent", "place"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_bound:
            del self.fields["is_other"]

    def clean(self) -> dict[str, Any]:
        """Ask whether it is one of those that have nearly the same name."""
        told = self.cleaned_data
        found = list(namesakes(told["name"])[:MOST_OFFERED]) if told.get("name") else []
        if not found:
            del self.fields["is_other"]
            return told
        links = format_html_join(
            "", '<li><a href="{}">{}</a></li>', ((_show(o.pk), o.name) for o in found)
        )
        self["is_other"].help_text = format_html("<ul>{}</ul>", links)
        if not told.get("is_other"):
            self.add_error("is_other", _("Có phải là một trong các đơn vị đã có này không?"))
        return told

    def facts(self) -> OrganizationFacts:
        """Return what was told, for `found_organization`."""
        told = {name: self.cleaned_data[name] for name in OrganizationFacts.__annotations__}
        return OrganizationFacts(**told)


def _show(pk: int) -> str:
    return reverse("organizations:show", args=[pk])


class RenameForm(forms.Form):
    """A new name, from a day on, by a paper."""

    name = LineField(label=_("Tên mới"), max_length=300)
    short_name = LineField(label=_("Tên ngắn mới"), max_length=100, required=False)
    since = DayField(label=_("Từ ngày"))
    basis = LineField(
        label=_("Căn cứ"),
        max_length=300,
        help_text=_("Số, ngày của quyết định đổi tên và cơ quan ban hành."),
    )
    place = LineField(
        label=_("Địa danh mới"),
        max_length=100,
        required=False,
        help_text=_("Để trống nếu không đổi. Văn bản trước ngày đổi vẫn mang địa danh cũ."),
    )


class OfficeForm(forms.Form):
    """A person and the post held. Who has the same name is offered first."""

    OTHER = "new"
    full_name = LineField(label=_("Họ và tên"), max_length=200)
    person = forms.ChoiceField(
        label=_("Là người nào?"), widget=forms.RadioSelect, required=False, choices=[]
    )
    post = LineField(label=_("Chức vụ"), max_length=200)
    since = DayField(label=_("Giữ chức vụ từ ngày"), required=False)
    until = DayField(label=_("Đến ngày"), required=False)
    source = LineField(label=_("Nguồn"), max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        name = one_line(self.data.get("full_name", ""))[:200]
        found = list(people_named(name)[:MOST_OFFERED]) if name else []
        self.people = {str(person.pk): person for person in found}
        if not found:
            del self.fields["person"]
            return
        offered = [(pk, _told(person)) for pk, person in self.people.items()]
        other = (self.OTHER, _("Một người khác cùng tên, chưa có trong danh sách"))
        self.fields["person"].choices = [*offered, other]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask who it is where somebody of that name is known."""
        told = self.cleaned_data
        if self.people and not told.get("person") and "person" not in self.errors:
            self.add_error("person", _("Đã có người mang tên này. Hãy chọn là người nào."))
        return told

    def known(self) -> Person | None:
        """Return the known person who was chosen, or None for a new one."""
        return self.people.get(self.cleaned_data.get("person", ""))


def _told(person: Person) -> str:
    offices = "; ".join(f"{o.post}, {o.organization.label}" for o in person.offices.all())
    return f"{person.full_name} ({offices})" if offices else person.full_name
