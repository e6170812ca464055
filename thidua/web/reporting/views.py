"""The reports of a year: what one's own unit owes, and how far each member is."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.accounts.acting import Acting
from thidua.cycles.models import Enrolment
from thidua.reporting.models import Period, Report
from thidua.reporting.standings import Cell as Standing
from thidua.reporting.standings import ReportStanding, periods_of, standing_board
from thidua.reporting.standings import Row as StandingRow
from thidua.web.access import acting, signed_in
from thidua.web.cycles.cell import Cell
from thidua.web.reporting.cells import report_cell
from thidua.web.reporting.doors import followed_cycle, why_over
from thidua.web.reporting.wording import Window, is_reviewing, window

TO_DO = (
    ReportStanding.NONE,
    ReportStanding.DRAFT,
    ReportStanding.MISSING,
    ReportStanding.RETURNED,
)


@dataclass(frozen=True)
class Own:
    """One period for the unit itself: how its report stands, and the one button."""

    period: Period
    window: Window
    cell: Cell
    url: str
    label: str
    is_post: bool
    is_due: bool  # the unit is to do something about it now


@dataclass(frozen=True)
class Row:
    """One member in the board, with a cell for each period."""

    enrolment: Enrolment
    pairs: list[tuple[str, Cell]]


@dataclass(frozen=True)
class Tally:
    """How many reports of a period are in, and whose are not."""

    period: Period
    window: Window
    sent: int
    late: int
    total: int
    missing: list[Enrolment]


@signed_in
@require_GET
def of_cycle(request: HttpRequest, cycle_pk: int) -> HttpResponse:
    """Show what one's own unit reports by when, and how far the members are."""
    cycle, who = followed_cycle(request, cycle_pk), acting(request)
    periods, found = periods_of(cycle), standing_board(cycle)
    mine = next((row for row in found if who.is_for(row.enrolment.organization_id)), None)
    own = list(_own_lines(mine, who)) if mine else []
    told = {
        "cycle": cycle,
        "illustration": cycle.is_illustration,
        "periods": periods,
        "mine": mine.enrolment if mine else None,
        "own": own,
        "first_due": next((line for line in own if line.is_due), None),
        "rows": [_row(row, who) for row in found],
        "tallies": [_tally(period, n, found) for n, period in enumerate(periods)],
        "to_read": list(_to_read(found, who)),
        "may_set": who.has_perm("reporting.set_period", cycle) and not cycle.is_over,
    }
    return render(request, "reporting/of_cycle.html", told)


def _own_lines(row: StandingRow, who: Acting) -> Iterator[Own]:
    over = why_over(row.enrolment)
    for found in row.cells:
        how = window(found.period)
        cell = report_cell(found, row.enrolment, who)
        url, label, is_post = _step(found, row.enrolment, how, over)
        is_due = bool(label) and how.accepts and found.standing in TO_DO
        yield Own(found.period, how, cell, url, label, is_post, is_due)


def _step(found: Standing, enrolment: Enrolment, how: Window, over: str) -> tuple[str, str, bool]:
    """Return where the unit goes on with a report, with what words, and whether that is a POST."""
    report, period = found.report, found.period
    if report is None:
        is_offered = not over and how.standing != Period.Standing.CLOSED
        is_owed = found.standing != ReportStanding.NOT_DUE
        url = reverse("reporting:begin", args=[enrolment.pk, period.pk])
        return (url, _("Bắt đầu soạn"), True) if is_offered and is_owed else ("", "", False)
    if report.state == Report.State.DRAFT:
        label = _("Xem bản nháp") if over else _("Soạn tiếp")
        return reverse("reporting:edit", args=[report.pk]), label, False
    if report.state == Report.State.RETURNED and not over:
        return reverse("reporting:edit", args=[report.pk]), _("Xem chỗ cần sửa"), False
    return reverse("reporting:show", args=[report.pk]), _("Xem báo cáo"), False


def _row(row: StandingRow, who: Acting) -> Row:
    pairs = [(str(c.period), report_cell(c, row.enrolment, who)) for c in row.cells]
    return Row(row.enrolment, pairs)


def _tally(period: Period, number: int, rows: list[StandingRow]) -> Tally:
    owed = [
        (row.enrolment, row.cells[number])
        for row in rows
        if row.cells[number].standing != ReportStanding.NOT_DUE
    ]
    sent = [cell for _enrolment, cell in owed if cell.report and cell.report.is_shared]
    return Tally(
        period,
        window(period),
        sent=len(sent),
        late=sum(cell.is_late for cell in sent),
        total=len(owed),
        missing=[e for e, cell in owed if cell.standing == ReportStanding.MISSING],
    )


def _to_read(rows: list[StandingRow], who: Acting) -> Iterator[tuple[Enrolment, Report]]:
    for row in rows:
        if is_reviewing(who, row.enrolment):
            for cell in row.cells:
                if cell.report and cell.report.state == Report.State.SENT:
                    yield row.enrolment, cell.report
