"""Who acts, and for whom: a person with the organisation they are working for now."""

from dataclasses import dataclass, field

import rules
from django.db.models import Model, prefetch_related_objects

from thidua.accounts.models import Appointment, User
from thidua.core import clock
from thidua.organizations.models import Organization


@dataclass(frozen=True)
class Acting:
    """A user and the current appointments under which they act. Passed to every action as ``by``.

    ``user`` None is a visitor without an account, or the program itself (demo, commands).
    """

    user: User | None = None
    organization: Organization | None = None
    appointments: tuple[Appointment, ...] = ()
    organizations: tuple[Organization, ...] = field(default=(), compare=False)

    @property
    def actor_id(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def actor_name(self) -> str:
        return self.user.name if self.user else "Thi Đua"

    @property
    def organization_id(self) -> int | None:
        return self.organization.pk if self.organization else None

    @property
    def organization_name(self) -> str:
        return self.organization.name if self.organization else ""

    @property
    def is_illustration(self) -> bool:
        """Whether the person is invented for the demonstration."""
        return bool(self.user and self.user.person.is_illustration)

    def has_role(self, *roles: str) -> bool:
        """Say whether the person holds one of ``roles`` for the organisation worked for now."""
        return any(a.role in roles for a in self.appointments)

    def is_for(self, organization_id: int | None, *roles: str) -> bool:
        """Say whether the person works for this organisation now, in one of ``roles`` if given."""
        if organization_id is None or organization_id != self.organization_id:
            return False
        return self.has_role(*roles) if roles else bool(self.appointments)

    @property
    def is_operator(self) -> bool:
        """Whether the person runs this installation: jobs, mail, backup, accounts without owner."""
        return self.has_role(Appointment.Role.OPERATOR)

    def may_sign(self) -> bool:
        """Say whether the person may sign and send: head, or a stand-in."""
        return self.has_role(Appointment.Role.HEAD, Appointment.Role.STAND_IN)

    def appointment_as(self, *roles: str) -> Appointment | None:
        """Return the appointment under which an act in one of ``roles`` would stand today.

        A stand-in's holds only while that of the one stood in for does. The deed itself reads
        it again (`actions.held_today`), in this same order.
        """
        today = clock.today()
        mine = sorted(self.appointments, key=lambda a: (a.role, a.since, a.pk))
        return next((a for a in mine if a.role in roles and a.holds(today)), None)

    def may_send(self) -> bool:
        """Say whether the person may send: who signs, or the officer of a unit that lets them."""
        lets = bool(self.organization and self.organization.officer_may_send)
        return self.may_sign() or (lets and self.has_role(Appointment.Role.OFFICER))

    def is_secretary_of(self, bloc_id: int, year: int) -> bool:
        """Say whether the person is secretary of this bloc in this year."""
        return any(
            a.role == Appointment.Role.SECRETARY and (a.bloc_id, a.year) == (bloc_id, year)
            for a in self.appointments
        )

    def has_perm(self, name: str, thing: Model | None = None) -> bool:
        """Say whether the named permission holds for ``thing`` (also asked by templates)."""
        return bool(rules.has_perm(name, self, thing))


NOBODY = Acting()


def acting_of(user: User, organization_id: int | None = None) -> Acting:
    """Return ``user`` acting for the organisation asked for, else for the first they may.

    Appointments that have not begun or have ended are not there, nor those of a stand-in for
    somebody who holds the post no more: one query, and one more for whoever stands in.
    """
    today = clock.today()
    # Each request asks this: to let the database order so many columns costs half as much again,
    # and so does each table that is joined for the few who need it.
    found = Appointment.objects.select_related("organization").filter(user=user.pk).order_by()
    held = sorted(found, key=lambda a: (a.organization.sort_key, a.pk))
    prefetch_related_objects([a for a in held if a.stands_in_for_id], "stands_in_for")
    for appointment in held:
        appointment.user = user
    appointments = [appointment for appointment in held if appointment.holds(today)]
    organizations = tuple({a.organization_id: a.organization for a in appointments}.values())
    chosen = next((o for o in organizations if o.pk == organization_id), None)
    if chosen is None and organizations:
        chosen = organizations[0]
    mine = tuple(a for a in appointments if chosen and a.organization_id == chosen.pk)
    return Acting(user, chosen, mine, organizations)
