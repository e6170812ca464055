"""Results of one's own targets: the list, and one target with its history and evidence."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.core import clock
from thidua.reporting.actions.measuring import measure
from thidua.reporting.errors import NeedsConfirmation
from thidua.reporting.models import Measurement, Report, ReportAnswer, ReportSending
from thidua.reporting.queries import TargetLine, target_lines
from thidua.reporting.results import result_of
from thidua.targets.models import Target
from thidua.web.access import acting, bind, perform, signed_in
from thidua.web.reporting.doors import own_part, own_target, why_not_measured, why_over
from thidua.web.reporting.evidence_form import EvidenceForm
from thidua.web.reporting.forms import MeasureForm
from thidua.web.reporting.pieces import Piece, proving


@signed_in
@require_GET
def results(request: HttpRequest, enrolment_pk: int) -> HttpResponse:
    """Show every target of the unit with its promise, its newest result and its evidence."""
    enrolment = own_part(request, enrolment_pk)
    lines = target_lines(enrolment)
    told = {
        "enrolment": enrolment,
        "cycle": enrolment.cycle,
        "illustration": enrolment.cycle.is_illustration,
        "lines": lines,
        "measured": sum(line.result.measurement is not None for line in lines),
        "lacking": sum(line.lacks_proof for line in lines),
        "over": why_over(enrolment),
    }
    return render(request, "reporting/results.html", told)


@signed_in
def target(request: HttpRequest, target_pk: int) -> HttpResponse:
    """Show one target with its history and evidence; a POST writes a result down."""
    found = own_target(request, target_pk)
    form = bind(
        MeasureForm,
        request,
        direction=found.direction,
        initial={"measured_on": clock.today()},
    )
    if form.is_valid():
        made = perform(form, _measured, found, form, request)
        if made:
            messages.success(request, _written(own_target(request, target_pk), made))
            return redirect("reporting:target", target_pk)
    return render(
        request,
        "reporting/target.html",
        _target_facts(request, found, form),
        status=422 if form.is_bound else 200,
    )


def _measured(found: Target, form: MeasureForm, request: HttpRequest) -> Measurement | None:
    """Measure, or put the action's question into the form: then nothing is written yet."""
    who, confirmed = acting(request), form.is_confirmed
    try:
        return measure(found, form.facts(), by=who, confirmed=confirmed)
    except NeedsConfirmation as question:
        form.ask(question.sentence)
        return None


def _written(found: Target, made: Measurement) -> str:
    """Say what was understood, and what it comes to."""
    told = {"value": f"{made} {found.unit}".strip()}
    told["words"] = result_of(found, found.measurements.all()).words
    return _("Đã ghi: %(value)s. Chỉ tiêu lúc này: %(words)s.") % told


def _target_facts(request: HttpRequest, found: Target, form: MeasureForm) -> dict[str, Any]:
    enrolment = found.target_set.enrolment
    evidence = list(proving(found))
    line = TargetLine(found, result_of(found, found.measurements.all()), evidence)
    why_not, remarks = why_not_measured(found), remarks_on(enrolment.pk)
    add_url = reverse("reporting:prove_target", args=[found.pk])
    add_form = bind(EvidenceForm, request, at=add_url, enrolment=enrolment, thing=found)
    return {
        "form": form,
        "line": line,
        "target": found,
        "enrolment": enrolment,
        "cycle": enrolment.cycle,
        "illustration": enrolment.cycle.is_illustration,
        "why_not": why_not,
        "remarks": [r for r in remarks if r.place == f"target:{found.pk}"],
        "pieces": [Piece(e, remark=_reason_for(e.pk, remarks)) for e in evidence],
        "unprove": "reporting:unprove_target",
        "add_url": add_url,
        "add_form": None if why_not else add_form,
    }


def remarks_on(enrolment_id: int) -> list[ReportAnswer]:
    """Return what the unit is asked to look at again in its returned reports of the year."""
    sendings = Prefetch("sendings", ReportSending.objects.defer("content"))
    returned = Report.objects.filter(enrolment=enrolment_id, state=Report.State.RETURNED)
    found = returned.select_related("period").prefetch_related(sendings, "answers__report__period")
    return [remark for report in found for remark in report.remarks()]


def _reason_for(pk: int, remarks: list[ReportAnswer]) -> str:
    return "; ".join(r.reason for r in remarks if r.place == f"evidence:{pk}")
