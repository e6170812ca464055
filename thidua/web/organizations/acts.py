"""What is typed about an act by which organisations change, and the act that it amounts to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thidua.accounts.acting import Acting
from thidua.organizations.actions import (
    Decision,
    Newborn,
    absorb_organizations,
    dissolve_organization,
    merge_organizations,
    move_organization,
    split_organization,
)
from thidua.organizations.models import Organization, Reorganization
from thidua.organizations.queries import living, organizations_under
from thidua.web.fields import BodyField, DayField, LineField
from thidua.web.organizations.picking import (
    OrganizationByName,
    UnitByName,
    UnitsByName,
    lines_of,
)

Kind = Reorganization.Act
Heir = Organization | Newborn


@dataclass(frozen=True)
class Plan:
    """An act as it was typed: who ends, who comes after, and how it is done."""

    kind: str
    ending: Sequence[Organization]
    heirs: Sequence[Heir]
    decision: Decision
    act: Callable[[Decision, Acting], Reorganization]

    def do(self, decision: Decision, by: Acting) -> Reorganization:
        """Do it, with what was chosen for all that follows."""
        return self.act(decision, by)


class ActForm(forms.Form):
    """The decision, which every act has; what comes before it is each act's own."""

    kind: ClassVar[str]
    number = LineField(label=_("Số quyết định"), max_length=300, help_text=_("Ví dụ: 1234/QĐ-UBND"))
    decided_on = DayField(label=_("Ngày quyết định"), required=False)
    issuer = LineField(label=_("Cơ quan ban hành"), max_length=300, required=False)
    effective_on = DayField(
        label=_("Có hiệu lực từ ngày"),
        help_text=_("Ngày đầu tiên theo sắp xếp mới. Hôm trước là ngày cuối cùng của đơn vị cũ."),
    )
    note = BodyField(label=_("Ghi chú"), max_length=5000, required=False)

    def __init__(
        self, *args: Any, organization: Organization, acting: Acting, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.organization = organization
        under = organizations_under(acting)
        for field in self.fields.values():
            if isinstance(field, UnitByName | UnitsByName):
                field.among = under
        own = [name for name in self.fields if name not in ActForm.base_fields]
        self.order_fields([*own, *ActForm.base_fields])

    def decision(self) -> Decision:
        """Return what the decision says."""
        told = self.cleaned_data
        names = ("effective_on", "number", "decided_on", "issuer", "note")
        return Decision(**{name: told[name] for name in names})

    def plan(self) -> Plan:
        """Return the act that was typed."""
        raise NotImplementedError


def _named(name: str, short_name: str = "", place: str = "") -> Heir:
    """Return the unit just entered under this name, or a new one."""
    there = list(living().filter(name=name)[:1])
    return there[0] if there else Newborn(name, short_name, place)


class MergeForm(ActForm):
    """Several become one that is new."""

    kind = Kind.MERGE
    others = UnitsByName(label=_("Hợp nhất cùng với"), help_text=_("Mỗi dòng tên một đơn vị."))
    name = LineField(
        label=_("Tên đơn vị mới"),
        max_length=300,
        help_text=_("Nếu đơn vị mới đã nhập trong danh sách, hãy gõ đúng tên ấy."),
    )
    short_name = LineField(label=_("Tên ngắn"), max_length=100, required=False)
    place = LineField(
        label=_("Địa danh"), max_length=100, required=False, help_text=_("Ví dụ: Ninh Bình")
    )

    def plan(self) -> Plan:
        """Return the merger."""
        told = self.cleaned_data
        old = [self.organization, *told["others"]]
        heir = _named(told["name"], told["short_name"], told["place"])
        if isinstance(heir, Organization) and heir in old:
            heir = Newborn(told["name"], told["short_name"], told["place"])  # its name lives on
        return Plan(
            self.kind,
            old,
            [heir],
            self.decision(),
            lambda decision, by: merge_organizations(old, heir, decision, by=by),
        )


class AbsorbForm(ActForm):
    """One or more become part of another that goes on."""

    kind = Kind.ABSORB
    into = UnitByName(label=_("Sáp nhập vào"), max_length=300, help_text=_("Gõ tên đơn vị."))
    others = UnitsByName(
        label=_("Cùng sáp nhập vào đó"), required=False, help_text=_("Mỗi dòng tên một đơn vị.")
    )

    def plan(self) -> Plan:
        """Return the absorption."""
        old, heir = [self.organization, *self.cleaned_data["others"]], self.cleaned_data["into"]
        return Plan(
            self.kind,
            old,
            [heir],
            self.decision(),
            lambda decision, by: absorb_organizations(old, heir, decision, by=by),
        )


class SplitForm(ActForm):
    """One becomes several, or lets some part from it."""

    kind = Kind.SPLIT
    way = forms.ChoiceField(
        label=_("Đơn vị cũ"),
        widget=forms.RadioSelect,
        choices=[
            ("ends", _("kết thúc, chia thành các đơn vị dưới đây")),
            ("goes_on", _("vẫn hoạt động, tách ra các đơn vị dưới đây")),
        ],
        initial="ends",
    )
    successors = BodyField(
        label=_("Các đơn vị mới"),
        help_text=_(
            "Mỗi dòng tên một đơn vị. Khi đơn vị cũ kết thúc, đơn vị ở dòng đầu nhận các đơn vị "
            "trực thuộc và các khối, cụm đang quản lý."
        ),
    )

    def clean_successors(self) -> list[str]:
        """Return the names, each of which a name can be."""
        names = lines_of(self.cleaned_data["successors"])
        for name in names:
            if len(name) > 300:
                raise ValidationError(_("Có tên dài quá 300 chữ. Hãy viết gọn lại."))
        return names

    def plan(self) -> Plan:
        """Return the division."""
        heirs = [_named(name) for name in self.cleaned_data["successors"]]
        goes_on, old = self.cleaned_data["way"] == "goes_on", self.organization
        return Plan(
            self.kind,
            [] if goes_on else [old],
            heirs,
            self.decision(),
            lambda decision, by: split_organization(old, heirs, decision, by=by, goes_on=goes_on),
        )


class DissolveForm(ActForm):
    """One ends and nobody comes after."""

    kind = Kind.DISSOLVE

    def plan(self) -> Plan:
        """Return the end."""
        old = self.organization
        return Plan(
            self.kind,
            [old],
            [],
            self.decision(),
            lambda decision, by: dissolve_organization(old, decision, by=by),
        )


class MoveForm(ActForm):
    """One is placed under another parent."""

    kind = Kind.MOVE
    parent = OrganizationByName(
        label=_("Đơn vị cấp trên mới"), max_length=300, help_text=_("Gõ tên đơn vị.")
    )
    place = LineField(
        label=_("Địa danh mới"),
        max_length=100,
        required=False,
        help_text=_("Để trống nếu không đổi. Văn bản trước ngày hiệu lực vẫn mang địa danh cũ."),
    )
    superior = LineField(
        label=_("Tên cơ quan cấp trên ghi trên đầu văn bản"), max_length=300, required=False
    )

    def plan(self) -> Plan:
        """Return the move."""
        told, unit = self.cleaned_data, self.organization
        names = {name: told[name] for name in ("place", "superior")}
        return Plan(
            self.kind,
            [],
            [],
            self.decision(),
            lambda decision, by: move_organization(unit, told["parent"], decision, by=by, **names),
        )


FORMS: dict[str, type[ActForm]] = {
    form.kind: form for form in (MergeForm, AbsorbForm, SplitForm, DissolveForm, MoveForm)
}


def with_choices(decision: Decision, told: dict[str, Any]) -> Decision:
    """Return the decision with what was chosen for all that follows."""
    works_until = told.pop("works_until", None)
    return replace(decision, works_until=works_until, choices=told)
