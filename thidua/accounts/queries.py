"""Reads about accounts."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from thidua.accounts.models import Appointment, User
from thidua.core import clock


def current_appointments() -> QuerySet[Appointment]:
    """Return the appointments that hold today, with person and organisation."""
    today = clock.today()
    return Appointment.objects.filter(
        Q(until=None) | Q(until__gte=today), since__lte=today
    ).select_related("user__person", "organization", "stands_in_for")


def people_of(organization_ids: Iterable[int], *roles: str) -> QuerySet[User]:
    """Return the active users who act for these organisations now, in one of ``roles``."""
    holding = current_appointments().filter(organization__in=organization_ids)
    if roles:
        holding = holding.filter(role__in=roles)
    return User.objects.filter(is_active=True, pk__in=holding.values("user")).select_related(
        "person"
    )
