"""A report as it was sent: the frozen text, what was answered, what whoever reads may do."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.accounts.acting import Acting
from thidua.reporting.models import Report, ReportSending
from thidua.reporting.queries import evidence_for
from thidua.web.access import acting, signed_in
from thidua.web.reporting.doors import found_report, why_over, with_history
from thidua.web.reporting.paper import Paper, paper_of
from thidua.web.reporting.pieces import pieces_of
from thidua.web.reporting.wording import is_reviewing, reviewers_of, state_tag, window
from thidua.web.trail import trail_lines

State = Report.State


@signed_in
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the report as it was last sent, and where it stands."""
    report, who = found_report(request, pk, "", *with_history()), acting(request)
    sending = report.last_sending()
    if sending is None or not report.is_shared:
        return redirect("reporting:edit", pk)
    told = {
        "report": report,
        "sending": sending,
        "paper": _paper(sending, who),
        "cycle": report.enrolment.cycle,
        "enrolment": report.enrolment,
        "illustration": report.enrolment.cycle.is_illustration or report.is_illustration,
        "tag": state_tag(report),
        "reviewers": reviewers_of(report.enrolment.cycle, report.enrolment),
        "remarks": report.remarks(),
        "sendings": _sendings(report, who),
        "entries": trail_lines(report, everything=True),
        **_powers(report, who),
    }
    return render(request, "reporting/show.html", told)


def _paper(sending: ReportSending, who: Acting) -> Paper:
    """Return the frozen text with those pieces of its evidence that ``who`` may see."""
    ids = [piece["id"] for piece in sending.content.get("evidence", [])]
    seen = evidence_for(who).filter(pk__in=ids).prefetch_related(None)
    return paper_of(sending, {piece.evidence.pk: piece for piece in pieces_of(seen, who)})


def _sendings(report: Report, who: Acting) -> list[ReportSending]:
    """Return the sendings that ``who`` may know of: others not what was taken back."""
    if who.is_for(report.enrolment.organization_id):
        return list(report.sendings.all())
    return list(reversed(report.rounds))


def _powers(report: Report, who: Acting) -> dict[str, Any]:
    """Return what ``who`` may do with the report now, and why a button is off."""
    if why_over(report.enrolment):
        return {}
    is_sent = report.state == State.SENT
    is_own = who.is_for(report.enrolment.organization_id)
    may_answer = is_sent and who.has_perm("reporting.answer_report", report)
    may_send = is_own and who.has_perm("reporting.send_report", report)
    return {
        "is_own": is_own,
        "window": window(report.period) if is_own else None,
        "may_mend": is_own and report.state == State.RETURNED,
        "may_take_back": may_send and is_sent and report.period.accepts,
        "may_answer": may_answer,
        "answer_off": is_sent and not may_answer and is_reviewing(who, report.enrolment),
    }


@signed_in
@require_GET
def sending(request: HttpRequest, pk: int, sending_pk: int) -> HttpResponse:
    """Show exactly what was sent one time."""
    report, who = found_report(request, pk, "", *with_history()), acting(request)
    seen = {s.pk: s for s in _sendings(report, who) if not s.takes_back}
    if sending_pk not in seen:
        raise Http404
    told = {
        "report": report,
        "sending": seen[sending_pk],
        "paper": _paper(seen[sending_pk], who),
        "cycle": report.enrolment.cycle,
        "enrolment": report.enrolment,
        "illustration": report.enrolment.cycle.is_illustration or report.is_illustration,
        "is_newest": seen[sending_pk] == report.last_sending(),
        "title": _("Lần gửi báo cáo"),
    }
    return render(request, "reporting/sending.html", told)
