"""Reads about movements. They are public; what a unit plans in them is its bloc's own."""

from django.db.models import Q, QuerySet

from thidua.cycles.models import Cycle
from thidua.movements.models import Adoption, Movement


def movements() -> QuerySet[Movement]:
    """Return all movements by the Vietnamese alphabet, with the wider one each belongs to."""
    return Movement.objects.select_related("parent", "owner", "bloc")


def adoptable(cycle: Cycle) -> QuerySet[Movement]:
    """Return the movements whose known period covers the year and that are not adopted yet."""
    year = cycle.year
    return (
        movements()
        .filter(
            Q(first_year=None) | Q(first_year__lte=year),
            Q(last_year=None) | Q(last_year__gte=year),
            Q(bloc=None) | Q(bloc=cycle.bloc_id),
        )
        .exclude(adoptions__cycle=cycle)
    )


def adoptions_of(cycle: Cycle) -> QuerySet[Adoption]:
    """Return the year's movements in their order, with who takes part."""
    return (
        Adoption.objects.filter(cycle=cycle)
        .select_related("movement__parent", "movement__owner", "linked_to__movement")
        .prefetch_related("participations__organization")
    )
