"""The doors of these pages: find what the person may see, ask what they may do."""

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.queries import cycles_for
from thidua.scoring.models import Card, Criterion, Sheet
from thidua.scoring.queries import cards_for, sheet_for
from thidua.scoring.working import Work, work_of
from thidua.web.access import acting, require

MARK, SEND = "scoring.mark_sheet", "scoring.send_sheet"


def followed_cycle(request: HttpRequest, pk: int, permission: str = "") -> Cycle:
    """Return a year that the person follows (and may do this in); else answer 404 or 403."""
    who = acting(request)
    parts = (Prefetch("enrolments", _members()), "phases__acts")
    lean = cycles_for(who).prefetch_related(None).prefetch_related(*parts)
    cycle = get_object_or_404(lean, pk=pk)
    require(who, permission or "cycles.follow_cycle", cycle)
    return cycle


def _members() -> QuerySet[Enrolment]:
    """Return members without their former names, which these pages do not show."""
    return Enrolment.objects.select_related("organization")


def found_card(request: HttpRequest, pk: int) -> Card:
    """Return a card that the person may see; else answer 404."""
    sheets = Sheet.objects.select_related("layer", "organization")
    lean = (
        cards_for(acting(request))
        .prefetch_related(None)
        .prefetch_related(
            Prefetch("sheets", sheets),
            Prefetch("enrolment__cycle__enrolments", _members()),
            "enrolment__cycle__results",
        )
    )
    return get_object_or_404(lean, pk=pk)


def seen_sheet(request: HttpRequest, pk: int) -> Sheet:
    """Return a sheet of a card that the person may see; else answer 404."""
    sheet = sheet_for(acting(request), pk)
    if sheet is None:
        raise Http404
    return sheet


def found_sheet(request: HttpRequest, pk: int, permission: str = MARK) -> Sheet:
    """Return a sheet that the person may do this with; else answer 404 or 403."""
    sheet = seen_sheet(request, pk)
    require(acting(request), permission, sheet)
    return sheet


def found_work(request: HttpRequest, pk: int, permission: str = MARK) -> Work:
    """Return a sheet that the person may do this with, with all that is looked at beside it."""
    return work_of(found_sheet(request, pk, permission), acting(request))


def found_leaf(work: Work, pk: int) -> Criterion:
    """Return a criterion of the sheet's own table; one of another version answers 404."""
    leaf = work.leaf(pk)
    if leaf is None:
        raise Http404
    return leaf
