"""The page of a year's result: where it stands, what is missing, every version."""

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thidua.accounts.acting import Acting
from thidua.cycles.models import Cycle
from thidua.scoring.models import Objection, Result, ScoringTable
from thidua.scoring.queries import PLACES, objections_for, results_for, table_in_use
from thidua.scoring.readiness import readiness_of
from thidua.web.access import acting, signed_in
from thidua.web.results.doors import TAGS, find_year
from thidua.web.results.ranking import leader_on_top, ranking_of
from thidua.web.results.steps import Now, steps_for, where


@signed_in
@require_GET
def of_cycle(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Show where the year's result stands, and what whoever looks may do."""
    who = acting(request)
    cycle = find_year(request, cycle_pk)
    now = now_of(cycle, who)
    main, others = steps_for(now, who)
    shown = now.shown
    table = None if shown else now.table
    told = {
        "cycle": cycle,
        "illustration": cycle.is_illustration or any(r.is_illustration for r in now.versions),
        "now": now,
        "where": where(now),
        "main_step": main,
        "other_steps": others,
        "shown": shown,
        "ranking": ranking_of(shown.standings.all(), who, opens=True) if shown else None,
        "on_top": leader_on_top(shown) if shown else "",
        "readiness": readiness_of(cycle, table) if table else None,
        "versions": [(version, TAGS[Result.State(version.state)]) for version in now.versions],
    }
    return render(request, "results/of_cycle.html", told)


def now_of(cycle: Cycle, who: Acting) -> Now:
    """Return how the year's results stand: four queries at most.

    What is shown and what is in the making come with their standings, unopened.
    """
    table = table_in_use(cycle)
    versions = versions_of(cycle, who, table)
    objections = objections_of(cycle, who) if versions else []
    now = Now(cycle, table, versions, objections)
    prefetch_related_objects([r for r in {now.making, now.published} if r], PLACES)
    return now


def versions_of(cycle: Cycle, who: Acting, table: ScoringTable | None = None) -> list[Result]:
    """Return the versions of the year's result that ``who`` may see, newest first: one query.

    Each holds the year that was handed in, so that its members are not read again.
    """
    found = (
        results_for(who)
        .filter(cycle=cycle)
        .select_related(None)
        .select_related("table", "corrects")
        .prefetch_related(None)
    )
    versions = list(found)
    for version in versions:
        version.cycle = cycle
        if table is not None and version.table_id == table.pk:
            version.table = table
    return versions


def objections_of(cycle: Cycle, who: Acting) -> list[Objection]:
    """Return what members said against the year's preliminary results, oldest first: one query."""
    found = (
        objections_for(who)
        .filter(enrolment__cycle=cycle)
        .select_related(None)
        .select_related("criterion", "result", "by__person", "answered_by__person")
        .prefetch_related(None)
    )
    members = {enrolment.pk: enrolment for enrolment in cycle.enrolments.all()}
    objections = list(found)
    for objection in objections:
        objection.enrolment = members[objection.enrolment_id]
    return objections
