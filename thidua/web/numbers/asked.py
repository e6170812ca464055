"""What of the book is asked for: a year, a kind, words. The same for page, Excel and PDF."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest

from thidua.core import clock
from thidua.documents.models import Number
from thidua.documents.queries import naming, numbers_for
from thidua.lawbook.papers import kind_name
from thidua.organizations.models import Organization
from thidua.web.access import acting, require


@dataclass(frozen=True)
class Asked:
    """One book, or a part of it. ``year`` None means every year."""

    issuer: Organization
    q: str
    kind: str
    year: int | None

    @property
    def is_narrowed(self) -> bool:
        """Whether less is asked for than a year's whole book."""
        return bool(self.q or self.kind)


def asked_of(request: HttpRequest) -> Asked:
    """Return what the address asks for; this year's book where it names no year."""
    year = request.GET.get("nam", str(clock.today().year))
    is_year = year.isascii() and year.isdigit() and len(year) == 4
    return Asked(
        issuer=own_issuer(request),
        q=request.GET.get("q", "")[:200],
        kind=request.GET.get("loai", "")[:20],
        year=int(year) if is_year else None,
    )


def own_issuer(request: HttpRequest) -> Organization:
    """Return the organisation worked for now, whose book it is; else answer 403."""
    who = acting(request)
    if who.organization is None:
        raise PermissionDenied
    require(who, "documents.take_number", who.organization)
    return who.organization


def found(request: HttpRequest, asked: Asked) -> QuerySet[Number]:
    """Return the lines that are asked for, newest first."""
    lines = numbers_for(acting(request)).filter(naming(asked.q))
    if asked.kind:
        lines = lines.filter(kind=asked.kind)
    if asked.year:
        lines = lines.filter(year=asked.year)
    return lines.order_by("-dated", "-number", "-pk")


def years_and_kinds(request: HttpRequest) -> tuple[list[int], list[tuple[str, str]]]:
    """Return the years and kinds that the book has, this year always: two queries."""
    lines = numbers_for(acting(request)).order_by()
    years = {clock.today().year, *lines.values_list("year", flat=True).distinct()}
    kinds = sorted(lines.values_list("kind", flat=True).distinct())
    return sorted(years, reverse=True), [(kind, kind_name(kind)) for kind in kinds]
