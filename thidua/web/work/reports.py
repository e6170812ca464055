"""Reports on the desk: what a member owes for each period, and what lies before its reviewer."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core.text import day_text
from thidua.cycles.models import Enrolment
from thidua.reporting.models import Period, Report
from thidua.reporting.standings import owes
from thidua.web.reporting.wording import is_reviewing, report_named
from thidua.web.work.desk import Year
from thidua.web.work.task import Task

State, Standing = Report.State, Period.Standing


def own_reports(acting: Acting, year: Year, mine: Enrolment) -> Iterator[Task]:
    """Yield the reports that the unit is to write, to send, or to look at again."""
    begun = {r.period_id: r for r in year.reports if r.enrolment_id == mine.pk}
    for period in year.periods:
        report = begun.get(period.pk)
        standing = period.standing()
        if (report is not None and not report.is_editable) or standing == Standing.UPCOMING:
            continue
        if report is None and not owes(mine, period):
            continue
        if standing == Standing.CLOSED:
            yield _closed(acting, year, period)
        elif report is None:
            yield _to_begin(year, period, mine)
        else:
            yield _to_send(acting, year, report)


def _to_begin(year: Year, period: Period, mine: Enrolment) -> Task:
    return Task(
        title=_title(period),
        url=reverse("reporting:begin", args=[mine.pk, period.pk]),
        label=_("Bắt đầu soạn"),
        cycle=year.cycle,
        due=period.due_on,
        is_post=True,
    )


def _to_send(acting: Acting, year: Year, report: Report) -> Task:
    """Return the task of a report that is still the member's: to write and send, or to mend."""
    title, label, note = _title(report.period), _("Soạn tiếp"), ""
    if report.state == State.RETURNED:
        told = {"report": report_named(report.period.name), "count": len(report.remarks())}
        title = _("Xem lại %(report)s") % told
        label, note = _("Xem chỗ cần sửa"), _("%(count)d chỗ cần xem lại.") % told
    return Task(
        title=title,
        url=reverse("reporting:edit", args=[report.pk]),
        label=label,
        cycle=year.cycle,
        due=report.period.due_on,
        note=note if acting.may_send() else " ".join([note, _("Lãnh đạo đơn vị gửi.")]).strip(),
    )


def _closed(acting: Acting, year: Year, period: Period) -> Task:
    """Return that the report comes too late, and who can let it in."""
    may_open = acting.has_perm("reporting.set_period", year.cycle)
    told = {"leader": year.cycle.bloc.leader_noun}
    address = "reporting:periods" if may_open else "reporting:of_cycle"
    why = _("Kỳ báo cáo đã đóng. Muốn gửi, hãy nhờ %(leader)s mở lại.") % told
    return Task(
        title=_title(period),
        url=reverse(address, args=[year.cycle.pk]),
        label=_("Xem kỳ báo cáo"),
        cycle=year.cycle,
        due=period.due_on,
        note=_("Kỳ báo cáo đã đóng.") if may_open else "",
        why="" if may_open else why,
    )


def _title(period: Period) -> str:
    return _("Gửi %(report)s") % {"report": report_named(period.name)}


def reports_to_read(acting: Acting, year: Year) -> Iterator[Task]:
    """Yield the sent reports that the organisation worked for is to answer."""
    for report in year.reports:
        mine = is_reviewing(acting, report.enrolment)
        if report.state != State.SENT or report.enrolment.left_on is not None or not mine:
            continue
        unit = report.enrolment.organization.name
        told = {"report": report_named(report.period.name), "unit": unit}
        may_answer = acting.has_perm("reporting.answer_report", report)
        yield Task(
            title=_("Đọc %(report)s của %(unit)s") % told,
            url=reverse("reporting:show", args=[report.pk]),
            label=_("Đọc và trả lời") if may_answer else _("Xem báo cáo"),
            cycle=year.cycle,
            note=_("Hạn gửi của kỳ: %(day)s.") % {"day": day_text(report.period.due_on)},
            why="" if may_answer else _("Lãnh đạo đơn vị trả lời."),
        )
