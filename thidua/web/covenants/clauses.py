"""The pages of one clause: add, write anew, take out, move."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thidua.covenants.actions.drafting import move_clause, remove_clause, write_clause
from thidua.covenants.models import Clause, Covenant
from thidua.covenants.papers import covenant_text
from thidua.web.access import (
    acting,
    attempt,
    bind,
    perform,
    signed_in,
)
from thidua.web.covenants.doors import WRITE, find_for, head_facts
from thidua.web.covenants.forms import ClauseForm
from thidua.web.covenants.paper import paper_lines
from thidua.web.discards.words import gone


@require_http_methods(["GET", "POST"])
@signed_in
def new_clause(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a clause at the end."""
    covenant = find_for(request, pk, WRITE)
    return _clause_page(request, covenant, None)


@require_http_methods(["GET", "POST"])
@signed_in
def edit_clause(request: HttpRequest, clause_pk: int) -> HttpResponse:
    """Write a clause anew."""
    covenant, clause = _clause(request, clause_pk)
    return _clause_page(request, covenant, clause)


def _clause(request: HttpRequest, clause_pk: int) -> tuple[Covenant, Clause]:
    """Return the clause with its covenant, both found through what this person may read."""
    clause = get_object_or_404(Clause, pk=clause_pk)
    return find_for(request, clause.covenant_id, WRITE), clause


def _clause_page(request: HttpRequest, covenant: Covenant, clause: Clause | None) -> HttpResponse:
    names = ("kind", "heading", "body") if clause else ()
    form = bind(ClauseForm, request, initial={name: getattr(clause, name) for name in names})
    clauses, status = list(covenant.clauses.all()), 200
    if request.method == "POST":
        is_preview = "preview" in request.POST
        if form.is_valid() and not is_preview:
            facts = {"by": acting(request), "clause": clause, **form.cleaned_data}
            if written := perform(form, write_clause, covenant, **facts):
                told = {"clause": written.heading}
                messages.success(request, _("Đã lưu điều khoản “%(clause)s”.") % told)
                return redirect("covenants:edit", covenant.pk)
        status = 200 if is_preview else 422
        clauses = _as_typed(clauses, clause, form)
    with_typed = covenant_text(covenant, clauses).as_text()
    context = {
        **head_facts(covenant),
        "clause": clause,
        "form": form,
        "paper_lines": paper_lines(with_typed),
    }
    return render(request, "covenants/clause.html", context, status=status)


def _as_typed(clauses: Sequence[Clause], clause: Clause | None, form: ClauseForm) -> list[Clause]:
    """Return the clauses with what was typed in its place (or at the end), saved or not."""
    told = {"kind": Clause.Kind.TEXT, "heading": "", "body": "", **form.cleaned_data}
    typed = Clause(**told)
    if clause is None:
        return [*clauses, typed]
    return [typed if c.pk == clause.pk else c for c in clauses]


@require_http_methods(["GET", "POST"])
@signed_in
def drop_clause(request: HttpRequest, clause_pk: int) -> HttpResponse:
    """Ask once, then take a clause out."""
    covenant, clause = _clause(request, clause_pk)
    if request.method == "GET":
        context = {**head_facts(covenant), "clause": clause}
        return render(request, "covenants/remove_clause.html", context)
    heading = clause.heading
    attempt(request, remove_clause, clause, by=acting(request))
    if clause.pk is None:
        messages.success(request, gone(heading))
    return redirect("covenants:edit", covenant.pk)


@require_POST
@signed_in
def shift_clause(request: HttpRequest, clause_pk: int) -> HttpResponse:
    """Let a clause change places with the one before or after it."""
    covenant, clause = _clause(request, clause_pk)
    is_up = request.POST.get("direction") == "up"
    attempt(request, move_clause, clause, by=acting(request), up=is_up)
    return redirect(reverse("covenants:edit", args=[covenant.pk]) + "#dieu-khoan")
