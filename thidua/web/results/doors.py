"""The doors of the pages of results: find one, and what every page of it shows around it."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core.errors import DomainError
from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.queries import cycles_for
from thidua.scoring.models import Result, Standing
from thidua.scoring.queries import results_for
from thidua.web.access import acting, require

State = Result.State
NAMED = Enrolment.objects.select_related("organization").prefetch_related("organization__names")
MEMBERS_OF_YEAR = Prefetch("enrolments", NAMED)
MEMBERS = Prefetch("cycle__enrolments", NAMED)
TAGS = {
    State.PRELIMINARY: "open",
    State.ADOPTED: "wait",
    State.PUBLISHED: "done",
    State.SET_ASIDE: "quiet",
}


def find_year(request: HttpRequest, pk: int, permission: str = "cycles.follow_cycle") -> Cycle:
    """Return a year that the person may see and do this in; else answer 404 or 403."""
    who = acting(request)
    seen = cycles_for(who).prefetch_related(None).prefetch_related(MEMBERS_OF_YEAR)
    cycle: Cycle = get_object_or_404(seen, pk=pk)
    require(who, permission, cycle)
    return cycle


def find(request: HttpRequest, pk: int) -> Result:
    """Return a result that the person may see, its standings unopened; else answer 404."""
    found: Result = get_object_or_404(results_for(acting(request)), pk=pk)
    return found


def find_led(request: HttpRequest, pk: int, permission: str) -> Result:
    """Return a result in whose year the person has the permission; else answer 404 or 403."""
    result = find(request, pk)
    require(acting(request), permission, result.cycle)
    return result


def find_standing(request: HttpRequest, pk: int) -> Standing:
    """Return a member's standing for whoever follows its year; else answer 404.

    What a result says to everyone is its ranking; the marks are for those who follow the year.
    """
    who = acting(request)
    standing = get_object_or_404(Standing.objects.select_related("enrolment"), pk=pk)
    seen = results_for(who).prefetch_related(None).prefetch_related(MEMBERS)
    standing.result = get_object_or_404(seen, pk=standing.result_id)
    require(who, "cycles.follow_cycle", standing.result.cycle)
    standing.enrolment.cycle = standing.result.cycle
    return standing


def head_facts(result: Result) -> dict[str, Any]:
    """Return what every page of a result shows around its own matter."""
    cycle = result.cycle
    told = {"bloc": cycle.bloc.title, "year": cycle.year}
    return {
        "result": result,
        "cycle": cycle,
        "title": title_of(result),
        "eyebrow": _("%(bloc)s · năm %(year)d") % told,
        "tag": TAGS[State(result.state)],
        "illustration": result.is_illustration or cycle.is_illustration,
    }


def title_of(result: Result) -> str:
    """Return what the page is called: preliminary, adopted or published, and which version."""
    told = {"year": result.cycle.year, "number": result.number}
    if result.state == State.PRELIMINARY:
        return _("Kết quả sơ bộ năm %(year)d") % told
    if result.corrects_id:
        return _("Kết quả thi đua năm %(year)d, bản đính chính số %(number)d") % told
    return _("Kết quả thi đua năm %(year)d, bản số %(number)d") % told


def leads(who: Acting, cycle: Cycle) -> bool:
    """Say whether the person draws up, lets adopt and publishes the year's results."""
    return who.has_perm("scoring.draw_up_result", cycle)


def why_over(cycle: Cycle) -> str:
    """Return why nothing can be done in a year that is over; empty while it runs."""
    if not cycle.is_over:
        return ""
    told = {"year": cycle.year, "state": cycle.get_state_display()}
    return _("Năm thi đua %(year)d %(state)s, không thay đổi được nữa.") % told


def refusal_of(check: Any, *things: Any) -> str:
    """Return why a check refuses, in its own sentence; empty when it does not."""
    try:
        check(*things)
    except DomainError as refusal:
        return refusal.sentence
    return ""
