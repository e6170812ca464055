"""For a person with no right to act for anybody today: what ended, and whom to ask."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from thidua.accounts.models import Appointment, User
from thidua.accounts.queries import current_appointments
from thidua.core import clock
from thidua.organizations.models import Organization


def ended_appointments(user: User) -> list[Appointment]:
    """Return the person's appointments that are over or have not begun, the newest first."""
    rows = user.appointments.select_related("organization", "stands_in_for").order_by(
        "-since", "-pk"
    )
    return [a for a in rows if not a.holds(clock.today())]


def who_can_appoint(organization_ids: Iterable[int]) -> QuerySet[Appointment]:
    """Return who may give rights in these organisations: their heads, and the boards over them."""
    ids = list(organization_ids)
    parents = Organization.objects.filter(pk__in=ids, parent__isnull=False).values("parent")
    heads = Q(organization__in=ids, role=Appointment.Role.HEAD)
    boards = Q(role=Appointment.Role.BOARD) & (
        Q(organization__in=ids) | Q(organization__in=parents)
    )
    holding = current_appointments().filter(heads | boards, user__is_active=True)
    return holding.order_by("organization__sort_key", "pk")
