"""The page of one version of a result, and the page that prints it whole."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from thidua.accounts.acting import Acting
from thidua.core.digest import digest_text
from thidua.reporting.queries import evidence_for
from thidua.scoring.models import Result, Standing
from thidua.scoring.versions import moves_between
from thidua.web.access import acting, require, signed_in
from thidua.web.covenants.steps import Step
from thidua.web.results.doors import State, find, head_facts
from thidua.web.results.opened import evidence_in, opened
from thidua.web.results.ranking import leader_on_top, ranking_of
from thidua.web.results.steps import Now, steps_for
from thidua.web.results.year import objections_of, versions_of
from thidua.web.trail import trail_lines


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a result to whoever may see it; a stranger sees what was published for everyone."""
    who, result = acting(request), find(request, pk)
    follows = who.has_perm("cycles.follow_cycle", result.cycle)
    others = versions_of(result.cycle, who, result.table)
    versions = [result if version.pk == pk else version for version in others]
    objections = objections_of(result.cycle, who) if follows else []
    now = Now(result.cycle, result.table, versions, objections)
    version = result.version
    told = {
        **head_facts(result),
        "follows": follows,
        "ranking": ranking_of(result.standings.all(), who, opens=follows),
        "on_top": leader_on_top(result),
        "newer": newer_of(result, versions),
        "moves": _moves(result, versions),
        "is_broken": version is not None and digest_text(version.text) != version.digest,
        "objections": [(o, who.has_perm("scoring.answer_objection", o)) for o in objections],
        "versions": [version for version in versions if version.pk != pk],
        "entries": trail_lines(result, everything=follows),
        **_steps(result, now, who),
    }
    return render(request, "results/show.html", told)


def _steps(result: Result, now: Now, who: Acting) -> dict[str, Any]:
    """Return the buttons: what may be done stands on the newest version alone."""
    newest = now.making or now.published
    if newest is None or newest.pk != result.pk:
        return {"main_step": None, "other_steps": []}
    main, others = steps_for(now, who)
    here = reverse("results:show", args=[result.pk])
    steps: list[Step] = [step for step in [main, *others] if step and step.url != here]
    main = next((step for step in steps if not step.off and not step.minor), None)
    return {"main_step": main, "other_steps": [step for step in steps if step is not main]}


def newer_of(result: Result, versions: Sequence[Result]) -> Result | None:
    """Return the version that stands in this one's place: its published correction, or a newer."""
    if result.state == State.SET_ASIDE:
        return next((v for v in versions if v.number > result.number), None)
    later = [v for v in versions if v.number > result.number]
    return next((v for v in later if v.state == State.PUBLISHED), None)


def _moves(result: Result, versions: Sequence[Result]) -> dict[str, Any] | None:
    """Return who moved since the version that this one corrects or was drawn up after."""
    before = result.corrects
    if before is None:
        earlier = (v for v in versions if v.number < result.number)
        before = next(earlier, None)
    if before is None:
        return None
    return {"before": before, "moves": moves_between(before, result)}


@signed_in
@require_GET
def whole(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole result, every card down to its marks, on one page that prints."""
    who, result = acting(request), find(request, pk)
    require(who, "cycles.follow_cycle", result.cycle)
    standings = list(Standing.objects.filter(result=result).select_related("enrolment"))
    visible = visible_in(standings, who)
    told = {
        **head_facts(result),
        "ranking": ranking_of(standings, who, opens=False),
        "on_top": leader_on_top(result),
        "cards": [opened(standing, visible) for standing in standings],
    }
    return render(request, "results/whole.html", told)


def visible_in(standings: Sequence[Standing], who: Acting) -> set[int]:
    """Return which of the evidence behind these cards the person may see: one query."""
    named = evidence_in(standings)
    if not named:
        return set()
    seen = evidence_for(who).filter(pk__in=named)
    return set(seen.order_by().values_list("pk", flat=True))
