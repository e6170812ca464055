"""Reads about accounts."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment, Invitation, User
from thidua.accounts.permissions import is_managing, may_make_board
from thidua.core import clock
from thidua.core.text import one_line
from thidua.organizations.models import Organization, Person
from thidua.organizations.queries import matching


def current_appointments() -> QuerySet[Appointment]:
    """Return the appointments that hold today, with person and organisation."""
    today = clock.today()
    return Appointment.objects.filter(
        Q(until=None) | Q(until__gte=today), since__lte=today, stopped_at=None
    ).select_related("user__person", "organization", "stands_in_for")


def operators() -> QuerySet[Appointment]:
    """Return the appointments of those who run the installation today."""
    return current_appointments().filter(role=Appointment.Role.OPERATOR, user__is_active=True)


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
    seen = _of_staffed(acting)
    if not acting.is_operator:
        seen &= ~Q(role=Appointment.Role.OPERATOR)
    if acting.user:
        seen |= Q(user=acting.user)
    return Appointment.objects.filter(seen).select_related(
        "user__person", "organization", "bloc", "stands_in_for__user__person"
    )


def _of_staffed(acting: Acting) -> Q:
    """Return the condition that an appointment is for an organisation that one may staff."""
    own = acting.organization_id
    if acting.is_operator:
        return Q(pk__isnull=False)  # an empty Q would give way to whatever is put beside it
    if acting.has_role(Appointment.Role.BOARD):
        return Q(organization=own) | Q(organization__parent=own) | Q(organization__keeper=own)
    return Q(organization=own) if acting.has_role(Appointment.Role.HEAD) else Q(pk=None)


def accounts_for(acting: Acting) -> QuerySet[User]:
    """Return the accounts of who acts or will act where one staffs; an operator's are all.

    Whoever acts nowhere any more is still seen by who staffs where they did. Seen here is not yet
    let in anew: whoever acts elsewhere too is not (``accounts.set_password_user``). The twin of
    ``accounts.list_user``.
    """
    if acting.is_operator:
        return User.objects.all()
    mine = Appointment.objects.filter(_of_staffed(acting), user=OuterRef("pk"))
    living = Q(until=None) | Q(until__gte=clock.today())
    anywhere = Appointment.objects.filter(living, user=OuterRef("pk"), stopped_at=None)
    return User.objects.filter(
        Exists(mine.filter(living, stopped_at=None)) | (Exists(mine) & ~Exists(anywhere))
    )


class Standing(models.TextChoices):
    """How far people have come with their accounts; each but the last is of accounts in use."""

    NEVER = "chua-vao", _("chưa vào lần nào")
    UNINVITED = "chua-moi", _("cần mời")
    INVITED = "dang-moi", _("đã mời, đang chờ")
    CLOSED = "tam-dung", _("tạm dừng")


def standing_as(users: QuerySet[User], standing: str) -> QuerySet[User]:
    """Return those of ``users`` who stand so; all of them where it names no `Standing`."""
    open_ones = Invitation.objects.filter(
        user=OuterRef("pk"), used_at=None, ended_at=None, expires_at__gt=clock.now()
    )
    conditions = {
        Standing.NEVER: Q(is_active=True, last_login=None),
        Standing.UNINVITED: Q(~Exists(open_ones), is_active=True, last_login=None),
        Standing.INVITED: Q(Exists(open_ones), is_active=True),
        Standing.CLOSED: Q(is_active=False),
    }
    return users.filter(conditions[Standing(standing)]) if standing in conditions else users


def accounts_found(users: QuerySet[User], text: str) -> QuerySet[User]:
    """Return those whose own name, or one of whose units' names, holds all words of ``text``.

    A user name or an address finds its account too, from its first letters on.
    """
    condition = matching(text)
    typed = one_line(text).lower()[:200]
    if not typed:
        return users
    found = Q(username__startswith=typed) | Q(email__startswith=typed)
    if condition:
        people = Person.objects.filter(condition)
        units = Appointment.objects.filter(organization__in=Organization.objects.filter(condition))
        found |= Q(person__in=people) | Q(pk__in=units.values("user"))
    return users.filter(found)


def open_invitations(before: str = "") -> Prefetch[Any]:
    """Return the prefetch of ``open_invitations``: one, expired or not, or none."""
    rows = Invitation.objects.filter(used_at=None, ended_at=None)
    return Prefetch(f"{before}invitations", rows, to_attr="open_invitations")


def with_ways_in(users: QuerySet[User]) -> QuerySet[User]:
    """Return them by the Vietnamese alphabet, with what a list shows of each: constant queries.

    ``appointments`` with their organisations, and `open_invitations`.
    """
    held = Appointment.objects.select_related("organization", "stands_in_for")
    return (
        users.select_related("person")
        .prefetch_related(Prefetch("appointments", held), open_invitations())
        .order_by("person__sort_key", "pk")
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
    """Return the roles that one who staffs ``organization`` may give there.

    Who runs the installation is named by whoever runs it, for a body that manages blocs.
    """
    withheld = set()
    if not may_make_board(acting, organization):
        withheld.add(Appointment.Role.BOARD)
    if not (acting.is_operator and is_managing(organization)):
        withheld.add(Appointment.Role.OPERATOR)
    return [role for role in Appointment.Role if role not in withheld]
