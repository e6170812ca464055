"""Reads about movements. They are public; what a unit plans in them is its bloc's own."""

from django.db.models import Q, QuerySet

from thidua.accounts.acting import Acting
from thidua.cycles.models import Cycle
from thidua.cycles.queries import cycles_for
from thidua.movements.models import Adoption, Movement, Participation
from thidua.organizations.models import Bloc


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


def adoptions_for(acting: Acting) -> QuerySet[Adoption]:
    """Return the movements of those years that this person may see."""
    return Adoption.objects.filter(cycle__in=cycles_for(acting).values("pk")).select_related(
        "cycle__bloc", "movement"
    )


def takings_of(movement: Movement, acting: Acting) -> QuerySet[Adoption]:
    """Return in which years which blocs took the movement up, by bloc, newest year first."""
    return (
        adoptions_for(acting)
        .filter(movement=movement)
        .order_by("cycle__bloc__sort_key", "cycle__bloc", "-cycle__year")
    )


def participation_of(adoption: Adoption, acting: Acting) -> Participation | None:
    """Return how the organisation worked for takes part, or None when it does not."""
    return adoption.participations.filter(organization=acting.organization).first()


def launching_blocs(acting: Acting) -> QuerySet[Bloc]:
    """Return the blocs that the organisation worked for manages or takes part in."""
    if not acting.appointments:
        return Bloc.objects.none()
    taking_part = Cycle.objects.filter(
        enrolments__organization=acting.organization, enrolments__left_on=None
    )
    return Bloc.objects.filter(
        Q(managing_body=acting.organization) | Q(pk__in=taking_part.values("bloc"))
    )
