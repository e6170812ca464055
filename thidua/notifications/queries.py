"""Reads of the inbox, of the outbox, and of who can be reached by mail."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment, User
from thidua.accounts.queries import current_appointments
from thidua.notifications.models import CalendarAddress, Mail, Notice

State = Mail.State


def notices_for(user: User) -> QuerySet[Notice]:
    """Return the person's own notices, newest first. Nobody reads another's."""
    return Notice.objects.filter(user=user).select_related("organization")


def unread_count(user: User) -> int:
    """Return how many notices the person has not read: every page shows it."""
    return Notice.objects.filter(user=user, read_at=None).order_by().count()


def mails_for(acting: Acting) -> QuerySet[Mail]:
    """Return the mails one may look after: the twin of ``notifications.run_mail``."""
    if not acting.is_operator:
        return Mail.objects.none()
    return Mail.objects.select_related("user__person")


@dataclass(frozen=True)
class Tally:
    """How much mail stands where."""

    queued: int
    failed: int
    unsure: int


def mail_tally() -> Tally:
    """Return how much mail waits, failed, or is unsure: one query."""
    found = Mail.objects.aggregate(
        queued=Count("pk", filter=Q(state__in=[State.QUEUED, State.TAKEN, State.HANDING])),
        failed=Count("pk", filter=Q(state=State.FAILED)),
        unsure=Count("pk", filter=Q(state=State.UNSURE)),
    )
    return Tally(**found)


def without_address() -> QuerySet[Appointment]:
    """Return the rights, held today, of people who have no e-mail: their inbox alone tells them."""
    return (
        current_appointments()
        .filter(user__is_active=True, user__email="")
        .order_by("organization__sort_key", "user__person__sort_key", "pk")
    )


def code_of(address: CalendarAddress) -> str:
    """Return the code that opens the calendar: made with the installation's secret key."""
    return salted_hmac("thidua.calendar", address.name, algorithm="sha256").hexdigest()[:32]


def calendar_owner(name: str, code: str) -> User | None:
    """Return whose calendar this address opens, or None: a wrong code, renewed, not in use."""
    found = CalendarAddress.objects.select_related("user__person").filter(name=name).first()
    if found is None or not constant_time_compare(code_of(found), code):
        return None
    return found.user if found.user.is_active else None
