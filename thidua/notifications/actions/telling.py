"""Telling people: a row in the inbox of each, and the mail that takes it to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.db.models import Model

from thidua.accounts.queries import current_appointments
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.text import one_line
from thidua.jobs.actions import later
from thidua.notifications.models import Mail, MailChoice, Notice

DELIVER = "notifications.deliver"


@dataclass(frozen=True)
class Recipient:
    """A person with the organisation for which they should know, and how they want their mail."""

    user_id: int
    organization_id: int
    address: str
    manner: str

    @property
    def wants_mail_now(self) -> bool:
        """Whether each notice goes by mail at once; whoever chose nothing wants that."""
        return bool(self.address) and self.manner in ("", MailChoice.Manner.AT_ONCE)


def recipients_of(organization_ids: Iterable[int]) -> list[Recipient]:
    """Return the people who act for these organisations now, each once: one query."""
    return list({p.user_id: p for p in everyone_at(organization_ids)}.values())


def everyone_at(organization_ids: Iterable[int]) -> list[Recipient]:
    """Return the same with a person once for each of the organisations that they act for."""
    holding = current_appointments().filter(
        organization__in=list(organization_ids), user__is_active=True
    )
    rows = holding.values_list("user", "organization", "user__email", "user__mail_choice__manner")
    return [Recipient(*row[:3], row[3] or "") for row in dict.fromkeys(rows)]


def notify(
    organization_ids: Iterable[int], sentence: str, *, about: Model, **facts: str | int
) -> int:
    """Tell the people of these organisations about a thing; return how many were told.

    ``sentence`` is a source sentence (`gettext_noop`) with a place for each of ``facts``: each
    person reads it in their own language. Written in the deed that it tells of: if that fails,
    nobody was told, and no mail goes.
    """
    return tell(recipients_of(organization_ids), sentence, about=about, facts=facts)


def tell(
    people: Sequence[Recipient], sentence: str, *, about: Model, facts: Mapping[str, str | int]
) -> int:
    """Write one notice, and where it is wanted one mail, for each of ``people``; return how many.

    The mail's key is this event and the person, so no mail is doubled whatever is repeated.
    """
    now = clock.now()
    event = uuid4().hex
    mails = Mail.objects.bulk_create(
        Mail(
            key=f"{event}:{person.user_id}",
            user_id=person.user_id,
            address=person.address,
            queued_at=now,
            next_at=now,
        )
        for person in people
        if person.wants_mail_now
    )
    carried = {mail.user_id: mail for mail in mails}
    subject = {"about_type": about._meta.label_lower, "about_id": about.pk}
    told = Notice.objects.bulk_create(
        Notice(
            user_id=person.user_id,
            organization_id=person.organization_id,
            sentence=sentence,
            facts=dict(facts),
            sent_at=now,
            mail=carried.get(person.user_id),
            **subject,
        )
        for person in people
    )
    if mails:
        ask_delivery()
    return len(told)


def ask_delivery() -> None:
    """Have the outbox emptied soon: one job for a deed, however many mails it wrote."""
    with deed() as open_deed:
        open_deed.at_end(_deliver_later, None)


def _deliver_later(_asked: list[None]) -> None:
    later(DELIVER)


@deed()
def write_mail(*, key: str, address: str, subject: str, text: str, html: str = "") -> Mail:
    """Put a mail with a text of its own into the outbox: an invitation, a test.

    ``key`` names the event and the person: asked for twice, it is written once. The text is
    emptied when the mail has gone, so what it held (a code) is kept nowhere.
    """
    now = clock.now()
    mail, is_new = Mail.objects.get_or_create(
        key=key,
        defaults={
            "address": one_line(address),
            "subject": subject,
            "text": text,
            "html": html,
            "queued_at": now,
            "next_at": now,
        },
    )
    if is_new:
        ask_delivery()
    return mail
