"""Reads about numbers and their books."""

from django.db.models import Q, QuerySet

from thidua.accounts.acting import Acting
from thidua.core.text import fold, one_line
from thidua.documents.models import Number, NumberBook
from thidua.documents.permissions import STAFF
from thidua.organizations.models import Organization


def numbers_for(acting: Acting) -> QuerySet[Number]:
    """Return the numbers one may see: the twin of `documents.view_number`."""
    if not acting.has_role(*STAFF):
        return Number.objects.none()
    return Number.objects.filter(issuer=acting.organization_id)


def books_of(issuer: Organization) -> QuerySet[NumberBook]:
    """Return the books that the program keeps for an issuer, newest year first."""
    return NumberBook.objects.filter(issuer=issuer)


def book_of(issuer: Organization, kind: str, year: int) -> NumberBook | None:
    """Return the book that gives out an issuer's numbers of a kind and year, if there is one."""
    return books_of(issuer).filter(kind=kind, year=year).first()


def naming(text: str) -> Q:
    """Return the condition that every word of ``text``, folded, stands in a number's line."""
    condition = Q()
    for word in fold(one_line(text)[:200]).split():
        condition &= Q(folded__contains=word)
    return condition
