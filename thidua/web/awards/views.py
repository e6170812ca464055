"""Pages of honours that were decided: the register, and one of them."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from thidua.commendations.models import Award
from thidua.commendations.queries import awards_for, naming, years_of_awards
from thidua.lawbook.honours import BY_CODE
from thidua.organizations.models import Organization
from thidua.organizations.queries import forebears_of
from thidua.web.access import acting
from thidua.web.awards.forms import HONOUR_GROUPS
from thidua.web.trail import trail_lines

PAGE = 30
OTHERS = "khac"  # honours that the lawbook does not know


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the awards one may see, found by folded words, year, honour and unit."""
    asked = {name: request.GET.get(name, "")[:200] for name in ("q", "nam", "danh-hieu", "don-vi")}
    unit = _unit(asked["don-vi"])
    found = _filtered(awards_for(acting(request)).filter(naming(asked["q"])), asked, unit)
    told = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "q": asked["q"],
        "year": asked["nam"],
        "years": years_of_awards(),
        "honour": asked["danh-hieu"],
        "groups": HONOUR_GROUPS,
        "others": OTHERS,
        "unit": unit,
        "is_asked": any(asked.values()),
    }
    return render(request, "awards/index.html", told)


def _unit(text: str) -> Organization | None:
    is_key = text.isascii() and text.isdigit() and len(text) < 15
    return Organization.objects.filter(pk=int(text)).first() if is_key else None


def _filtered(
    found: QuerySet[Award], asked: dict[str, str], unit: Organization | None
) -> QuerySet[Award]:
    year, honour = asked["nam"], asked["danh-hieu"]
    if year.isascii() and year.isdigit() and len(year) == 4:
        found = found.filter(year=int(year))
    if honour in BY_CODE:
        found = found.filter(honour=honour)
    elif honour == OTHERS:
        found = found.filter(honour="")
    if unit is not None:
        found = found.filter(organization__in=[unit.pk, *forebears_of(unit.pk)])
    return found


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one award as it was decided."""
    who = acting(request)
    award = get_object_or_404(awards_for(who), pk=pk)
    may_write = who.has_perm("commendations.write_award", award)
    told = {
        "award": award,
        "illustration": award.is_illustration,
        "may_write": may_write,
        "entries": trail_lines(award, everything=True) if may_write else [],
    }
    return render(request, "awards/show.html", told)
