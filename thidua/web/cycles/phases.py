"""Pages of a year's phases: their windows, and opening or closing one by hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.cycles.actions.years import act_on_phase, drop_phase, set_phase
from thidua.cycles.models import Cycle, Phase
from thidua.cycles.queries import cycles_for
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.cycles.forms import PhaseForm, ReasonForm
from thidua.web.cycles.steps import steps_of

DAYS = ("opens_on", "due_on", "closes_on")


@signed_in
def phases(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the eleven phases; ``?kind=`` opens the days of one, a POST sets or leaves it out."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=pk)
    require(who, "cycles.follow_cycle", cycle)
    may_set = who.has_perm("cycles.schedule_cycle", cycle) and not cycle.is_over
    chosen = request.POST.get("kind") or request.GET.get("kind", "")
    form = None
    if request.method == "POST" or (may_set and chosen in Phase.Kind.values):
        require(who, "cycles.schedule_cycle", cycle)
        form = bind(PhaseForm, request, initial={"kind": chosen, **_days(cycle, chosen)})
        if form.is_bound and _saved(form, cycle, who, drops="leave_out" in request.POST):
            return _after(request, cycle, form.data["kind"])
    told = {
        "cycle": cycle,
        "illustration": cycle.is_illustration,
        "steps": steps_of(cycle),
        "form": form,
        "chosen": cycle.phase(chosen),
        "chosen_name": dict(Phase.Kind.choices).get(chosen, ""),
        "may_set": may_set,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "cycles/phases.html", told, status=status)


def _days(cycle: Cycle, kind: str) -> dict[str, object]:
    phase = cycle.phase(kind)
    return {name: getattr(phase, name) for name in DAYS} if phase else {}


def _saved(form: PhaseForm, cycle: Cycle, who: Acting, *, drops: bool) -> bool:
    if drops:
        if form.has_error("kind"):
            return False
        perform(form, drop_phase, cycle, by=who, kind=form.cleaned_data["kind"])
        return not form.non_field_errors()
    return form.is_valid() and bool(perform(form, set_phase, cycle, by=who, **form.cleaned_data))


def _after(request: HttpRequest, cycle: Cycle, kind: str) -> HttpResponse:
    """Say what was done; go to the list, or on to the next phase where that was asked."""
    kinds = Phase.Kind.values
    name = str(Phase.Kind(kind).label)
    if "leave_out" in request.POST:
        messages.success(request, _("Năm này bỏ qua giai đoạn %(phase)s.") % {"phase": name})
    else:
        messages.success(request, _("Đã đặt ngày cho giai đoạn %(phase)s.") % {"phase": name})
    here = reverse("cycles:phases", args=[cycle.pk])
    following = kinds[kinds.index(kind) + 1 :]
    if "and_next" in request.POST and following:
        return redirect(f"{here}?kind={following[0]}")
    return redirect(here)


@signed_in
def phase_act(request: HttpRequest, phase_pk: int) -> HttpResponse:
    """Open or close a phase by hand, with a reason. The page says which; so does its form."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), phases=phase_pk)
    require(who, "cycles.schedule_cycle", cycle)
    phase = next(p for p in cycle.phases.all() if p.pk == phase_pk)
    opens = not phase.accepts
    form = bind(ReasonForm, request, initial={"opens": "1" if opens else "0"})
    if form.is_valid() and perform(form, act_on_phase, phase, by=who, **form.cleaned_data):
        done = _("Đã mở giai đoạn %(phase)s.") if opens else _("Đã đóng giai đoạn %(phase)s.")
        messages.success(request, done % {"phase": str(phase)})
        return redirect("cycles:phases", cycle.pk)
    told = {
        "form": form,
        "cycle": cycle,
        "phase": phase,
        "opens": opens,
        "illustration": cycle.is_illustration,
    }
    return render(request, "cycles/phase_act.html", told, status=422 if form.is_bound else 200)
