"""The result on the desk: objections to answer, a result to look at, to adopt, to publish."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.cycles.models import Cycle, Phase
from thidua.scoring.models import Result
from thidua.web.work.desk import Year
from thidua.web.work.task import Task

State = Result.State
ASSESSMENT = Phase.Kind.ASSESSMENT


def result_tasks(acting: Acting, year: Year) -> Iterator[Task]:
    """Yield what ``acting`` is to do about the year's result."""
    if year.cycle.state != Cycle.State.OPEN:
        return
    leads = acting.has_perm("scoring.draw_up_result", year.cycle)
    making = next((r for r in year.results if r.state != State.PUBLISHED), None)
    waiting = [o for result in year.results for o in result.objections.all()]
    for objection in waiting:
        if acting.has_perm("scoring.answer_objection", objection):
            title = _("Trả lời kiến nghị của %(unit)s về kết quả sơ bộ")
            unit = objection.enrolment.organization.name
            url = reverse("results:answer", args=[objection.pk])
            yield _task(year, title % {"unit": unit}, url, _("Trả lời"))
    if making is None:
        if leads and not year.results:
            yield from _to_draw_up(year)
    elif leads:
        yield from _to_settle(year, making, is_open=bool(waiting))
    elif making.state == State.PRELIMINARY:
        yield from _to_look_at(acting, year, making)


def _task(year: Year, title: str, url: str, label: str, note: str = "") -> Task:
    due = year.due_on(ASSESSMENT)
    return Task(title=title, url=url, label=label, cycle=year.cycle, due=due, note=note)


def _to_draw_up(year: Year) -> Iterator[Task]:
    """Yield once the phase in which the meeting assesses is open and the year has a table."""
    phase = year.cycle.phase(ASSESSMENT)
    if phase is None or not phase.accepts or not year.has_table:
        return
    title = _("Lập kết quả sơ bộ năm %(year)d") % {"year": year.cycle.year}
    url = reverse("results:draw_up", args=[year.cycle.pk])
    yield _task(year, title, url, _("Xem và lập"), _("Trang này nói còn thiếu điểm của ai."))


def _to_settle(year: Year, making: Result, *, is_open: bool) -> Iterator[Task]:
    told = {"year": year.cycle.year}
    if making.state == State.ADOPTED:
        title = _("Công bố kết quả thi đua năm %(year)d")
        if making.corrects_id:
            title = _("Công bố bản đính chính kết quả năm %(year)d")
        url = reverse("results:publish", args=[making.pk])
        yield _task(year, title % told, url, _("Xem và công bố"))
    elif not is_open:
        title = _("Ghi hội nghị thông qua kết quả năm %(year)d")
        url = reverse("results:adopt", args=[making.pk])
        note = _("Khi các đơn vị đã xem và hội nghị đã họp.")
        yield _task(year, title % told, url, _("Ghi thông qua"), note)


def _to_look_at(acting: Acting, year: Year, making: Result) -> Iterator[Task]:
    """Yield for a member until the meeting adopts; whoever objected waits for the answer."""
    mine = year.cycle.enrolment_of(acting.organization_id)
    objected = {o.enrolment_id for r in year.results for o in r.objections.all()}
    if mine is None or not acting.appointments or mine.pk in objected:
        return
    title = _("Xem kết quả sơ bộ năm %(year)d") % {"year": year.cycle.year}
    url = reverse("results:show", args=[making.pk])
    note = _("Điểm nào chưa đúng thì gửi kiến nghị; không có ý kiến thì không cần làm gì.")
    yield _task(year, title, url, _("Xem kết quả"), note)
