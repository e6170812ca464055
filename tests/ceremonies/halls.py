"""Halls to test in: a covenant that is being signed, and a ceremony over it."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from tests import factories as make
from thidua.accounts.models import Appointment
from thidua.ceremonies.actions.hosting import begin_ceremony, open_ceremony
from thidua.ceremonies.models import Ceremony
from thidua.covenants.models import Covenant
from thidua.documents.models import Signature
from thidua.notifications.models import Notice


@dataclass
class Hall:
    """One bloc, its frozen covenant and the ceremony; the first member's head hosts."""

    world: make.World
    covenant: Covenant
    ceremony: Ceremony

    @property
    def host(self) -> make.Acting:
        """Who opened it."""
        return self.world.heads[0]

    def again(self) -> Ceremony:
        """Return the ceremony as the database has it."""
        return Ceremony.objects.get(pk=self.ceremony.pk)


def a_hall(members: int = 3, *, begun: bool = True, **facts: Any) -> Hall:
    """Make a bloc whose covenant is frozen, and open a ceremony over it."""
    world = make.a_bloc(members)
    covenant = make.a_frozen_covenant(world)
    ceremony = opened(covenant, world.heads[0], **facts)
    if begun:
        ceremony = begin_ceremony(ceremony, by=world.heads[0])
    return Hall(world, covenant, ceremony)


def opened(covenant: Covenant, by: make.Acting, **facts: Any) -> Ceremony:
    """Open a ceremony over the version that the covenant has now."""
    facts.setdefault("version_id", covenant.version_id)
    return open_ceremony(covenant, by=by, **facts)


def a_secretary(world: make.World) -> make.Acting:
    """Make the secretary of the world's bloc in its year, from a unit that is no member."""
    return make.a_person_for(
        make.an_organization(),
        Appointment.Role.SECRETARY,
        bloc=world.bloc,
        year=world.cycle.year,
    )


def kept_of_signing() -> tuple[int, int]:
    """Return how many signatures and notices there are: what a rehearsal must not add to."""
    return Signature.objects.count(), Notice.objects.count()


def at(hall: Hall, name: str = "screen") -> str:
    """Return an address of the ceremony."""
    return reverse(f"ceremonies:{name}", args=[hall.ceremony.address])


def desk(hall: Hall) -> str:
    """Return the address of the host's own page."""
    return reverse("ceremonies:desk", args=[hall.covenant.pk])


def told(client: Client, hall: Hall, **headers: str) -> Any:
    """Return the state answer."""
    return client.get(at(hall, "state"), headers=headers)
