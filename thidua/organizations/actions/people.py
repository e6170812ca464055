"""People and the offices they hold."""

from datetime import date

from django.utils.translation import gettext as _

from thidua.audit.actions import Actor, record
from thidua.core.deeds import deed
from thidua.core.errors import Invalid
from thidua.core.text import one_line
from thidua.organizations.models import Office, Organization, Person


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
    if since and organization.ended_on and since > organization.ended_on:
        raise Invalid(_("Đơn vị đã kết thúc trước ngày này."), field="since")
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
