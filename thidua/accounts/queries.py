"""Reads about accounts."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment, User
from thidua.accounts.permissions import may_make_board
from thidua.core import clock
from thidua.organizations.models import Organization, Person
from thidua.organizations.queries import matching


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


def appointments_for(acting: Acting) -> QuerySet[Appointment]:
    """Return the appointments one may know of: one's own, and those one may end.

    The twin of ``accounts.end_appointment``.
    """
    seen = Q(user=acting.user) if acting.user else Q(pk=None)
    if acting.has_role(Appointment.Role.HEAD, Appointment.Role.BOARD):
        seen |= Q(organization=acting.organization)
    if acting.has_role(Appointment.Role.BOARD):
        seen |= Q(organization__parent=acting.organization)
    return Appointment.objects.filter(seen).select_related(
        "user__person", "organization", "bloc", "stands_in_for__user__person"
    )


def heads_of(organization: Organization) -> QuerySet[Appointment]:
    """Return the appointments of the heads that hold today: who can be stood in for."""
    return current_appointments().filter(organization=organization, role=Appointment.Role.HEAD)


def users_named(text: str) -> QuerySet[User]:
    """Return the active users whose names hold all words of ``text``, with what they do now.

    A user name finds its user when it is written out. Nothing typed finds nobody.
    """
    condition = matching(text)
    if not condition:
        return User.objects.none()
    people = Person.objects.filter(condition)
    now = Prefetch("appointments", current_appointments(), to_attr="current")
    return (
        User.objects.filter(Q(person__in=people) | Q(username=text.strip().lower()), is_active=True)
        .select_related("person")
        .prefetch_related(now)
        .order_by("person__sort_key", "pk")
    )


def roles_to_give(acting: Acting, organization: Organization) -> list[Appointment.Role]:
    """Return the roles that one who staffs ``organization`` may give there."""
    return [
        role
        for role in Appointment.Role
        if role != Appointment.Role.BOARD or may_make_board(acting, organization)
    ]
