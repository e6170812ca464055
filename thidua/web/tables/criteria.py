"""The pages of one node: choose how it is marked, write it, write it anew, take it out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thidua.core.errors import DomainError
from thidua.scoring.actions.tables import add_criterion, remove_criterion, write_criterion
from thidua.scoring.models import Criterion, ScoringTable
from thidua.scoring.trees import in_order
from thidua.web.access import (
    acting,
    attempt,
    bind,
    perform,
    signed_in,
)
from thidua.web.discards.words import gone
from thidua.web.tables import parameters as rules
from thidua.web.tables.codes import next_code
from thidua.web.tables.doors import WRITE, find, find_criterion, head_facts
from thidua.web.tables.editor import to_reading, why_not_written
from thidua.web.tables.forms import CriterionForm, GroupForm, begun_with, typed
from thidua.web.tables.kinds import EXPLAINED

ASKED_AGAIN = ("change", "more")  # buttons that show the form anew and save nothing


@require_http_methods(["GET", "POST"])
@signed_in
def new_group(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a group: at the top level, or under the one that ``trong`` names."""
    table = find(request, pk, WRITE)
    if request.method == "GET" and (why := why_not_written(table)):
        return to_reading(request, table, why)
    parent = _parent(request, table)
    form = bind(GroupForm, request, initial={"code": next_code(table, parent)})
    if request.method == "POST" and form.is_valid():
        by = acting(request)
        made = perform(form, add_criterion, table, form.facts(), by=by, parent=parent)
        if made:
            told = {"node": str(made)}
            messages.success(
                request, _("Đã thêm nhóm “%(node)s”. Tiếp theo: thêm tiêu chí.") % told
            )
            return _to_row(made)
    return _node_page(request, table, form, parent=parent)


def _parent(request: HttpRequest, table: ScoringTable) -> Criterion | None:
    """Return the group that ``trong`` names, or None for the top level."""
    chosen = request.GET.get("trong", "")
    if not chosen.isdecimal():
        return None
    return table.criteria.filter(pk=int(chosen), is_group=True).first()


def _to_row(node: Criterion) -> HttpResponse:
    return redirect(reverse("tables:edit", args=[node.table_id]) + f"#tc-{node.pk}")


