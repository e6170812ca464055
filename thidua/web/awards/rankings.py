"""Entering where a unit stood in a year that the program did not mark, correcting, removing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from thidua.commendations.actions.rankings import (
    RankingFacts,
    correct_ranking,
    enter_ranking,
    remove_ranking,
)
from thidua.commendations.models import PastRanking
from thidua.commendations.queries import rankings_for
from thidua.organizations.models import Organization
from thidua.organizations.queries import blocs
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.awards.forms import RankingForm, RemoveForm


@signed_in
def new(request: HttpRequest, bloc_pk: int) -> HttpResponse:
    """Enter where one unit stood in one year of the bloc; then the next."""
    bloc, who = get_object_or_404(blocs(), pk=bloc_pk), acting(request)
    require(who, "commendations.enter_ranking", bloc)
    year = request.GET.get("nam", "")
    initial = {"year": year} if year.isascii() and year.isdigit() and len(year) == 4 else {}
    form = bind(RankingForm, request, among=Organization.objects.all(), initial=initial)
    if form.is_valid():
        unit = form.cleaned_data["organization"]
        told = {"by": who, "is_illustration": who.is_illustration}
        if ranking := perform(form, enter_ranking, bloc, unit, form.facts(), **told):
            messages.success(
                request, _("Đã ghi %(unit)s. Ghi tiếp đơn vị khác ở dưới.") % {"unit": unit.name}
            )
            return redirect(f"{request.path}?nam={ranking.year}")
    page = {"form": form, "bloc": bloc}
    return render(request, "awards/new_ranking.html", page, status=422 if form.is_bound else 200)


@signed_in
def correct(request: HttpRequest, ranking_pk: int) -> HttpResponse:
    """Correct what is told of a standing."""
    ranking = _found(request, ranking_pk)
    initial = {name: getattr(ranking, name) for name in RankingFacts.__dataclass_fields__}
    form = bind(RankingForm, request, initial=initial)
    if form.is_valid() and perform(
        form, correct_ranking, ranking, form.facts(), by=acting(request)
    ):
        messages.success(request, _("Đã sửa. Điều ghi trước đây còn trong dấu vết."))
        return redirect("blocs:show", ranking.bloc_id)
    page = {"form": form, "ranking": ranking}
    status = 422 if form.is_bound else 200
    return render(request, "awards/correct_ranking.html", page, status=status)


@signed_in
def remove(request: HttpRequest, ranking_pk: int) -> HttpResponse:
    """Ask why, then take out what was entered wrongly."""
    ranking = _found(request, ranking_pk)
    form = bind(RemoveForm, request)
    if form.is_valid():
        perform(form, remove_ranking, ranking, by=acting(request), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, _("Đã bỏ. Dấu vết của khối, cụm giữ điều đã ghi và lý do."))
            return redirect("blocs:show", ranking.bloc_id)
    page = {"form": form, "ranking": ranking}
    status = 422 if form.is_bound else 200
    return render(request, "awards/remove_ranking.html", page, status=status)


def _found(request: HttpRequest, pk: int) -> PastRanking:
    ranking = get_object_or_404(rankings_for(acting(request)), pk=pk)
    require(acting(request), "commendations.write_pastranking", ranking)
    return ranking
