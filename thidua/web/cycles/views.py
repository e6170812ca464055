"""Pages of a year: read it, follow it, begin it, write its themes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.core import clock
from thidua.covenants.queries import parties_of
from thidua.cycles.actions.years import edit_cycle, found_cycle
from thidua.cycles.queries import cycles_for
from thidua.movements.queries import adoptions_of
from thidua.organizations.queries import blocs
from thidua.paperwork.brought_queries import regulation_of
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.covenants.paper import paper_lines
from thidua.web.cycles.board import board_of
from thidua.web.cycles.forms import CycleForm, NewCycleForm, cycle_values
from thidua.web.cycles.reading import covenants_of, holds, other_years
from thidua.web.cycles.steps import steps_of
from thidua.web.results.published import published_of, with_published
from thidua.web.trail import trail_lines


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the public page of a year: where it stands, who takes part, what was signed."""
    who = acting(request)
    cycle = get_object_or_404(with_published(cycles_for(who), who, within="cycle"), pk=pk)
    covenants = covenants_of(cycle, who)
    follows = who.has_perm("cycles.follow_cycle", cycle)
    published = next((c for c in covenants if c.is_published), None)
    newest = covenants[0] if covenants else None
    shown = published or newest
    parties = parties_of(shown) if shown else []
    text = published.version.text if published and published.version else ""
    told = {
        "cycle": cycle,
        "bloc": cycle.bloc,
        "illustration": cycle.is_illustration,
        "follows": follows,
        "steps": steps_of(cycle),
        "others": other_years(cycle, who),
        "brought": regulation_of(cycle, who) if follows else None,
        "adoptions": adoptions_of(cycle).prefetch_related(None),
        "newest": newest,
        "covenant": shown,
        "holding": [one for one in covenants if shown and holds(one, shown)],
        "covenant_pk": newest.pk if newest else None,
        "parties": parties,
        "signed": sum(party.signature is not None for party in parties),
        "paper_lines": paper_lines(text),
        "published": published_of(cycle, who),
        "entries": trail_lines(cycle, *covenants, everything=follows),
    }
    return render(request, "cycles/show.html", told)


@require_GET
@signed_in
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the members of the year and what each has done: who is missing on top."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=pk)
    require(who, "cycles.follow_cycle", cycle)
    found = board_of(cycle, who)
    told = {
        "cycle": cycle,
        "illustration": cycle.is_illustration,
        "board": found,
        "today": clock.today(),
        "covenant_pk": found.covenant.pk if found.covenant else None,
        "may_nudge": cycle.is_running and who.has_perm("cycles.nudge_cycle", cycle),
        "owing": sum(bool(row.missing) for row in found.rows),
    }
    return render(request, "cycles/board.html", told)


@signed_in
def new(request: HttpRequest, bloc_pk: int) -> HttpResponse:
    """Begin a year of a bloc from nothing; other years may be open beside it."""
    bloc = get_object_or_404(blocs(), pk=bloc_pk)
    who = acting(request)
    require(who, "cycles.found_cycle", bloc)
    form = bind(NewCycleForm, request)
    if form.is_valid():
        cycle = perform(
            form,
            found_cycle,
            bloc,
            by=who,
            year=form.cleaned_data["year"],
            facts=form.facts(),
            is_illustration=bloc.is_illustration or who.is_illustration,
        )
        if cycle:
            messages.success(
                request,
                _("Đã bắt đầu chuẩn bị năm %(year)d. Tiếp theo: ghi các đơn vị tham gia.")
                % {"year": cycle.year},
            )
            return redirect("cycles:members", cycle.pk)
    told = {"form": form, "bloc": bloc}
    return render(request, "cycles/new.html", told, status=422 if form.is_bound else 200)


@signed_in
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the themes, the regulation and the summary."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=pk)
    require(who, "cycles.edit_cycle", cycle)
    form = bind(CycleForm, request, initial=cycle_values(cycle))
    if form.is_valid() and perform(form, edit_cycle, cycle, form.facts(), by=who):
        messages.success(request, _("Đã lưu. Mọi người thấy nội dung mới ngay."))
        return redirect("cycles:show", pk)
    told = {"form": form, "cycle": cycle, "illustration": cycle.is_illustration}
    return render(request, "cycles/edit.html", told, status=422 if form.is_bound else 200)
