"""Sentences of the report pages: how a period and a report stand, until when, who reads."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.core.numbers import format_number
from thidua.core.text import day_text, fold, join_names
from thidua.cycles.models import Cycle, Enrolment
from thidua.reporting.models import Period, Report
from thidua.web.cycles.steps import short

Standing = Period.Standing
TAGS = {
    Standing.UPCOMING: "quiet",
    Standing.OPEN: "open",
    Standing.LATE: "late",
    Standing.CLOSED: "quiet",
}


@dataclass(frozen=True)
class Window:
    """How a period stands now: a word with its tag, a sentence, and whether it takes reports."""

    standing: str
    word: str
    tag: str
    sentence: str

    @property
    def accepts(self) -> bool:
        """Whether a report may be sent now, on time or late."""
        return self.standing in (Standing.OPEN, Standing.LATE)


def report_named(period_name: str) -> str:
    """Return "báo cáo sơ kết 6 tháng"; a period that is called a report already is not again."""
    if period_name[1:2].islower():  # not a word of capitals
        period_name = period_name[:1].lower() + period_name[1:]
    if fold(period_name).startswith("bao cao"):
        return period_name
    return _("báo cáo %(period)s") % {"period": period_name}


def window(period: Period) -> Window:
    """Return how the period stands now, in words."""
    standing = Standing(period.standing())
    word = _("đang nhận") if standing == Standing.OPEN else str(standing.label)
    return Window(standing, word, TAGS[standing], _sentence(period, standing))


def _sentence(period: Period, standing: str) -> str:
    told = {"opens": day_text(period.opens_on), "due": day_text(period.due_on)}
    if standing == Standing.UPCOMING:
        return _("Nhận từ ngày %(opens)s, hạn trước 24 giờ ngày %(due)s.") % told
    if standing == Standing.CLOSED:
        return _("Kỳ đã đóng, không nhận thêm.")
    if standing == Standing.LATE:
        return _("Đã quá hạn %(due)s: gửi lúc này vẫn được nhận nhưng ghi là muộn.") % told
    left = (period.due_on - clock.today()).days
    if not left:
        return _("Hạn gửi: trước 24 giờ hôm nay, ngày %(due)s.") % told
    sentence = ngettext(
        "Hạn gửi: trước 24 giờ ngày %(due)s, còn %(left)d ngày.",
        "Hạn gửi: trước 24 giờ ngày %(due)s, còn %(left)d ngày.",
        left,
    )
    return sentence % {**told, "left": left}


def days_of(period: Period) -> str:
    """Return the days of a period: "từ 15/6, hạn 15/7, đóng sau 31/7"."""
    year = period.cycle.year
    told = [
        _("từ %(day)s") % {"day": short(period.opens_on, year)},
        _("hạn %(day)s") % {"day": short(period.due_on, year)},
    ]
    if period.closes_on:
        told.append(_("đóng sau %(day)s") % {"day": short(period.closes_on, year)})
    return ", ".join(told)


def reviewers_of(cycle: Cycle, enrolment: Enrolment) -> str:
    """Return the names of who reads and answers this member's reports."""
    names = [e.organization.name for e in cycle.reviewers_of(enrolment)]
    return join_names(names or [cycle.bloc.managing_body.name], _("và"))


def is_reviewing(who: Acting, enrolment: Enrolment) -> bool:
    """Say whether the organisation worked for answers this member (its head, or an officer)."""
    cycle = enrolment.cycle
    reviewers = {e.organization_id for e in cycle.reviewers_of(enrolment)}
    if not reviewers:
        return who.is_for(cycle.bloc.managing_body_id, "board")
    return bool(who.appointments) and who.organization_id in reviewers


def state_tag(report: Report) -> str:
    """Return the kind of tag of the report's state."""
    kinds = {
        Report.State.DRAFT: "quiet",
        Report.State.SENT: "wait",
        Report.State.RETURNED: "open",
        Report.State.ACCEPTED: "done",
    }
    return kinds[Report.State(report.state)]


def weight(size: int) -> str:
    """Return how heavy a file is: "1,2 MB", "340 KB", "87 byte"."""
    if size < 1000:
        return _("%(size)d byte") % {"size": size}
    if size < 1_000_000:
        return _("%(size)s KB") % {"size": format_number(round(size / 1000))}
    megabytes = (Decimal(size) / 1_000_000).quantize(Decimal("0.1"))
    return _("%(size)s MB") % {"size": format_number(megabytes)}
