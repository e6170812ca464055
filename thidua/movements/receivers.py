"""News from below: a copied year takes along the movements that still run; a part goes on."""

from typing import Any

from django.dispatch import receiver

from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.signals import cycle_copied, enrolment_carried
from thidua.movements.models import Adoption, Participation
from thidua.organizations.models import Organization


@receiver(cycle_copied)
def copy_adoptions(sender: type[Cycle], *, old: Cycle, new: Cycle, **_news: Any) -> None:
    """Adopt for the new year what the old one had, leaving out what has ended by then."""
    kept = old.adoptions.select_related("movement").order_by("place")
    copied: dict[int, Adoption] = {}
    for adoption in kept:
        if adoption.movement.runs_in(new.year):
            copied[adoption.pk] = new.adoptions.create(
                movement=adoption.movement,
                place=adoption.place,
                linked_to=copied.get(adoption.linked_to_id or 0),
            )


@receiver(enrolment_carried)
def go_on_taking_part(
    sender: type[Enrolment], *, enrolment: Enrolment, predecessor: Organization, **_news: Any
) -> None:
    """The successor takes part in the movements of the year in which the old unit did."""
    there = Participation.objects.filter(
        adoption__cycle=enrolment.cycle_id, organization=enrolment.organization_id
    )
    Participation.objects.filter(
        adoption__cycle=enrolment.cycle_id, organization=predecessor
    ).exclude(adoption__in=there.values("adoption")).update(organization=enrolment.organization_id)
