"""The doors of these pages: find what the person may see, ask what they may do."""

from typing import Any, TypeVar

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from thidua.cycles.models import Cycle, Enrolment
from thidua.cycles.queries import cycles_for
from thidua.reporting.models import Evidence, Report, ReportAnswer, ReportSending, Turnout
from thidua.reporting.queries import evidence_for, reports_for, target_to_measure
from thidua.targets.models import Target, TargetSet
from thidua.web.access import acting, require

Result = TypeVar("Result")


def followed_cycle(request: HttpRequest, pk: int) -> Cycle:
    """Return a year that the person follows; else answer 404 or 403."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), pk=pk)
    require(who, "cycles.follow_cycle", cycle)
    return cycle


def own_part(request: HttpRequest, enrolment_pk: int) -> Enrolment:
    """Return the part in a year of the organisation worked for, its year with all parts."""
    who = acting(request)
    cycle = get_object_or_404(cycles_for(who), enrolments=enrolment_pk)
    enrolment = next(e for e in cycle.enrolments.all() if e.pk == enrolment_pk)
    require(who, "reporting.report_enrolment", enrolment)
    return enrolment


def own_target(request: HttpRequest, pk: int) -> Target:
    """Return a target of the person's own unit; else answer 404."""
    target = target_to_measure(acting(request), pk)
    if target is None:
        raise Http404
    require(acting(request), "reporting.measure_target", target)
    return target


def lean(reports: QuerySet[Report], *others: str | Prefetch) -> QuerySet[Report]:
    """Carry what every page of one report reads, and ``others``; no more."""
    members = Enrolment.objects.select_related("organization")
    return reports.prefetch_related(None).prefetch_related(
        Prefetch("enrolment__cycle__enrolments", members), *others
    )


def with_history() -> list[Prefetch]:
    """Return what tells of a report's sendings and answers, with who did it."""
    return [
        Prefetch("sendings", ReportSending.objects.select_related("by__person")),
        Prefetch("answers", ReportAnswer.objects.select_related("by__person")),
    ]


def with_turnouts() -> Prefetch:
    """Return the numbers of people, with the movements they are about."""
    return Prefetch("turnouts", Turnout.objects.select_related("adoption__movement"))


def found_report(request: HttpRequest, pk: int, permission: str = "", *parts: Any) -> Report:
    """Return a report that the person may see and do this with; else answer 404 or 403."""
    who = acting(request)
    report = get_object_or_404(lean(reports_for(who), *parts), pk=pk)
    report.period.cycle = report.enrolment.cycle
    if permission:
        require(who, permission, report)
    return report


def own_evidence(request: HttpRequest, pk: int) -> Evidence:
    """Return evidence of the person's own unit; else answer 404 or 403."""
    who = acting(request)
    evidence = get_object_or_404(evidence_for(who), pk=pk)
    require(who, "reporting.keep_evidence", evidence)
    return evidence


def wants_json(request: HttpRequest) -> bool:
    """Say whether one of our scripts asks: it reads an answer, a person reads a page."""
    asked = request.get_preferred_type(["text/html", "application/json"])
    return asked == "application/json"


def why_over(enrolment: Enrolment) -> str:
    """Return why the member reports nothing any more in this year; empty while it does."""
    cycle = enrolment.cycle
    if cycle.is_over:
        told = {"year": cycle.year, "state": cycle.get_state_display()}
        return _("Năm thi đua %(year)d %(state)s nên không ghi thêm được nữa.") % told
    if enrolment.left_on is not None:
        return _("Đơn vị đã rời nên không ghi thêm được nữa.")
    return ""


def why_not_measured(target: Target) -> str:
    """Return why no result is written down for the target now; empty when it is."""
    if target.target_set.state == TargetSet.State.DRAFT:
        return _("Bản đăng ký chưa gửi nên chưa ghi kết quả được.")
    return why_over(target.target_set.enrolment)
