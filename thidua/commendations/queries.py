"""Reads about awards and rankings of years past."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment
from thidua.commendations.models import Award, PastRanking
from thidua.core.text import fold, one_line
from thidua.cycles.models import Cycle
from thidua.organizations.models import Bloc, Organization
from thidua.organizations.queries import forebears_of
from thidua.scoring.models import Result


def awards_for(acting: Acting) -> QuerySet[Award]:
    """Return the awards this person may see: the twin of ``commendations.view_award``."""
    found = Award.objects.select_related("organization", "keeper")
    if acting.is_operator:
        return found
    seen = Q(person_key="")
    if acting.appointments:
        mine = acting.organization_id
        seen |= Q(organization__in=[mine, *forebears_of(mine)])
        if acting.has_role("board"):
            seen |= Q(organization__parent=mine) | Q(organization__keeper=mine) | Q(keeper=mine)
    return found.filter(seen)


def naming(text: str) -> Q:
    """Return the condition that every word stands in an award, or in its unit's names of today."""
    condition = Q()
    for word in fold(one_line(text)[:200]).split():
        condition &= Q(folded__contains=word) | Q(organization__folded__contains=word)
    return condition


def years_of_awards() -> list[int]:
    """Return the years in which something was awarded, newest first."""
    years = Award.objects.order_by("-year").values_list("year", flat=True).distinct()
    return list(years)


def awards_of(
    acting: Acting, organization: Organization, forebears: Iterable[int]
) -> QuerySet[Award]:
    """Return the awards of an organisation and of what it came from, as this person may see."""
    return awards_for(acting).filter(organization__in=[organization.pk, *forebears])


def units_to_honour(acting: Acting) -> QuerySet[Organization]:
    """Return the units whose awards a board may enter, also those that have ended."""
    if not acting.has_role("board"):
        return Organization.objects.none()
    mine = acting.organization_id
    return Organization.objects.filter(Q(pk=mine) | Q(parent=mine) | Q(keeper=mine))


def rankings_for(acting: Acting) -> QuerySet[PastRanking]:
    """Return the past rankings this person may see: the twin of ``…view_pastranking``.

    A year whose result the program has published since is left out: that result stands.
    """
    published = Result.objects.filter(
        cycle__bloc=OuterRef("bloc"),
        cycle__year=OuterRef("year"),
        state=Result.State.PUBLISHED,
    )
    found = PastRanking.objects.select_related("bloc", "organization").filter(~Exists(published))
    if acting.is_operator:
        return found
    return found.filter(bloc__in=blocs_followed(acting).values("pk"))


def blocs_followed(acting: Acting) -> QuerySet[Bloc]:
    """Return the blocs whose past rankings a person may read."""
    if not acting.appointments:
        return Bloc.objects.none()
    mine = acting.organization_id
    here = [mine, *forebears_of(mine)]
    followed = Q(pk__in=Cycle.objects.filter(enrolments__organization__in=here).values("bloc"))
    followed |= Q(pk__in=PastRanking.objects.filter(organization__in=here).values("bloc"))
    if acting.has_role("board"):
        followed |= Q(managing_body=mine)
    for appointment in acting.appointments:
        if appointment.role == Appointment.Role.SECRETARY:
            followed |= Q(pk=appointment.bloc_id)
    return Bloc.objects.filter(followed)


def is_published(bloc: Bloc, year: int) -> bool:
    """Say whether the program itself published the result of a bloc's year."""
    return Result.objects.filter(
        cycle__bloc=bloc, cycle__year=year, state=Result.State.PUBLISHED
    ).exists()


def published_years() -> set[tuple[int, int]]:
    """Return the blocs with the years whose results the program published."""
    found = Result.objects.filter(state=Result.State.PUBLISHED)
    return set(found.values_list("cycle__bloc", "cycle__year"))
