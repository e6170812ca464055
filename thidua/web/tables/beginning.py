"""Beginning a draft, empty or from a ready table; and the layers of the year."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from thidua.cycles.models import Cycle
from thidua.scoring.actions.adoption import USUAL_LAYERS, set_layers
from thidua.scoring.actions.ready import node_of, take_ready_table
from thidua.scoring.actions.tables import TableFacts, begin_table
from thidua.scoring.library import READY, Completeness, ReadyTable, walk
from thidua.scoring.library.shapes import bonus_of, standard_of
from thidua.scoring.models import Layer, ScoringTable
from thidua.scoring.table_words import fact_words, table_words
from thidua.web.access import (
    acting,
    attempt,
    bind,
    perform,
    signed_in,
)
from thidua.web.tables.doors import BEGIN, find_cycle, why_closed
from thidua.web.tables.forms import BeginForm, LayersForm
from thidua.web.tables.rows import Row

HOW_COMPLETE: dict[Completeness, str | Promise] = {
    Completeness.NEARLY: gettext_lazy("gần đầy đủ"),
    Completeness.TOP_LEVEL: gettext_lazy("đủ điểm các nhóm lớn"),
    Completeness.PARTIAL: gettext_lazy("chỉ có một phần"),
    Completeness.SYNTHETIC: gettext_lazy("ghép để minh họa"),
}


@dataclass(frozen=True)
class Offer:
    """A ready table as it is offered: what it holds, and how much of the real one that is."""

    ready: ReadyTable
    how_complete: str
    rows: list[Row]


def offers() -> list[Offer]:
    """Return all ready tables with their rows; no query."""
    return [
        Offer(ready, str(HOW_COMPLETE[ready.completeness]), _rows_of(ready))
        for ready in READY.values()
    ]


def _rows_of(ready: ReadyTable) -> list[Row]:
    table = ScoringTable(step=ready.step)
    found = []
    for depth, row in walk(ready.rows):
        node = node_of(row)
        node.table = table
        fact = fact_words(row.fact) if row.fact else ""
        shown = Row(node, depth, table_words(node), fact)
        shown.standard, shown.bonus = standard_of(row), bonus_of(row)
        found.append(shown)
    return found


@require_http_methods(["GET", "POST"])
@signed_in
def begin(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Begin the year's draft: empty, by its name, or from a ready table."""
    cycle = find_cycle(request, cycle_pk, BEGIN)
    if request.method == "POST" and "ready" in request.POST:
        return _take(request, cycle)
    closed = why_closed(cycle) or _why_not_now(cycle)
    if request.method == "GET" and closed:
        messages.info(request, closed)
        return redirect("tables:of_cycle", cycle.pk)
    name = _("Bảng điểm năm %(year)d") % {"year": cycle.year}
    form = bind(BeginForm, request, initial={"name": name})
    if request.method == "POST" and form.is_valid():
        facts = TableFacts(name=form.cleaned_data["name"])
        draft = perform(form, begin_table, cycle, facts, by=acting(request))
        if draft:
            messages.success(request, _("Đã mở bảng trống. Tiếp theo: thêm nhóm thứ nhất."))
            return redirect("tables:edit", draft.pk)
    context = {
        "cycle": cycle,
        "illustration": cycle.is_illustration,
        "form": form,
        "offers": offers(),
    }
    return render(request, "tables/begin.html", context, status=422 if form.errors else 200)


def _take(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    draft = attempt(request, take_ready_table, cycle, request.POST["ready"], by=acting(request))
    if draft is None:
        return redirect("tables:of_cycle", cycle.pk)
    messages.success(
        request,
        _("Đã lập bản nháp từ “%(name)s”. Hãy sửa cho đúng bảng của mình.") % {"name": draft.name},
    )
    return redirect("tables:edit", draft.pk)


def _why_not_now(cycle: Cycle) -> str:
    if cycle.scoring_tables.filter(state=ScoringTable.State.DRAFT).exists():
        return _("Năm này đã có một bảng điểm đang soạn.")
    return ""


@require_http_methods(["GET", "POST"])
@signed_in
def layers(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Say which layers the year has, and how several checkers are taken together."""
    cycle = find_cycle(request, cycle_pk, BEGIN)
    if request.method == "GET" and (closed := why_closed(cycle)):
        messages.info(request, closed)
        return redirect("tables:of_cycle", cycle.pk)
    form = bind(LayersForm, request, initial=_layers_now(cycle))
    if request.method == "POST" and form.is_valid():
        found = perform(form, set_layers, cycle, by=acting(request), **form.cleaned_data)
        if found:
            told = {"layers": ", ".join(str(layer) for layer in found)}
            messages.success(request, _("Các lớp chấm của năm: %(layers)s.") % told)
            return redirect("tables:of_cycle", cycle.pk)
    context = {"cycle": cycle, "illustration": cycle.is_illustration, "form": form}
    return render(request, "tables/layers.html", context, status=422 if form.errors else 200)


def _layers_now(cycle: Cycle) -> dict[str, object]:
    """Return the layers the year has, or those a year usually has."""
    there = list(cycle.layers.all())
    cross = next((layer for layer in there if layer.kind == Layer.Kind.CROSS), None)
    told: dict[str, object] = {"kinds": [layer.kind for layer in there] or list(USUAL_LAYERS)}
    if cross is not None:
        told |= {"combine": cross.combine, "is_blind": "yes" if cross.is_blind else "no"}
    return told
