"""Answering a sent report: accept it, or return it for one or more places."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from thidua.core.numbers import format_number
from thidua.reporting.actions.answering import accept_report, return_report
from thidua.reporting.models import Report
from thidua.reporting.papers import places_of
from thidua.reporting.queries import evidence_of, target_lines
from thidua.web.access import (
    acting,
    attempt,
    bind,
    perform,
    signed_in,
)
from thidua.web.reporting.doors import found_report, with_history, with_turnouts
from thidua.web.reporting.forms import ReturnForm, SeenForm

ANSWER = "reporting.answer_report"


@require_POST
@signed_in
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the sending that the reviewer read."""
    report = found_report(request, pk, ANSWER)
    form = bind(SeenForm, request)
    if form.is_valid():
        attempt(request, _accepted, request, report, form.cleaned_data["seen"])
    return redirect("reporting:show", pk)


def _accepted(request: HttpRequest, report: Report, seen: int) -> None:
    accept_report(report, by=acting(request), seen=seen)
    told = {"unit": report.enrolment.organization.name}
    messages.success(request, _("Đã tiếp nhận báo cáo. %(unit)s đã được báo.") % told)


@dataclass(frozen=True)
class PlaceRow:
    """One place of the report: its name, what was sent there, the field for a reason."""

    group: str
    name: str
    sent: str
    field: BoundField


@signed_in
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the report for the places that were given a reason."""
    report = found_report(request, pk, ANSWER, with_turnouts(), *with_history())
    sending = report.last_sending()
    if request.method == "GET" and (report.state != Report.State.SENT or sending is None):
        return redirect("reporting:show", pk)
    lines = target_lines(report.enrolment)
    places = places_of(report, lines, evidence_of(report))
    seen = sending.pk if sending else 0
    form = bind(ReturnForm, request, places=places, initial={"seen": seen})
    if form.is_valid():
        remarks = form.remarks()
        seen = form.cleaned_data["seen"]
        if perform(form, return_report, report, remarks, by=acting(request), seen=seen):
            messages.success(request, _returned(report, len(remarks)))
            return redirect("reporting:show", pk)
    content = sending.content if sending else {}
    told = {
        "report": report,
        "form": form,
        "rows": _rows(form, places, content),
        "cycle": report.enrolment.cycle,
        "enrolment": report.enrolment,
        "illustration": report.enrolment.cycle.is_illustration or report.is_illustration,
    }
    return render(request, "reporting/return.html", told, status=422 if form.is_bound else 200)


def _returned(report: Report, count: int) -> str:
    told = {"unit": report.enrolment.organization.name, "count": count}
    sentence = ngettext(
        "Đã trả lại %(count)d chỗ để xem lại. %(unit)s đã được báo.",
        "Đã trả lại %(count)d chỗ để xem lại. %(unit)s đã được báo.",
        count,
    )
    return sentence % told


def _rows(form: ReturnForm, places: dict[str, str], content: dict[str, Any]) -> list[PlaceRow]:
    sent = _what_was_sent(content)
    return [
        PlaceRow(_group(place), places[place], sent.get(place, ""), form[name])
        for name, place in form.places.items()
    ]


def _group(place: str) -> str:
    kind = place.partition(":")[0]
    groups = {
        "target": _("Kết quả chỉ tiêu"),
        "turnout": _("Số người tham gia phong trào"),
        "evidence": _("Minh chứng"),
    }
    return groups.get(kind, _("Lời văn"))


def _what_was_sent(content: dict[str, Any]) -> dict[str, str]:
    """Return by place what the frozen report says there."""
    told = dict(content.get("texts", {}))
    for line in content.get("targets", []):
        number = f"{line['value']} {line['unit']}".strip()
        facts = {"promise": line["promise"], "number": number, "words": line["words"]}
        told[f"target:{line['id']}"] = _("%(promise)s → %(number)s (%(words)s)") % facts
    for turnout in content.get("turnouts", []):
        told[f"turnout:{turnout['id']}"] = _("%(count)s người") % {
            "count": format_number(turnout["people"])
        }
    return told
