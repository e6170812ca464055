"""Pages of a year's members: who joins, who leaves, who leads."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.core import clock
from thidua.cycles.actions.members import hand_lead, join_together, leave_cycle, remove_member
from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.queries import cycles_for
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.cycles.forms import JoinForm, LeadForm, LeaveForm
from thidua.web.cycles.reading import OFFERED, candidates


@require_GET
@signed_in
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who takes part, who left and why, who leads."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=pk)
    require(who, "cycles.follow_cycle", cycle)
    told = {
        "cycle": cycle,
        "illustration": cycle.is_illustration,
        "current": cycle.current(),
        "gone": [e for e in cycle.enrolments.all() if e.left_on],
        "reviewer": next((e for e in cycle.current() if e.reviews_leader), None),
    }
    return render(request, "cycles/members.html", told)


@signed_in
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Let organisations, found by name (``?q=``), take part from a day on."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=pk)
    require(who, "cycles.manage_cycle", cycle)
    q = request.GET.get("q", "")[:200]
    found = candidates(cycle, q)
    form = bind(JoinForm, request, candidates=found, initial={"on": _first_day(cycle)})
    if form.is_valid():
        told = form.cleaned_data
        joined = perform(
            form,
            join_together,
            cycle,
            list(told["organization"]),
            by=who,
            on=told["on"],
            basis=told["basis"],
        )
        if joined:
            messages.success(
                request,
                _("Đã ghi %(count)d đơn vị tham gia. Tiếp theo: chọn đơn vị trưởng, phó.")
                % {"count": len(joined)},
            )
            return redirect("cycles:members", pk)
    told = {
        "form": form,
        "cycle": cycle,
        "illustration": cycle.is_illustration,
        "q": q,
        "found": found,
        "is_cut": len(found) == OFFERED,
    }
    return render(request, "cycles/join.html", told, status=422 if form.is_bound else 200)


def _first_day(cycle: Cycle) -> date:
    """Return the year's first day; once the year is open, today as far as it lies in the year."""
    first = date(cycle.year, 1, 1)
    if cycle.state == Cycle.State.DRAFT:
        return first
    return min(max(first, clock.today()), date(cycle.year, 12, 31))


@signed_in
def leave(request: HttpRequest, enrolment_pk: int) -> HttpResponse:
    """Write that a member leaves: what it signed stays, its duties end."""
    who = acting(request)
    cycle, enrolment = _managed(request, enrolment_pk)
    form = bind(LeaveForm, request, initial={"on": clock.today()})
    if form.is_valid() and perform(form, leave_cycle, enrolment, by=who, **form.cleaned_data):
        sentence = _("Đã ghi %(name)s rời. Chữ ký đã có vẫn còn, việc còn lại thì thôi.")
        messages.success(request, sentence % {"name": enrolment.name})
        return redirect("cycles:members", cycle.pk)
    told = {
        "form": form,
        "cycle": cycle,
        "enrolment": enrolment,
        "illustration": cycle.is_illustration,
    }
    return render(request, "cycles/leave.html", told, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def remove(request: HttpRequest, enrolment_pk: int) -> HttpResponse:
    """Strike a member off a year in preparation."""
    cycle, enrolment = _managed(request, enrolment_pk)
    remove_member(enrolment, by=acting(request))
    messages.success(request, _("Đã bỏ %(name)s khỏi danh sách.") % {"name": enrolment.name})
    return redirect("cycles:members", cycle.pk)


def _managed(request: HttpRequest, enrolment_pk: int) -> tuple[Cycle, Enrolment]:
    """Return the year and the enrolment; 404 for what may not be seen, 403 for what not managed."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), enrolments=enrolment_pk)
    require(who, "cycles.manage_cycle", cycle)
    return cycle, next(e for e in cycle.enrolments.all() if e.pk == enrolment_pk)


@signed_in
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    """Name leaders, deputies and the member that reviews the leader: several, one or none."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=pk)
    require(who, "cycles.manage_cycle", cycle)
    current = cycle.current()
    reviewer = next((str(e.pk) for e in current if e.reviews_leader), "")
    form = bind(
        LeadForm,
        request,
        bloc=cycle.bloc,
        members=current,
        roles={e.pk: e.role for e in current},
        initial={"reviewer": reviewer},
    )
    if form.is_valid() and perform(form, hand_lead, cycle, by=who, **vars(form.lead())):
        messages.success(request, _("Đã ghi đơn vị trưởng, phó của năm. Quyền đổi theo ngay."))
        return redirect("cycles:members", pk)
    told = {"form": form, "cycle": cycle, "illustration": cycle.is_illustration}
    return render(request, "cycles/lead.html", told, status=422 if form.is_bound else 200)