def _node_page(
    request: HttpRequest, table: ScoringTable, form: Any, *, is_asked: bool = False, **told: Any
) -> HttpResponse:
    """Show a form; what was posted to it was refused, unless a button ``is_asked`` for it anew."""
    context = {**head_facts(table), "form": form, **told}
    status = 422 if request.method == "POST" and not is_asked else 200
    return render(request, "tables/node.html", context, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a criterion. Without ``cach`` in the address, first ask how it is to be marked."""
    table = find(request, pk, WRITE)
    if request.method == "GET" and (why := why_not_written(table)):
        return to_reading(request, table, why)
    parent = _parent(request, table)
    kind = request.POST.get("kind") or request.GET.get("cach", "")
    if kind not in Criterion.Kind.values:
        context = {**head_facts(table), "parent": parent, "kinds": EXPLAINED}
        return render(request, "tables/kinds.html", context)
    initial = {"kind": kind, "code": next_code(table, parent), "owner": Criterion.Owner.BLOC}
    initial |= rules.write_parameters(kind, {})
    return _write(request, table, kind, initial, parent=parent)


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: HttpRequest, criterion_pk: int) -> HttpResponse:
    """Write a node anew: a group by its form, a criterion by that of its kind."""
    node = find_criterion(request, criterion_pk)
    if request.method == "GET" and (why := why_not_written(node.table)):
        return to_reading(request, node.table, why)
    if node.is_group:
        return _write_group(request, node)
    chosen = request.POST.get("kind", node.kind)
    kind = chosen if chosen in Criterion.Kind.values else node.kind
    return _write(request, node.table, kind, begun_with(node), node=node)


def _write_group(request: HttpRequest, node: Criterion) -> HttpResponse:
    names = ("code", "name", "max_points", "bonus_cap", "guidance")
    form = bind(GroupForm, request, initial={name: getattr(node, name) for name in names})
    if request.method == "POST" and form.is_valid():
        written = perform(form, write_criterion, node, form.facts(), by=acting(request))
        if written:
            messages.success(request, _("Đã lưu nhóm “%(node)s”.") % {"node": str(written)})
            return _to_row(written)
    return _node_page(request, node.table, form, node=node)


def _write(
    request: HttpRequest,
    table: ScoringTable,
    kind: str,
    initial: dict[str, Any],
    *,
    node: Criterion | None = None,
    parent: Criterion | None = None,
) -> HttpResponse:
    """Show the form of a criterion of ``kind``; keep what was posted, if that was asked."""
    here: dict[str, Any] = {"node": node, "parent": parent, "kind": kind}
    if request.method == "POST" and any(name in request.POST for name in ASKED_AGAIN):
        blank = CriterionForm(initial=initial, table=table, kind=kind)
        told = {**initial, **typed(blank, request.POST)}
        form = CriterionForm(initial=told, table=table, kind=kind)
        rows = rules.rows_of(kind, rules.typed_rows(kind, request.POST))
        return _node_page(request, table, form, rows=rows, is_asked=True, **here)
    form = bind(CriterionForm, request, initial=initial, table=table, kind=kind)
    if request.method == "GET":
        begun = rules.kept_rows(kind, node.parameters) if node else []
        return _node_page(request, table, form, rows=rules.rows_of(kind, begun), **here)
    rows = rules.rows_of(kind, data=request.POST)
    made = _kept(request, table, form, rows, node=node, parent=parent)
    if made is None:
        return _node_page(request, table, form, rows=rows, **here)
    sentence = _("Đã lưu “%(node)s”.") if node else _("Đã thêm “%(node)s”.")
    messages.success(request, sentence % {"node": str(made)})
    if "again" in request.POST:
        within = f"?trong={parent.pk}" if parent else ""
        return redirect(reverse("tables:new", args=[table.pk]) + within)
    return _to_row(made)


def _kept(
    request: HttpRequest,
    table: ScoringTable,
    form: CriterionForm,
    rows: Any,
    *,
    node: Criterion | None,
    parent: Criterion | None,
) -> Criterion | None:
    """Do the act; None where something is refused, which then stands beside its field."""
    are_rows_right = rows is None or rows.is_valid()
    if not form.is_valid() or not are_rows_right:
        if not are_rows_right:
            form.add_error(None, _("Hãy xem lại các dòng mức điểm."))
        return None
    facts, by = form.facts(rows), acting(request)
    try:
        if node is not None:
            return write_criterion(node, facts, by=by)
        return add_criterion(table, facts, by=by, parent=parent)
    except DomainError as refusal:
        form.refuse(refusal)
        return None


@require_http_methods(["GET", "POST"])
@signed_in
def remove(request: HttpRequest, criterion_pk: int) -> HttpResponse:
    """Ask once, then take a node out with all that hangs under it."""
    node = find_criterion(request, criterion_pk)
    if request.method == "GET":
        if why := why_not_written(node.table):
            return to_reading(request, node.table, why)
        context = {**head_facts(node.table), "node": node, "below": _below(node)}
        return render(request, "tables/remove.html", context)
    table_pk, name = node.table_id, str(node)
    if attempt(request, _removed, node, by=acting(request)):
        messages.success(request, gone(name))
    return redirect("tables:edit", table_pk)


def _removed(node: Criterion, *, by: Any) -> bool:
    remove_criterion(node, by=by)
    return True


def _below(node: Criterion) -> list[Criterion]:
    """Return all that hangs under a node, from top to bottom."""
    nodes = in_order(node.table.criteria.all(), under=node.pk)
    return [other for _depth, other in nodes]
