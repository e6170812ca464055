"""The doors of these pages: find what the person may see, ask what they may do."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.queries import cycles_for
from thidua.paperwork.brought_queries import brought_for, whole
from thidua.paperwork.models import Brought
from thidua.web.access import acting, require


def followed_cycle(request: HttpRequest, pk: int) -> Cycle:
    """Return a year that the person follows; else answer 404 or 403."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=pk)
    require(who, "cycles.follow_cycle", cycle)
    return cycle


def own_part(request: HttpRequest, cycle_pk: int) -> Enrolment:
    """Return the part that the organisation worked for has in the year; else 404 or 403."""
    who = acting(request)
    parts = Enrolment.objects.select_related("organization", "cycle__bloc")
    cycles = cycles_for(who).order_by().values("pk")
    part = get_object_or_404(
        parts, cycle=cycle_pk, cycle__in=cycles, organization=who.organization_id
    )
    require(who, "paperwork.bring_enrolment", part)
    return part


def found_paper(
    request: HttpRequest, cycle_pk: int, pk: int, permission: str = "paperwork.view_brought"
) -> Brought:
    """Return a paper that the person may see and do this with; else answer 404 or 403."""
    who = acting(request)
    papers: QuerySet[Brought] = whole(brought_for(who))
    paper = get_object_or_404(papers, pk=pk, enrolment__cycle=cycle_pk)
    require(who, permission, paper)
    return paper
