"""News from below: a copied year takes along the movements that still run."""

from typing import Any

from django.dispatch import receiver

from thidua.cycles.models import Cycle
from thidua.cycles.signals import cycle_copied
from thidua.movements.models import Adoption


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
