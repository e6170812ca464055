"""Writing a registration: targets, honours, and the bloc's common targets."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.queries import cycles_for
from thidua.targets.actions.drafting import (
    TargetFacts,
    begin_set,
    register_honour,
    remove_target,
    set_common_target,
    withdraw_honour,
    write_target,
)
from thidua.targets.models import Measured, Registration, Target, TargetSet
from thidua.targets.queries import sets_for, target_for
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.discards.words import gone
from thidua.web.targets.forms import CommonTargetForm, HonourForm, TargetForm
from thidua.web.targets.page import is_closed, law_day, laws_of


def understood(target: Measured) -> str:
    """Say what was understood of the number that was typed."""
    return _("Đã hiểu: %(promise)s.") % {"promise": target.promise}


def found_target(request: HttpRequest, pk: int) -> Target:
    """Return a target that the person may see; else answer 404."""
    target = target_for(acting(request), pk)
    if target is None:
        raise Http404
    return target


def own_target(request: HttpRequest, pk: int) -> Target:
    """Return a target that the person may see and whose set they prepare; else 404 or 403."""
    target = found_target(request, pk)
    require(acting(request), "targets.prepare_targetset", target.target_set)
    return target


def _own_set(request: HttpRequest, pk: int) -> TargetSet:
    """Return a set that the person may see and prepare; else answer 404 or 403.

    It carries its year and no more: what it says is read by the deed that writes in it.
    """
    target_set = get_object_or_404(sets_for(acting(request)).prefetch_related(None), pk=pk)
    require(acting(request), "targets.prepare_targetset", target_set)
    return target_set


@require_POST
@signed_in
def begin(request: HttpRequest, enrolment_pk: int) -> HttpResponse:
    """Begin the member's registration, or go to the one that was begun."""
    who = acting(request)
    seen = Enrolment.objects.filter(cycle__in=cycles_for(who).values("pk"))
    enrolment = get_object_or_404(seen.select_related("cycle__bloc"), pk=enrolment_pk)
    require(who, "targets.prepare_targetset", TargetSet(enrolment=enrolment))
    target_set = begin_set(enrolment, by=who)
    messages.success(request, _("Đã mở bản đăng ký. Tiếp theo: thêm chỉ tiêu thứ nhất."))
    return redirect("targets:show", target_set.pk)


@signed_in
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a target."""
    target_set = _own_set(request, pk)
    if request.method == "GET" and is_closed(target_set):
        return redirect("targets:show", pk)
    form = bind(TargetForm, request, cycle=target_set.enrolment.cycle)
    if form.is_valid():
        target = perform(form, write_target, target_set, form.facts(), by=acting(request))
        if target:
            _say_written(request, _("Đã thêm chỉ tiêu “%(name)s”."), target)
            return redirect("targets:show", pk)
    return _target_page(request, form, target_set, None)


@signed_in
def edit(request: HttpRequest, target_pk: int) -> HttpResponse:
    """Write a target anew."""
    target = own_target(request, target_pk)
    target_set = target.target_set
    if request.method == "GET" and is_closed(target_set):
        return redirect("targets:show", target_set.pk)
    told = {name: getattr(target, name) for name in (*TargetFacts.__annotations__, "revision")}
    form = bind(TargetForm, request, cycle=target_set.enrolment.cycle, initial=told)
    if form.is_valid():
        written = perform(
            form,
            write_target,
            target_set,
            form.facts(),
            by=acting(request),
            target=target,
            revision=form.cleaned_data["revision"],
        )
        if written:
            _say_written(request, _("Đã sửa chỉ tiêu “%(name)s”."), written)
            return redirect("targets:show", target_set.pk)
    return _target_page(request, form, target_set, target)


def _say_written(request: HttpRequest, sentence: str, target: Target) -> None:
    messages.success(request, f"{sentence % {'name': target.name}} {understood(target)}")


def _target_page(
    request: HttpRequest, form: TargetForm, target_set: TargetSet, target: Target | None
) -> HttpResponse:
    told = {
        "form": form,
        "target_set": target_set,
        "target": target,
        "cycle": target_set.enrolment.cycle,
        "illustration": target_set.is_illustration,
    }
    return render(request, "targets/edit.html", told, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def remove(request: HttpRequest, target_pk: int) -> HttpResponse:
    """Take a target out."""
    target = own_target(request, target_pk)
    remove_target(target, by=acting(request))
    messages.success(request, gone(target.name))
    return redirect("targets:show", target.target_set_id)


@signed_in
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a title or form for the unit, a small collective or a person."""
    target_set = _own_set(request, pk)
    if request.method == "GET" and is_closed(target_set):
        return redirect("targets:show", pk)
    cycle = target_set.enrolment.cycle
    form = bind(HonourForm, request, day=law_day(cycle))
    if form.is_valid():
        row = perform(form, register_honour, target_set, by=acting(request), **form.facts())
        if row:
            told = {"honour": row.honour_name}
            messages.success(request, _("Đã đăng ký %(honour)s.") % told)
            return redirect("targets:show", pk)
    context = {
        "form": form,
        "target_set": target_set,
        "cycle": cycle,
        "laws": laws_of(cycle),
        "illustration": target_set.is_illustration,
    }
    return render(request, "targets/register.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def withdraw(request: HttpRequest, registration_pk: int) -> HttpResponse:
    """Take a registered title or form out."""
    who = acting(request)
    seen = Registration.objects.filter(target_set__in=sets_for(who).values("pk"))
    registration = get_object_or_404(seen, pk=registration_pk)
    target_set = _own_set(request, registration.target_set_id)
    withdraw_honour(registration, by=who)
    messages.success(request, gone(registration.honour_name))
    return redirect("targets:show", target_set.pk)


@signed_in
def new_common(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Set a target for the whole bloc."""
    who = acting(request)
    cycle: Cycle = get_object_or_404(cycles_for(who), pk=cycle_pk)
    require(who, "targets.set_common_target", cycle)
    form = bind(CommonTargetForm, request)
    if form.is_valid():
        common = perform(form, set_common_target, cycle, form.facts(), by=who)
        if common:
            told = _("Đã đặt chỉ tiêu chung “%(name)s”; các đơn vị góp phần được ngay.")
            messages.success(request, f"{told % {'name': common.name}} {understood(common)}")
            return redirect("targets:of_cycle", cycle_pk)
    context = {"form": form, "cycle": cycle, "illustration": cycle.is_illustration}
    return render(request, "targets/new_common.html", context, status=422 if form.is_bound else 200)
