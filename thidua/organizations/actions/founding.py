"""Entering an organisation, and correcting what is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from thidua.audit.actions import Actor, record
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid
from thidua.core.text import one_line
from thidua.organizations.actions.deciding import above, refuse_bad_symbol
from thidua.organizations.models import NOT_TOLD, Name, Organization


@dataclass(frozen=True)
class OrganizationFacts:
    """What is told when an organisation is entered."""

    name: str
    kind: str
    level: str
    short_name: str = ""
    parent: Organization | None = None
    place: str = ""
    since: date | None = None
    header: str = "state"
    superior: str = ""
    symbol: str = ""
    officer_may_send: bool = False
    source: str = ""


@deed()
def found_organization(
    facts: OrganizationFacts, *, by: Actor, is_illustration: bool = False
) -> Organization:
    """Enter an organisation with its first name; the same name under one parent is refused."""
    return found_organizations([facts], by=by, is_illustration=is_illustration)[0]


@deed()
def found_organizations(
    many: Sequence[OrganizationFacts], *, by: Actor, is_illustration: bool = False
) -> list[Organization]:
    """Enter organisations as `found_organization` does each, all or none, in few statements.

    One that stands above another must be there before: enter it with an earlier call.
    """
    for facts in many:
        if not one_line(facts.name):
            raise Invalid(_("Đơn vị cần có tên."), field="name")
        _refuse_ended(facts.parent)
        refuse_bad_symbol(one_line(facts.symbol))
    _refuse_namesakes(many)
    founded = Organization.objects.bulk_create(
        Organization(
            name=facts.name,
            short_name=facts.short_name,
            kind=facts.kind,
            level=facts.level,
            parent=facts.parent,
            place=facts.place,
            officer_may_send=facts.officer_may_send,
            source=facts.source,
            keeper_id=by.organization_id,
            is_illustration=is_illustration,
        )
        for facts in many
    )
    Name.objects.bulk_create(
        Name(
            organization=organization,
            name=facts.name,
            short_name=facts.short_name,
            since=facts.since or NOT_TOLD,
            header=facts.header,
            superior=facts.superior,
            symbol=facts.symbol,
            place=facts.place,
        )
        for organization, facts in zip(founded, many, strict=True)
    )
    for organization in founded:
        record("organization.founded", by=by, on=organization)
    return founded


def _refuse_namesakes(many: Sequence[OrganizationFacts]) -> None:
    """Refuse a living organisation of the same name, parent and level, there or in ``many``."""
    told = [(one_line(f.name), f.parent.pk if f.parent else None, f.level) for f in many]
    there = Organization.objects.filter(
        name__in={name for name, _parent, _level in told}, ended_on=None
    ).values_list("name", "parent_id", "level")
    if set(told) & set(there) or len(set(told)) < len(told):
        raise AlreadyDone(_("Đã có đơn vị mang tên này."), field="name")


def _refuse_ended(parent: Organization | None) -> None:
    if parent and parent.ended_on:
        raise Invalid(
            _("%(unit)s đã kết thúc: hãy chọn đơn vị đang hoạt động.") % {"unit": parent.name},
            field="parent",
        )


@dataclass(frozen=True)
class Particulars:
    """What an organisation is, apart from its name."""

    kind: str
    level: str
    parent: Organization | None = None
    place: str = ""
    officer_may_send: bool = False
    source: str = ""


@deed()
def edit_organization(organization: Organization, told: Particulars, *, by: Actor) -> Organization:
    """Correct what is told of an organisation; its name changes by `rename_organization`."""
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    if any(o.pk == organization.pk for o in above(told.parent)):
        raise Invalid(_("Một đơn vị không trực thuộc chính nó."), field="parent")
    if told.parent != organization.parent:
        _refuse_ended(told.parent)
    for name, value in vars(told).items():
        setattr(organization, name, value)
    organization.save()
    organization.names.filter(until=None).update(place=one_line(told.place))
    record("organization.edited", by=by, on=organization)
    return organization
