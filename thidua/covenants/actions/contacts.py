"""Heads without an account: entering how they are reached, and who vouches for the address."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid
from thidua.core.text import one_line
from thidua.covenants.models import Contact, SigningLink
from thidua.organizations.actions import enter_person
from thidua.organizations.models import Organization


@dataclass(frozen=True)
class ContactFacts:
    """Who signs without an account: name, post, the body they stand for, where codes go."""

    name: str
    post: str
    address: str
    collective: str = ""


@deed()
def enter_contact(organization: Organization, facts: ContactFacts, *, by: Acting) -> Contact:
    """Enter a head of ``organization`` with the address that codes go to; who entered it stays."""
    address = one_line(facts.address).lower()
    if not one_line(facts.name):
        raise Invalid(_("Cần có họ và tên."), field="name")
    if not one_line(facts.post):
        raise Invalid(_("Cần có chức vụ, như sẽ ghi ở chữ ký."), field="post")
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid(_("Chưa phải là một địa chỉ thư điện tử."), field="address") from error
    if by.user is None or by.organization is None:
        raise Invalid(_("Cần chọn đang làm việc cho đơn vị nào."))
    person = enter_person(facts.name, by=by, is_illustration=organization.is_illustration)
    contact = Contact(
        person=person,
        organization=organization,
        post=facts.post,
        collective=facts.collective,
        address=address,
        by=by.user,
        entered_for=by.organization,
        at=clock.now(),
    )
    try:
        with transaction.atomic():
            contact.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyDone(_("Địa chỉ này đã được ghi cho đơn vị rồi."), field="address") from error
    record("contact.entered", by=by, on=organization, person=person.full_name)
    return contact


@deed()
def end_contact(contact: Contact, *, by: Acting) -> None:
    """Use the contact no more: its links that are still open end with it."""
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if contact.ended_at is not None:
        raise AlreadyDone(_("Địa chỉ này đã thôi dùng rồi."))
    contact.ended_at = clock.now()
    contact.save(update_fields=["ended_at"])
    SigningLink.objects.filter(contact=contact, used_at=None, ended_at=None).update(
        ended_at=clock.now()
    )
    record("contact.ended", by=by, on=contact.organization, person=contact.person.full_name)


def is_vouched(contact: Contact, *, by: Acting) -> bool:
    """Say whether the address may be trusted by whoever reads a signature made through it.

    It was entered beforehand by another person than the link's maker, acting for the unit itself
    or for the board over it: nobody both gives the address and sends the link.
    """
    unit = contact.organization
    over = (unit.pk, unit.parent_id, unit.keeper_id)
    return contact.by_id != by.actor_id and contact.entered_for_id in over
