"""Movements of a year: the leader takes them up or drops them, the members join."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.cycles.models import Cycle
from thidua.cycles.queries import cycles_for
from thidua.movements.actions import adopt_movement, drop_movement, join_movement, rewrite_plan
from thidua.movements.models import Adoption, Participation
from thidua.movements.queries import adoptions_for, adoptions_of, participation_of
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.movements.forms import AdoptForm, PlanForm


@dataclass(frozen=True)
class Taken:
    """A movement of the year as the page tells it."""

    adoption: Adoption
    parts: list[tuple[str, Participation]]
    mine: Participation | None


@require_GET
def of_cycle(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Show the year's movements in their order, and who takes part."""
    cycle = get_object_or_404(cycles_for(acting(request)), pk=cycle_pk)
    return _page(request, cycle, _adopt_form(request, cycle))


def _adopt_form(request: HttpRequest, cycle: Cycle) -> AdoptForm | None:
    """Return the form to take a movement up, or None for who may not or when the year is over."""
    if cycle.is_over or not acting(request).has_perm("movements.adopt_movement", cycle):
        return None
    form: AdoptForm = bind(
        AdoptForm, request, at=reverse("movements:adopt", args=[cycle.pk]), cycle=cycle
    )
    return form


def _page(request: HttpRequest, cycle: Cycle, form: AdoptForm | None) -> HttpResponse:
    who = acting(request)
    takes_part = who.has_perm("movements.join_movement", cycle)
    told = {
        "cycle": cycle,
        "illustration": cycle.is_illustration,
        "taken": _taken(cycle, who.organization_id if takes_part else None),
        "sees_plans": who.has_perm("cycles.follow_cycle", cycle),
        "may_join": takes_part and not cycle.is_over,
        "may_adopt": form is not None,
        "form": form,
    }
    is_refused = form is not None and form.is_bound
    return render(request, "movements/of_cycle.html", told, status=422 if is_refused else 200)


def _taken(cycle: Cycle, organization_id: int | None) -> list[Taken]:
    """Return the year's movements; a member is named as it was called in that year."""
    names = {e.organization_id: e.name for e in cycle.enrolments.all()}
    taken = []
    for adoption in adoptions_of(cycle):
        parts = list(adoption.participations.all())
        mine = next((p for p in parts if p.organization_id == organization_id), None)
        named = [(names.get(p.organization_id, p.organization.name), p) for p in parts]
        taken.append(Taken(adoption, named, mine))
    return taken


@require_POST
@signed_in
def adopt(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Take a movement up for the year."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=cycle_pk)
    require(who, "movements.adopt_movement", cycle)
    form = bind(AdoptForm, request, cycle=cycle)
    if form.is_valid() and perform(form, adopt_movement, cycle, by=who, **form.cleaned_data):
        told = {"movement": form.cleaned_data["movement"].name}
        messages.success(
            request,
            _("Đã đưa phong trào “%(movement)s” vào năm. Các đơn vị tham gia được ngay.") % told,
        )
        return redirect("movements:of_cycle", cycle_pk)
    return _page(request, cycle, form)


@require_POST
@signed_in
def drop(request: HttpRequest, adoption_pk: int) -> HttpResponse:
    """Take a movement out of the year."""
    who = acting(request)
    adoption = get_object_or_404(adoptions_for(who), pk=adoption_pk)
    cycle = get_object_or_404(cycles_for(who), pk=adoption.cycle_id)
    require(who, "movements.adopt_movement", cycle)
    drop_movement(adoption, by=who)
    told = {"movement": adoption.movement.name}
    messages.success(request, _("Đã bỏ phong trào “%(movement)s” khỏi năm.") % told)
    return redirect("movements:of_cycle", cycle.pk)


@signed_in
def join(request: HttpRequest, adoption_pk: int) -> HttpResponse:
    """Take part in a movement of the year with a plan, or write that plan anew."""
    who = acting(request)
    adoption = get_object_or_404(adoptions_for(who), pk=adoption_pk)
    cycle = get_object_or_404(cycles_for(who), pk=adoption.cycle_id)
    require(who, "movements.join_movement", cycle)
    mine = participation_of(adoption, who)
    form = bind(PlanForm, request, initial={"plan": mine.plan if mine else ""})
    if form.is_valid() and _take_part(form, adoption, mine, request):
        messages.success(request, _joined(adoption, mine))
        return redirect("movements:of_cycle", cycle.pk)
    told = {"form": form, "adoption": adoption, "cycle": cycle, "mine": mine}
    return render(request, "movements/join.html", told, status=422 if form.is_bound else 200)


def _joined(adoption: Adoption, mine: Participation | None) -> str:
    told = {"movement": adoption.movement.name}
    if mine:
        return _("Đã ghi việc sẽ làm trong “%(movement)s”.") % told
    return (
        _("Đơn vị đã tham gia “%(movement)s”. Chỉ tiêu của đơn vị gắn được với phong trào này.")
        % told
    )


def _take_part(
    form: PlanForm, adoption: Adoption, mine: Participation | None, request: HttpRequest
) -> Participation | None:
    who, plan = acting(request), form.cleaned_data["plan"]
    if mine:
        return perform(form, rewrite_plan, mine, by=who, plan=plan)
    return perform(form, join_movement, adoption, by=who, organization=who.organization, plan=plan)
