"""What can be done with organisations, people and blocs."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.audit.actions import Actor, record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid
from thidua.core.text import one_line
from thidua.organizations.models import NOT_TOLD, Bloc, Name, Office, Organization, Person


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
    officer_may_send: bool = False
    source: str = ""


@deed()
def found_organization(
    facts: OrganizationFacts, *, by: Actor, is_illustration: bool = False
) -> Organization:
    """Enter an organisation with its first name; the same name under one parent is refused."""
    if not one_line(facts.name):
        raise Invalid(_("Đơn vị cần có tên."), field="name")
    same = Organization.objects.filter(name=facts.name, parent=facts.parent, level=facts.level)
    if same.exists():
        raise AlreadyDone(_("Đã có đơn vị mang tên này."), field="name")
    organization = Organization.objects.create(
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
    organization.names.create(
        name=facts.name,
        short_name=facts.short_name,
        since=facts.since or NOT_TOLD,
        header=facts.header,
        superior=facts.superior,
    )
    record("organization.founded", by=by, on=organization)
    return organization


@deed()
def rename_organization(
    organization: Organization,
    *,
    by: Actor,
    name: str,
    since: date,
    short_name: str = "",
    basis: str,
) -> Name:
    """Give a new name from a day on; the old one ends the day before and stays searchable."""
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    now_borne = organization.names.get(until=None)
    if since <= now_borne.since:
        raise Invalid(_("Ngày đổi tên phải sau ngày bắt đầu của tên đang dùng."), field="since")
    if since > clock.today():
        raise Invalid(_("Ngày đổi tên chưa tới."), field="since")
    if one_line(name) == organization.name:
        raise Invalid(_("Tên mới trùng với tên đang dùng."), field="name")
    now_borne.until = since - timedelta(days=1)
    now_borne.save(update_fields=["until"])
    new = organization.names.create(
        name=name,
        short_name=short_name,
        since=since,
        basis=basis,
        header=now_borne.header,
        superior=now_borne.superior,
    )
    former = f"{organization.name} {organization.short_name}"
    organization.former_names = f"{organization.former_names}\n{former}".strip()
    organization.name, organization.short_name = name, short_name
    organization.save()
    record("organization.renamed", by=by, on=organization, former=now_borne.name, basis=basis)
    return new


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
    above = told.parent
    while above is not None:
        if above.pk == organization.pk:
            raise Invalid(_("Một đơn vị không trực thuộc chính nó."), field="parent")
        above = above.parent
    for name, value in vars(told).items():
        setattr(organization, name, value)
    organization.save()
    record("organization.edited", by=by, on=organization)
    return organization


@deed()
def enter_person(
    full_name: str, *, by: Actor, source: str = "", is_illustration: bool = False
) -> Person:
    """Enter a person by name. Two people may bear one name."""
    if not one_line(full_name):
        raise Invalid(_("Cần có họ và tên."), field="full_name")
    person = Person.objects.create(
        full_name=full_name, source=source, is_illustration=is_illustration
    )
    record("person.entered", by=by, on=person)
    return person


@deed()
def enter_office(
    person: Person,
    organization: Organization,
    *,
    by: Actor,
    post: str,
    since: date | None = None,
    until: date | None = None,
    source: str = "",
) -> Office:
    """Enter that ``person`` holds ``post`` in ``organization``, with days where known."""
    if since and until and until < since:
        raise Invalid(_("Ngày kết thúc phải sau ngày bắt đầu."), field="until")
    office = Office.objects.create(
        person=person, organization=organization, post=post, since=since, until=until, source=source
    )
    record("office.entered", by=by, on=organization, person=person.full_name, post=post)
    return office


@deed()
def enter_holder(
    full_name: str,
    organization: Organization,
    *,
    by: Actor,
    post: str,
    since: date | None = None,
    until: date | None = None,
    source: str = "",
    is_illustration: bool = False,
) -> Office:
    """Enter a person who is new to us together with the office they hold."""
    person = enter_person(full_name, by=by, source=source, is_illustration=is_illustration)
    days = {"since": since, "until": until}
    return enter_office(person, organization, by=by, post=post, source=source, **days)


@dataclass(frozen=True)
class BlocFacts:
    """What the founding decision says of a bloc."""

    name: str
    kind: str
    level: str
    managing_body: Organization
    number: str = ""
    short_name: str = ""
    decision_number: str = ""
    decision_on: date | None = None
    decision_by: str = ""
    place: str = ""
    source: str = ""


@deed()
def found_bloc(facts: BlocFacts, *, by: Actor, is_illustration: bool = False) -> Bloc:
    """Found a bloc by its decision; the same kind, number and name under one body is refused."""
    _refuse_bad_bloc(facts)
    bloc = Bloc.objects.create(is_illustration=is_illustration, **vars(facts))
    record("bloc.founded", by=by, on=bloc, chain=chain_of_bloc(bloc.pk))
    return bloc


def _refuse_bad_bloc(facts: BlocFacts, itself: Bloc | None = None) -> None:
    if not one_line(facts.name):
        raise Invalid(_("Cần có tên."), field="name")
    if facts.decision_on and facts.decision_on > clock.today():
        raise Invalid(_("Ngày quyết định chưa tới."), field="decision_on")
    same = Bloc.objects.filter(
        name=facts.name, number=facts.number, kind=facts.kind, managing_body=facts.managing_body
    )
    if (same.exclude(pk=itself.pk) if itself else same).exists():
        raise AlreadyDone(_("Cơ quan này đã có khối, cụm mang tên này."), field="name")


@deed()
def edit_bloc(bloc: Bloc, facts: BlocFacts, *, by: Actor) -> Bloc:
    """Correct what is told of a bloc; what stood before stays in the trail."""
    bloc = Bloc.objects.select_for_update().get(pk=bloc.pk)
    with override("vi"):  # the trail is Vietnamese, whatever the actor reads
        before = bloc.title
    _refuse_bad_bloc(facts, itself=bloc)
    for name, value in vars(facts).items():
        setattr(bloc, name, value)
    bloc.save()
    record("bloc.edited", by=by, on=bloc, chain=chain_of_bloc(bloc.pk), before=before)
    return bloc
