"""Sending a report and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thidua.core.errors import DomainError
from thidua.reporting.actions.answering import (
    refuse_unless_accepting,
    refuse_unsendable,
    send_report,
    take_back_report,
)
from thidua.reporting.models import Report, ReportSending
from thidua.reporting.queries import TargetLine, evidence_of, target_lines
from thidua.web.access import (
    acting,
    attempt,
    bind,
    perform,
    require,
    signed_in,
)
from thidua.web.reporting.doors import found_report, why_over, with_turnouts
from thidua.web.reporting.draft import unfinished
from thidua.web.reporting.forms import SendForm
from thidua.web.reporting.wording import reviewers_of, window
from thidua.web.targets.page import only_the_head

SEND = "reporting.send_report"


@signed_in
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what will be sent, what it lacks and who is told; a POST sends it."""
    report = found_report(request, pk, "reporting.prepare_report", with_turnouts())
    who = acting(request)
    if request.method == "POST":
        require(who, SEND, report)
    elif not report.is_editable:
        return redirect("reporting:show", pk)
    form = bind(SendForm, request, initial={"revision": report.revision})
    if form.is_valid():
        sent = perform(form, send_report, report, by=who, **form.cleaned_data)
        if sent:
            messages.success(request, _arrived(sent, report))
            return redirect("reporting:show", pk)
    return _send_page(request, report, form)


def _arrived(sent: ReportSending, report: Report) -> str:
    names = reviewers_of(report.enrolment.cycle, report.enrolment)
    told = _("Đã gửi, %(names)s đã được báo. Chưa ai trả lời thì còn rút lại được.")
    late = _("Báo cáo được ghi là gửi muộn.") if sent.is_late else ""
    return f"{told % {'names': names}} {late}".strip()


def _send_page(request: HttpRequest, report: Report, form: SendForm) -> HttpResponse:
    """Show the draft as it now stands; whoever sends again has then seen that."""
    if form.is_bound:
        form.data = {"revision": str(report.revision)}
    cycle, enrolment = report.enrolment.cycle, report.enrolment
    lines = target_lines(enrolment)
    told = {
        "report": report,
        "form": form,
        "cycle": cycle,
        "enrolment": enrolment,
        "illustration": cycle.is_illustration or report.is_illustration,
        "window": window(report.period),
        "reviewers": reviewers_of(cycle, enrolment),
        "lines": lines,
        "measured": sum(line.result.measurement is not None for line in lines),
        "written": sum(bool(text.strip()) for text in report.texts().values()),
        "turnouts": report.turnouts.all(),
        "whole": evidence_of(report),
        "lacking": [line for line in lines if line.lacks_proof],
        "unfinished": unfinished(report, lines),
        "off": _why_not(request, report, lines),
    }
    return render(request, "reporting/send.html", told, status=422 if form.is_bound else 200)


def _why_not(request: HttpRequest, report: Report, lines: list[TargetLine]) -> str:
    """Return why the report cannot be sent now by whoever looks at it; empty when it can."""
    if over := why_over(report.enrolment):
        return over
    try:
        refuse_unless_accepting(report.period)
        refuse_unsendable(report, lines)
    except DomainError as refusal:
        return refusal.sentence
    may_send = acting(request).has_perm(SEND, report)
    return "" if may_send else only_the_head(report.enrolment)


@require_POST
@signed_in
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was just sent."""
    report = found_report(request, pk, SEND)
    attempt(request, _taken_back, request, report)
    return redirect("reporting:show", pk)


def _taken_back(request: HttpRequest, report: Report) -> None:
    take_back_report(report, by=acting(request))
    messages.success(request, _("Đã rút lại báo cáo. Sửa xong thì gửi lại."))
