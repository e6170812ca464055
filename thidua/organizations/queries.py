"""Reads about organisations and blocs. Both are public: what may be seen is everything."""

from django.db.models import Q, QuerySet

from thidua.core.text import fold, one_line
from thidua.organizations.models import Bloc, Organization, Person


def organizations() -> QuerySet[Organization]:
    """Return all organisations by the Vietnamese alphabet, with their parents."""
    return Organization.objects.select_related("parent")


def blocs() -> QuerySet[Bloc]:
    """Return all blocs with their managing bodies."""
    return Bloc.objects.select_related("managing_body")


def matching(text: str) -> Q:
    """Return the condition that every word of ``text``, folded, stands in a folded column."""
    condition = Q()
    for word in fold(one_line(text)[:200]).split():
        condition &= Q(folded__contains=word)
    return condition


def namesakes(name: str, short_name: str = "") -> QuerySet[Organization]:
    """Return organisations whose folded names hold all words of ``name``: possible duplicates."""
    if not fold(name):
        return Organization.objects.none()
    return Organization.objects.filter(
        matching(name) | (matching(short_name) if short_name else Q(pk=None))
    )


def people_named(full_name: str) -> QuerySet[Person]:
    """Return the people who bear this name, marks and case apart, with the offices they hold."""
    return Person.objects.filter(folded=fold(one_line(full_name))).prefetch_related(
        "offices__organization"
    )


def is_demonstration() -> bool:
    """Say whether this database holds invented blocs: then it is for showing, not for work."""
    return Bloc.objects.filter(is_illustration=True).exists()
