"""The editor of a draft: the tree with its sums and what to mend, its head, the order of rows."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.core.errors import DomainError
from thidua.scoring.actions.tables import shift_criterion, write_table
from thidua.scoring.models import Criterion, ScoringTable
from thidua.web.access import (
    acting,
    attempt,
    bind,
    signed_in,
)
from thidua.web.tables.doors import ADOPT, WRITE, find, head_facts, why_closed
from thidua.web.tables.head_form import HeadForm, classes_formset, head_of
from thidua.web.tables.rows import Laid, laid_out, tie_choices

MOST_LISTED = 30


def why_not_written(table: ScoringTable) -> str:
    """Return why this version may not be written any more; empty while it may."""
    if not table.is_editable:
        return _("Bản này %(state)s nên không sửa được. Muốn đổi thì soạn bản mới.") % {
            "state": table.get_state_display()
        }
    return why_closed(table.cycle)


def to_reading(request: HttpRequest, table: ScoringTable, why: str) -> HttpResponse:
    """Say why the table is not written now, and show it to read."""
    messages.info(request, why)
    return redirect("tables:show", table.pk)


@require_GET
@signed_in
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the draft as it is written."""
    table = find(request, pk, WRITE)
    if why := why_not_written(table):
        return to_reading(request, table, why)
    laid = laid_out(table, warned=True)
    context = {
        **head_facts(table),
        "laid": laid,
        "listed": laid.warnings[:MOST_LISTED],
        "may_adopt": acting(request).has_perm(ADOPT, table),
        "why_off": _why_off(laid),
    }
    return render(request, "tables/edit.html", context)


def _why_off(laid: Laid) -> str:
    count = len(laid.warnings)
    return _("Còn %(count)d chỗ cần sửa, xem bên dưới.") % {"count": count} if count else ""


@require_http_methods(["GET", "POST"])
@signed_in
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the head: name, basis, step, bonus cap, ties, classes."""
    table = find(request, pk, WRITE)
    if request.method == "GET" and (why := why_not_written(table)):
        return to_reading(request, table, why)
    laid = laid_out(table)
    names = {row.node.code: row.node.name for row in laid.rows}
    offered: dict[str, Any] = {"ties": tie_choices(laid.rows), "names": names}
    form = bind(HeadForm, request, initial=head_of(table), **offered)
    rows = classes_formset(table, request.POST if request.method == "POST" else None)
    if request.method == "POST" and _written(request, table, form, rows):
        messages.success(request, _("Đã lưu phần đầu bảng điểm."))
        return redirect("tables:edit", pk)
    context = {**head_facts(table), "form": form, "rows": rows}
    status = 422 if request.method == "POST" else 200
    return render(request, "tables/head.html", context, status=status)


def _written(request: HttpRequest, table: ScoringTable, form: HeadForm, rows: Any) -> bool:
    if not all([form.is_valid(), rows.is_valid()]):
        if not rows.is_valid():
            form.add_error(None, _("Hãy xem lại các mức xếp loại."))
        return False
    try:
        write_table(table, form.facts(rows), by=acting(request))
    except DomainError as refusal:
        form.refuse(refusal)
        return False
    return True


@require_POST
@signed_in
def shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a row change places with its neighbour: ``up`` or ``down`` is its primary key."""
    table = find(request, pk, WRITE)
    is_up = "up" in request.POST
    chosen = request.POST.get("up" if is_up else "down", "")
    criterion = get_object_or_404(
        Criterion, table=table, pk=int(chosen) if chosen.isdecimal() else 0
    )
    attempt(request, shift_criterion, criterion, by=acting(request), up=is_up)
    return redirect(reverse("tables:edit", args=[pk]) + f"#tc-{criterion.pk}")
