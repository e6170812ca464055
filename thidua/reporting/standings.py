"""Who has reported for which period, on time or late: pure reads."""

from dataclasses import dataclass

from django.db.models import Prefetch, TextChoices
from django.utils.translation import gettext_lazy as _

from thidua.cycles.models import Cycle, Enrolment
from thidua.reporting.models import Period, Report, ReportSending


class ReportStanding(TextChoices):
    """Where a member stands with one report."""

    NONE = "none", _("chưa soạn")
    DRAFT = "draft", _("đang soạn")
    ON_TIME = "on_time", _("đã gửi đúng hạn")
    LATE = "late", _("đã gửi muộn")
    RETURNED = "returned", _("cần xem lại")
    ACCEPTED = "accepted", _("đã tiếp nhận")
    MISSING = "missing", _("quá hạn, chưa gửi")
    NOT_DUE = "not_due", _("không phải gửi")


ANSWERED: dict[str, ReportStanding] = {
    Report.State.RETURNED: ReportStanding.RETURNED,
    Report.State.ACCEPTED: ReportStanding.ACCEPTED,
}


@dataclass(frozen=True)
class Cell:
    """One member's report for one period. ``is_late``: it came, or is still missing, after the
    due day; that stays so when it is accepted."""

    period: Period
    report: Report | None
    standing: ReportStanding
    is_late: bool


@dataclass(frozen=True)
class Row:
    """One member with a cell for each period, in the periods' order."""

    enrolment: Enrolment
    cells: list[Cell]


def owes(enrolment: Enrolment, period: Period) -> bool:
    """Say whether the member owes this report: it took part on the due day."""
    has_left = enrolment.left_on is not None and enrolment.left_on < period.due_on
    return enrolment.joined_on <= period.due_on and not has_left


def cell_of(enrolment: Enrolment, period: Period, report: Report | None) -> Cell:
    """Return where the member stands with one period (reads the report's ``sendings``)."""
    if report is not None and report.is_shared:
        late = ReportStanding.LATE if report.is_late else ReportStanding.ON_TIME
        return Cell(period, report, ANSWERED.get(report.state, late), report.is_late)
    if not owes(enrolment, period):
        return Cell(period, report, ReportStanding.NOT_DUE, False)
    if period.is_past_due():
        return Cell(period, report, ReportStanding.MISSING, True)
    waiting = ReportStanding.NONE if report is None else ReportStanding.DRAFT
    return Cell(period, report, waiting, False)


def periods_of(cycle: Cycle) -> list[Period]:
    """Return the year's periods in the order of their due days: one query.

    They share ``cycle``, whose phases with acts decide too (prefetched by `cycles.with_parts`).
    """
    periods = list(Period.objects.filter(cycle=cycle))
    for period in periods:
        period.cycle = cycle
    return periods


def standing_board(cycle: Cycle) -> list[Row]:
    """Return every member with its reports: three queries beside the cycle's own parts.

    One that left is there only when it had sent something.
    """
    periods = periods_of(cycle)
    sendings = ReportSending.objects.defer("content")
    reports = {
        (report.enrolment_id, report.period_id): report
        for report in Report.objects.filter(enrolment__cycle=cycle).prefetch_related(
            Prefetch("sendings", sendings)
        )
    }
    rows = [
        Row(e, [cell_of(e, period, reports.get((e.pk, period.pk))) for period in periods])
        for e in cycle.enrolments.all()
    ]
    return [
        row
        for row in rows
        if row.enrolment.left_on is None or any(c.report and c.report.is_shared for c in row.cells)
    ]


def _cells(enrolment: Enrolment) -> list[Cell]:
    sendings = ReportSending.objects.defer("content")
    reports = {
        report.period_id: report
        for report in enrolment.reports.prefetch_related(Prefetch("sendings", sendings))
    }
    periods = periods_of(enrolment.cycle)
    return [cell_of(enrolment, period, reports.get(period.pk)) for period in periods]


def reports_late_count(enrolment: Enrolment) -> int:
    """Return how many of the year's reports came late, or are missing after their due day."""
    return sum(cell.is_late for cell in _cells(enrolment))


def reports_on_time(enrolment: Enrolment) -> bool | None:
    """Say whether each report that the member owes came in time.

    None while nothing has come and nothing is due yet.
    """
    settled = [c for c in _cells(enrolment) if c.is_late or (c.report and c.report.is_shared)]
    return not any(cell.is_late for cell in settled) if settled else None
