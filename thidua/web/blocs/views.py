"""Pages of blocs: read one with its years, found one, correct one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.cycles.models import Cycle
from thidua.cycles.queries import cycles_for
from thidua.organizations.actions import edit_bloc, found_bloc, reform_bloc
from thidua.organizations.queries import blocs, onward_of, origins_of
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.awards.shown import past_years_of
from thidua.web.blocs.forms import BlocForm, ReformForm
from thidua.web.results.published import published_of, with_published
from thidua.web.trail import trail_lines


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a bloc: its decision, who leads now, its years, newest first."""
    who = acting(request)
    bloc = get_object_or_404(with_published(blocs(), who, within="cycle__bloc"), pk=pk)
    cycles = list(cycles_for(who).filter(bloc=bloc))
    told = {
        "bloc": bloc,
        "illustration": bloc.is_illustration,
        "cycles": cycles,
        "open_cycles": [c for c in cycles if c.state == Cycle.State.OPEN],
        "newest": cycles[0] if cycles else None,
        "published": published_of(bloc, who),
        "past_years": past_years_of(bloc, who),
        "origins": [row.predecessor for row in origins_of(bloc)],
        "onward": [row.bloc for row in onward_of(bloc)] if bloc.closed_on else [],
        "entries": trail_lines(bloc, everything=who.has_perm("organizations.edit_bloc", bloc)),
    }
    return render(request, "blocs/show.html", told)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Found a bloc that the organisation worked for manages."""
    who = acting(request)
    require(who, "organizations.found_bloc")
    form = bind(BlocForm, request)
    if form.is_valid():
        facts = form.facts(who.organization)
        bloc = perform(form, found_bloc, facts, by=who, is_illustration=who.is_illustration)
        if bloc:
            told = {"bloc": bloc.title}
            messages.success(
                request, _("Đã lập %(bloc)s. Tiếp theo: bắt đầu năm thi đua đầu tiên.") % told
            )
            return redirect("blocs:show", bloc.pk)
    status = 422 if form.is_bound else 200
    return render(request, "blocs/new.html", {"form": form}, status=status)


@signed_in
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is told of a bloc."""
    bloc = get_object_or_404(blocs(), pk=pk)
    who = acting(request)
    require(who, "organizations.edit_bloc", bloc)
    initial = {name: getattr(bloc, name) for name in BlocForm.base_fields}
    form = bind(BlocForm, request, initial=initial)
    if form.is_valid() and perform(form, edit_bloc, bloc, form.facts(bloc.managing_body), by=who):
        messages.success(request, _("Đã sửa. Điều ghi trước đây còn trong dấu vết."))
        return redirect("blocs:show", pk)
    told = {"form": form, "bloc": bloc}
    return render(request, "blocs/edit.html", told, status=422 if form.is_bound else 200)


@signed_in
def reform(request: HttpRequest, pk: int) -> HttpResponse:
    """Form a bloc anew from this one, alone or with others; the old ones are closed by that."""
    bloc = get_object_or_404(blocs(), pk=pk)
    who = acting(request)
    require(who, "organizations.reform_bloc", bloc)
    if bloc.closed_on:
        messages.error(request, _("%(bloc)s đã khép lại rồi.") % {"bloc": bloc.title})
        return redirect("blocs:show", pk)
    initial = {name: getattr(bloc, name) for name in ("kind", "name", "level", "place")}
    form = bind(ReformForm, request, bloc=bloc, initial=initial)
    if form.is_valid():
        facts, since = form.facts(bloc.managing_body), form.cleaned_data["since"]
        new = perform(form, reform_bloc, facts, form.predecessors(), by=who, since=since)
        if new:
            told = {"bloc": new.title}
            messages.success(
                request,
                _("Đã lập lại thành %(bloc)s. Khối, cụm cũ khép lại, các năm cũ vẫn còn.") % told,
            )
            return redirect("blocs:show", new.pk)
    page = {"form": form, "bloc": bloc}
    return render(request, "blocs/reform.html", page, status=422 if form.is_bound else 200)
