"""How a member's report for a period reads in a cell of a board."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.accounts.acting import Acting
from thidua.cycles.models import Enrolment
from thidua.reporting.models import Period
from thidua.reporting.standings import Cell as Standing
from thidua.reporting.standings import ReportStanding
from thidua.web.cycles.cell import Cell

KINDS = {
    ReportStanding.NONE: "wait",
    ReportStanding.DRAFT: "wait",
    ReportStanding.ON_TIME: "wait",
    ReportStanding.LATE: "late",
    ReportStanding.RETURNED: "open",
    ReportStanding.ACCEPTED: "done",
    ReportStanding.MISSING: "late",
    ReportStanding.NOT_DUE: "quiet",
}
# Shorter than the standing's own words: a cell is narrow, and a note stands beside.
WORDS = {
    ReportStanding.ON_TIME: gettext_lazy("đã gửi"),
    ReportStanding.LATE: gettext_lazy("gửi muộn"),
    ReportStanding.MISSING: gettext_lazy("chưa gửi"),
}
IN_HAND = (ReportStanding.NONE, ReportStanding.DRAFT)
SENT = (ReportStanding.ON_TIME, ReportStanding.LATE)
OWED = (*IN_HAND, ReportStanding.RETURNED, ReportStanding.MISSING)


def report_cell(found: Standing, enrolment: Enrolment, who: Acting) -> Cell:
    """Return the cell; it opens what was sent, or for the unit itself its draft."""
    word, url = str(found.standing.label), _address(found, enrolment, who)
    if found.standing in IN_HAND and found.period.standing() == Period.Standing.UPCOMING:
        word = word if found.report else _("chưa tới kỳ")
        return Cell(word, "quiet", url)
    word = str(WORDS.get(found.standing, word))
    return Cell(word, KINDS[found.standing], url, _note(found), found.standing in OWED)


def _address(found: Standing, enrolment: Enrolment, who: Acting) -> str:
    if found.report and found.report.is_shared:
        return reverse("reporting:show", args=[found.report.pk])
    if found.report and who.is_for(enrolment.organization_id):
        return reverse("reporting:edit", args=[found.report.pk])
    return reverse("reporting:of_cycle", args=[enrolment.cycle_id])


def _note(found: Standing) -> str:
    if found.standing == ReportStanding.MISSING:
        return _("quá hạn")
    if found.standing in SENT:
        return _("chờ trả lời")
    was_sent = found.report is not None and found.report.is_shared
    return _("gửi muộn") if was_sent and found.is_late else ""
