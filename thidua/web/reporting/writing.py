"""Writing a report: begun, and saved as often as one likes, also while one types."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.reporting.actions.reports import begin_report, save_draft
from thidua.reporting.models import Period, Report
from thidua.reporting.queries import turnouts_to_fill
from thidua.reporting.results import measured_targets, result_of
from thidua.web.access import acting, bind, perform, signed_in
from thidua.web.reporting.doors import (
    found_report,
    own_part,
    wants_json,
    with_history,
    with_turnouts,
)
from thidua.web.reporting.draft import draft_page, hints_by_section, saved_at
from thidua.web.reporting.forms import ReportForm


@require_POST
@signed_in
def begin(request: HttpRequest, enrolment_pk: int, period_pk: int) -> HttpResponse:
    """Begin the unit's report for a period, or go to the one that was begun."""
    enrolment = own_part(request, enrolment_pk)
    period = get_object_or_404(Period, cycle=enrolment.cycle, pk=period_pk)
    report = begin_report(enrolment, period, by=acting(request))
    return redirect("reporting:edit", report.pk)


@signed_in
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the draft; a POST saves it, and asked for JSON (while typing) answers in that."""
    report = found_report(request, pk, "reporting.prepare_report", with_turnouts(), *with_history())
    if request.method == "GET" and not report.is_editable:
        return redirect("reporting:show", pk)
    adoptions = turnouts_to_fill(report)
    form = bind(ReportForm, request, adoptions=adoptions, initial=_initial(report))
    saved = _saved(request, form, report) if request.method == "POST" else None
    if request.method == "POST" and wants_json(request):
        return _told(form, saved, report)
    if saved and form.is_valid():
        return _after(request, saved)
    if saved:
        form.goes_on_from(saved.revision)
    context = draft_page(request, report, form)
    return render(request, "reporting/edit.html", context, status=422 if form.is_bound else 200)


def _initial(report: Report) -> dict[str, Any]:
    told: dict[str, Any] = {**report.texts(), "revision": report.revision}
    for turnout in report.turnouts.all():
        told[f"turnout_{turnout.adoption_id}"] = turnout.people
        told[f"note_{turnout.adoption_id}"] = turnout.note
    return told


def _saved(request: HttpRequest, form: ReportForm, report: Report) -> Report | None:
    """Save what is right in the form, even where something else in it is wrong."""
    form.is_valid()
    if form.has_error("revision"):
        return None
    facts = (form.texts(), form.turnouts())
    revision = form.cleaned_data["revision"]
    return perform(form, save_draft, report, *facts, by=acting(request), revision=revision)


def _after(request: HttpRequest, saved: Report) -> HttpResponse:
    if "and_send" in request.POST:
        return redirect("reporting:send", saved.pk)
    messages.success(request, saved_at(saved))
    return redirect("reporting:edit", saved.pk)


def _told(form: ReportForm, saved: Report | None, report: Report) -> JsonResponse:
    """Tell the page that saves while one types: when, which draft it now is, what looks strange.

    409: nothing is saved and nothing will be, so the page stops; it is told what is kept instead.
    422: nothing is saved until the wrong field is mended.
    """
    wrong = [
        _named(form, name, str(error)) for name, found in form.errors.items() for error in found
    ]
    if saved is None:
        kept = Report.objects.get(pk=report.pk)
        told = {"told": " ".join(wrong), "kept": kept.texts(), "revision": kept.revision}
        return JsonResponse(told, status=409 if form.non_field_errors() else 422)
    results = {
        target.name: result_of(target, target.measurements.all())
        for target in measured_targets(report.enrolment)
    }
    return JsonResponse(
        {
            "told": " ".join([saved_at(saved), *wrong]),
            "is_whole": not wrong,
            "revision": saved.revision,
            "hints": hints_by_section(saved.texts(), results),
        }
    )


def _named(form: ReportForm, name: str, error: str) -> str:
    """Return an error with the words of what it is about."""
    movement = form.movement_of(name)
    if not movement:
        return error
    return _("Chưa lưu “%(movement)s”: %(error)s") % {"movement": movement, "error": error}
