"""Reading pages: the versions of a year's table, and one of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thidua.accounts.acting import Acting
from thidua.cycles.models import Cycle
from thidua.scoring.differences import digest_of
from thidua.scoring.models import Layer, ScoringTable
from thidua.scoring.warnings import why_results_stand
from thidua.web.access import acting, signed_in
from thidua.web.tables.doors import ADOPT, BEGIN, WRITE, find, find_cycle, head_facts
from thidua.web.tables.rows import laid_out
from thidua.web.trail import trail_lines

State = ScoringTable.State
TAGS = {State.DRAFT: "open", State.ADOPTED: "done", State.REPLACED: "quiet"}


@signed_in
@require_GET
def of_cycle(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Show the table in use, the draft, the versions before, and the layers of the year."""
    cycle = find_cycle(request, cycle_pk)
    tables = list(ScoringTable.objects.filter(cycle=cycle).order_by("-number"))
    context = {
        "cycle": cycle,
        "illustration": cycle.is_illustration or any(t.is_illustration for t in tables),
        "in_use": next((t for t in tables if t.state == State.ADOPTED), None),
        "draft": next((t for t in tables if t.state == State.DRAFT), None),
        "replaced": [t for t in tables if t.state == State.REPLACED],
        "layers": list(cycle.layers.all()),
        "stands": why_results_stand(cycle),
        **_rights(acting(request), cycle),
    }
    return render(request, "tables/of_cycle.html", context)


def _rights(who: Acting, cycle: Cycle) -> dict[str, bool]:
    return {"may_write": not cycle.is_over and who.has_perm(BEGIN, cycle)}


@signed_in
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version of the table to read and to print."""
    table, who = find(request, pk), acting(request)
    may_change = not table.cycle.is_over
    context: dict[str, Any] = {
        **head_facts(table),
        "laid": laid_out(table),
        "tag": TAGS[State(table.state)],
        "matches": not table.digest or digest_of(table) == table.digest,
        "may_write": may_change and who.has_perm(WRITE, table),
        "may_adopt": may_change and who.has_perm(ADOPT, table),
        "has_draft": table.cycle.scoring_tables.filter(state=State.DRAFT).exists(),
        "layers": Layer.objects.filter(cycle=table.cycle_id),
        "entries": trail_lines(table, everything=True),
    }
    return render(request, "tables/show.html", context)
