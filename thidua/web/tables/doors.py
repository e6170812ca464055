"""The doors of the table's pages: find one, ask who may, do a one-button act."""

from typing import Any, TypeVar

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from thidua.cycles.models import Cycle
from thidua.cycles.queries import cycles_for
from thidua.scoring.models import Criterion, ScoringTable
from thidua.scoring.queries import tables_for
from thidua.web.access import acting, require

Result = TypeVar("Result")
WRITE = "scoring.write_scoringtable"
ADOPT = "scoring.adopt_scoringtable"
BEGIN = "scoring.begin_table"


def find_cycle(request: HttpRequest, pk: int, permission: str = "cycles.follow_cycle") -> Cycle:
    """Return the year if this person may see it and has the permission, else 404 or 403."""
    who = acting(request)
    cycle: Cycle = get_object_or_404(cycles_for(who), pk=pk)
    require(who, permission, cycle)
    return cycle


def find(request: HttpRequest, pk: int, permission: str = "") -> ScoringTable:
    """Return the table if this person may see it and has the permission, else 404 or 403."""
    who = acting(request)
    table: ScoringTable = get_object_or_404(tables_for(who), pk=pk)
    if permission:
        require(who, permission, table)
    return table


def find_criterion(request: HttpRequest, pk: int) -> Criterion:
    """Return a node of a table that this person may write, with the table at hand."""
    criterion: Criterion = get_object_or_404(Criterion, pk=pk)
    criterion.table = find(request, criterion.table_id, WRITE)
    return criterion


def head_facts(table: ScoringTable) -> dict[str, Any]:
    """Return what every page of a table shows around its own matter."""
    cycle = table.cycle
    told = {"bloc": cycle.bloc.title, "year": cycle.year}
    return {
        "table": table,
        "cycle": cycle,
        "eyebrow": _("%(bloc)s · năm %(year)d") % told,
        "illustration": table.is_illustration or cycle.is_illustration,
    }


def why_closed(cycle: Cycle) -> str:
    """Return why nothing in the year's tables may change; empty while it may."""
    if not cycle.is_over:
        return ""
    told = {"year": cycle.year, "state": cycle.get_state_display()}
    return _("Năm thi đua %(year)d %(state)s nên bảng điểm không đổi nữa.") % told
