"""Between the member and its reviewer: send a report, take it back, return it, accept it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.digest import digest_data
from thidua.core.errors import AlreadyDone, Invalid, OutOfTime, WrongState, race_lost
from thidua.core.locks import lock
from thidua.core.text import day_text, one_line
from thidua.core.workflow import move, require_state
from thidua.cycles.actions.years import lock_year
from thidua.cycles.models import Enrolment
from thidua.notifications.actions import notify
from thidua.reporting.actions.evidence import share, unshare
from thidua.reporting.actions.reports import note
from thidua.reporting.models import Period, Report, ReportAnswer, ReportSending
from thidua.reporting.papers import places_of, report_content
from thidua.reporting.queries import TargetLine, evidence_of, for_a_deed, target_lines

State = Report.State


@dataclass(frozen=True)
class Remark:
    """One place of a report that is to be looked at again, and why: see `papers.places_of`."""

    place: str
    reason: str


def running(report: Report) -> Report:
    """Return the report with its parts, its year and its row locked until the deed ends.

    Refused when the year is over or the member has left.
    """
    lock_year(report.enrolment.cycle)
    mine = Report.objects.filter(pk=report.pk)
    lock(mine)
    fresh = for_a_deed(mine).get()
    if fresh.enrolment.left_on is not None:
        raise WrongState(_("Đơn vị đã rời nên không báo cáo nữa."))
    return fresh


def _reviewing(enrolment: Enrolment) -> list[int]:
    reviewers = enrolment.cycle.reviewers_of(enrolment)
    return [r.organization_id for r in reviewers] or [enrolment.cycle.bloc.managing_body_id]


def refuse_unless_accepting(period: Period) -> None:
    """Refuse with `OutOfTime` when the period is not open yet, or is closed."""
    standing = period.standing()
    if standing == Period.Standing.UPCOMING:
        sentence = _("Kỳ “%(period)s” nhận báo cáo từ ngày %(day)s.")
        day = day_text(period.opens_on)
        raise OutOfTime(sentence % {"period": period.name, "day": day})
    if standing == Period.Standing.CLOSED:
        sentence = _("Kỳ “%(period)s” đã đóng, không nhận thêm.")
        raise OutOfTime(sentence % {"period": period.name})


def refuse_unsendable(report: Report, lines: list[TargetLine]) -> None:
    """Refuse a report that says nothing, or that claims without evidence or explanation."""
    has_words = any(text.strip() for text in report.texts().values())
    if not has_words and not any(line.result.measurement for line in lines):
        raise Invalid(_("Báo cáo còn trống: cần có lời văn hoặc kết quả chỉ tiêu."))
    lacking = [line.target.name for line in lines if line.lacks_proof]
    if lacking:
        sentence = _("Cần minh chứng hoặc giải trình cho chỉ tiêu ghi là đạt: %(targets)s.")
        raise Invalid(sentence % {"targets": "; ".join(lacking)})


@deed()
def send_report(report: Report, *, by: Acting, revision: int | None = None) -> ReportSending:
    """Send the report to its reviewer, with exactly what it says now kept beside a digest.

    After the due day it is accepted and marked late; once the period is closed it is refused.
    ``revision`` is the draft that the sender saw; if another was saved since, it is refused.
    """
    report = running(report)
    if not report.is_editable:
        raise AlreadyDone(_("Báo cáo đã được gửi rồi."))
    refuse_unless_accepting(report.period)
    if revision not in (None, report.revision):
        raise race_lost()
    with override("vi"):  # what is kept is Vietnamese, whatever the sender reads
        lines, whole = target_lines(report.enrolment), evidence_of(report)
    refuse_unsendable(report, lines)
    content = report_content(report, lines, whole)
    sending = report.sendings.create(
        is_late=report.period.standing() == Period.Standing.LATE,
        content=content,
        digest=digest_data(content),
        organization_name=by.organization_name,
        by=by.user,
        at=clock.now(),
    )
    move(report, State.SENT)
    pieces = {piece.pk: piece for line in lines for piece in line.evidence}
    share([*pieces.values(), *whole], through=sending)
    note("report.sent", report, by, digest=sending.digest, late=int(sending.is_late))
    sentence = gettext_noop("%(unit)s đã gửi báo cáo “%(period)s” năm %(year)d, chờ trả lời.")
    unit = report.enrolment.organization.name
    _tell(_reviewing(report.enrolment), sentence, report, unit=unit)
    return sending


def _tell(organizations: list[int], sentence: str, report: Report, **facts: str | int) -> None:
    period, year = report.period.name, report.period.cycle.year
    notify(organizations, sentence, about=report, period=period, year=year, **facts)


@deed()
def take_back_report(report: Report, *, by: Acting) -> Report:
    """Take back what was just sent, until the reviewer has acted on it.

    It stands again where it stood before: a draft, or returned. Not once the period is closed,
    since it could not be sent again.
    """
    report = running(report)
    if report.state in (State.RETURNED, State.ACCEPTED):
        raise WrongState(_("Đã có trả lời cho báo cáo nên không rút lại được nữa."))
    require_state(report, State.SENT)
    refuse_unless_accepting(report.period)
    rounds = report.rounds
    unshare(through=rounds[-1])
    report.sendings.create(
        takes_back=True, organization_name=by.organization_name, by=by.user, at=clock.now()
    )
    move(report, State.RETURNED if len(rounds) > 1 else State.DRAFT)
    note("report.taken_back", report, by)
    return report


def _sent_and_seen(report: Report, seen: int | None) -> ReportSending:
    """Return the sending to be answered; refuse when it is another than ``seen`` (its id)."""
    if report.state in (State.RETURNED, State.ACCEPTED):
        raise AlreadyDone(_("Báo cáo này đã được trả lời rồi."))
    require_state(report, State.SENT)
    sending = report.last_sending()
    if sending is None or seen not in (None, sending.pk):
        raise race_lost()
    return sending


def _places(report: Report) -> dict[str, str]:
    with override("vi"):  # the place's name is kept with the answer
        lines = target_lines(report.enrolment)
        return places_of(report, lines, evidence_of(report))


def _refuse_bad_remarks(remarks: Sequence[Remark], places: dict[str, str]) -> None:
    if not remarks:
        raise Invalid(_("Cần chỉ rõ chỗ cần xem lại."), field="place")
    for remark in remarks:
        if remark.place not in places:
            raise Invalid(_("Cần chỉ rõ chỗ cần xem lại."), field="place")
        if not one_line(remark.reason):
            raise Invalid(_("Cần ghi lý do."), field="reason")


@deed()
def return_report(
    report: Report, remarks: Sequence[Remark], *, by: Acting, seen: int | None = None
) -> Report:
    """Return a sent report for one or more places, each with its reason; the rest stays.

    ``seen`` is the id of the sending that the reviewer read: if another came since, refused.
    """
    report = running(report)
    sending, places = _sent_and_seen(report, seen), _places(report)
    _refuse_bad_remarks(remarks, places)
    now = clock.now()
    ReportAnswer.objects.bulk_create(
        ReportAnswer(
            report=report,
            sending=sending,
            kind=ReportAnswer.Kind.RETURN,
            place=remark.place,
            place_name=places[remark.place][:400],
            reason=remark.reason,
            organization_name=by.organization_name,
            by=by.user,
            at=now,
        )
        for remark in remarks
    )
    move(report, State.RETURNED)
    why = "; ".join(f"{places[r.place]}: {one_line(r.reason)}" for r in remarks)
    note("report.returned", report, by, count=len(remarks), reason=why[:1000])
    sentence = gettext_noop("Báo cáo “%(period)s” năm %(year)d có %(count)d chỗ cần xem lại.")
    _tell([report.enrolment.organization_id], sentence, report, count=len(remarks))
    return report


@deed()
def accept_report(report: Report, *, by: Acting, seen: int | None = None) -> Report:
    """Accept a sent report; ``seen`` as for `return_report`."""
    report = running(report)
    sending = _sent_and_seen(report, seen)
    sending.answers.create(
        report=report,
        kind=ReportAnswer.Kind.ACCEPT,
        organization_name=by.organization_name,
        by=by.user,
        at=clock.now(),
    )
    move(report, State.ACCEPTED)
    note("report.accepted", report, by, digest=sending.digest)
    sentence = gettext_noop("Báo cáo “%(period)s” năm %(year)d đã được tiếp nhận.")
    _tell([report.enrolment.organization_id], sentence, report)
    return report
