"""Pages of a year's periods of reporting: the list, the usual two, one of them."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.core.text import join_names
from thidua.cycles.models import Cycle
from thidua.cycles.queries import cycles_for
from thidua.reporting.actions.periods import remove_period, set_periods, write_period
from thidua.reporting.models import Period
from thidua.reporting.standings import periods_of
from thidua.web.access import (
    acting,
    attempt,
    bind,
    perform,
    require,
    signed_in,
)
from thidua.web.reporting.doors import followed_cycle
from thidua.web.reporting.forms import PeriodForm
from thidua.web.reporting.wording import Window, days_of, window

SET = "reporting.set_period"
USUAL = (Period.Kind.HALF_YEAR, Period.Kind.YEAR)


@dataclass(frozen=True)
class Line:
    """One period in the list: its days, and how it stands."""

    period: Period
    days: str
    window: Window


@signed_in
@require_GET
def periods(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Show when the members report, and how each period stands."""
    cycle, who = followed_cycle(request, cycle_pk), acting(request)
    found = periods_of(cycle)
    may_set = who.has_perm(SET, cycle) and not cycle.is_over
    told = {
        "cycle": cycle,
        "illustration": cycle.is_illustration,
        "lines": [Line(period, days_of(period), window(period)) for period in found],
        "may_set": may_set,
        "lacks_usual": may_set and not set(USUAL) <= {period.kind for period in found},
    }
    return render(request, "reporting/periods.html", told)


def _scheduled_cycle(request: HttpRequest, pk: int) -> Cycle:
    """Return a year whose periods the person sets; else answer 404 or 403."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=pk)
    require(who, SET, cycle)
    return cycle


def _scheduled_period(request: HttpRequest, pk: int) -> Period:
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), periods=pk)
    require(who, SET, cycle)
    return next(period for period in periods_of(cycle) if period.pk == pk)


@require_POST
@signed_in
def set_usual(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Give the year those of the usual two periods that it lacks."""
    cycle = _scheduled_cycle(request, cycle_pk)
    made = attempt(request, set_periods, cycle, by=acting(request))
    if made:
        names = join_names([f"“{period.name}”" for period in made], _("và"))
        sentence = _("Đã đặt %(names)s với các ngày thường gặp. Hãy sửa theo quy chế của mình.")
        messages.success(request, sentence % {"names": names})
    return redirect("reporting:periods", cycle_pk)


@signed_in
def new(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Add a period."""
    cycle = _scheduled_cycle(request, cycle_pk)
    form = bind(PeriodForm, request)
    if form.is_valid():
        period = perform(form, write_period, cycle, form.facts(), by=acting(request))
        if period:
            _say_written(request, period)
            return redirect("reporting:periods", cycle_pk)
    return _period_page(request, form, cycle, None)


@signed_in
def edit(request: HttpRequest, period_pk: int) -> HttpResponse:
    """Write a period anew; the page also offers to take it out."""
    period = _scheduled_period(request, period_pk)
    told = {name: getattr(period, name) for name in PeriodForm.base_fields}
    form = bind(PeriodForm, request, initial=told)
    if form.is_valid():
        cycle, facts = period.cycle, form.facts()
        written = perform(form, write_period, cycle, facts, by=acting(request), period=period)
        if written:
            _say_written(request, written)
            return redirect("reporting:periods", period.cycle_id)
    return _period_page(request, form, period.cycle, period)


def _say_written(request: HttpRequest, period: Period) -> None:
    sentence = _("Đã ghi kỳ “%(name)s”: %(days)s.")
    messages.success(request, sentence % {"name": period.name, "days": days_of(period)})


def _period_page(
    request: HttpRequest, form: PeriodForm, cycle: Cycle, period: Period | None
) -> HttpResponse:
    told = {
        "form": form,
        "cycle": cycle,
        "period": period,
        "illustration": cycle.is_illustration,
    }
    return render(request, "reporting/period.html", told, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def remove(request: HttpRequest, period_pk: int) -> HttpResponse:
    """Take a period out of the year."""
    period = _scheduled_period(request, period_pk)
    name = period.name
    attempt(request, _removed, request, period, name)
    return redirect("reporting:periods", period.cycle_id)


def _removed(request: HttpRequest, period: Period, name: str) -> None:
    remove_period(period, by=acting(request))
    messages.success(request, _("Đã bỏ kỳ “%(name)s”.") % {"name": name})
