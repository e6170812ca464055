"""What is due in marking: one's own card, the checks one was given, the cards one appraises."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.accounts.acting import Acting
from thidua.cycles import permissions as cycles_may
from thidua.cycles.models import Cycle, Enrolment, Phase
from thidua.scoring.models import Layer, Sheet
from thidua.scoring.sheets import SETTLED
from thidua.web.work.desk import Year
from thidua.web.work.task import Task

Kind, Standing = Layer.Kind, Phase.Standing
SELF_SCORING, CHECKING = Phase.Kind.SELF_SCORING, Phase.Kind.CHECKING


def marking_tasks(acting: Acting, year: Year) -> Iterator[Task]:
    """Yield what ``acting`` is to mark, check, appraise or assign in ``year``."""
    is_settled = any(result.state in SETTLED for result in year.results)
    if not acting.appointments or year.cycle.state != Cycle.State.OPEN or is_settled:
        return
    for sheet in year.marking.mine:
        if not acting.is_for(sheet.organization_id):
            continue
        if sheet.layer.kind == Kind.SELF:
            yield from _own(acting, year, sheet)
        elif sheet.is_self_sent and year.standing(CHECKING) != Standing.UPCOMING:  # type: ignore[attr-defined]
            yield _check(year, sheet)
    yield from _appraisals(acting, year)
    yield from _assigning(acting, year)


def _own(acting: Acting, year: Year, sheet: Sheet) -> Iterator[Task]:
    """Yield the unit's own card: to mark, or when all is marked to send."""
    standing = year.standing(SELF_SCORING)
    if standing == Standing.UPCOMING:
        return
    counts = {"marked": sheet.marked, "asked": sheet.asked}  # type: ignore[attr-defined]
    told = {"year": year.cycle.year, "leader": year.cycle.bloc.leader_noun}
    title, label, address = _("Tự chấm điểm năm %(year)d"), _("Chấm điểm"), "marking:sheet"
    why = ""
    if counts["marked"] >= counts["asked"] > 0:
        title, label, address = _("Gửi điểm tự chấm năm %(year)d"), _("Xem và gửi"), "marking:send"
        why = "" if acting.may_send() else _("Lãnh đạo đơn vị gửi.")
    if standing == Standing.CLOSED:
        why = _("Giai đoạn tự chấm đã đóng. Muốn gửi, hãy nhờ %(leader)s mở lại giai đoạn.") % told
    yield Task(
        title=title % told,
        url=reverse(address, args=[sheet.pk]),
        label=_("Xem bảng chấm") if why else label,
        cycle=year.cycle,
        due=year.due_on(SELF_SCORING),
        note=_("Đã chấm %(marked)d/%(asked)d tiêu chí.") % counts if counts["marked"] else "",
        why=why,
    )


def _check(year: Year, sheet: Sheet) -> Task:
    told = {"unit": sheet.card.enrolment.organization.name}
    return Task(
        title=_("Kiểm tra chéo phiếu điểm của %(unit)s") % told,
        url=reverse("marking:sheet", args=[sheet.pk]),
        label=_("Kiểm tra"),
        cycle=year.cycle,
        due=year.due_on(CHECKING),
        note=_("Đã chấm một phần.") if sheet.marked else "",  # type: ignore[attr-defined]
    )


def _appraisals(acting: Acting, year: Year) -> Iterator[Task]:
    """Yield the cards that wait for this organisation's appraisal, however many, as one task."""
    if year.standing(CHECKING) == Standing.UPCOMING:
        return
    cycle, waiting = year.cycle, year.marking.waiting
    mine = [e for e in waiting.get(Kind.LEAD, []) if _reviews(acting, cycle, e)]
    if cycles_may.is_board(acting, cycle):
        mine += [e for e in waiting.get(Kind.BOARD, []) if e not in mine]
    if not mine:
        return
    told = {"count": len(mine), "year": cycle.year}
    title = ngettext(
        "Thẩm định %(count)d phiếu điểm năm %(year)d",
        "Thẩm định %(count)d phiếu điểm năm %(year)d",
        len(mine),
    )
    yield Task(
        title=title % told,
        url=reverse("marking:of_cycle", args=[cycle.pk]),
        label=_("Thẩm định"),
        cycle=cycle,
        due=year.due_on(CHECKING),
    )


def _reviews(acting: Acting, cycle: Cycle, enrolment: Enrolment) -> bool:
    """Say whether the organisation worked for appraises this member's card."""
    reviewers = {e.organization_id for e in cycle.reviewers_of(enrolment)}
    if not reviewers:
        return bool(cycles_may.is_board(acting, cycle))
    return acting.organization_id in reviewers


def _assigning(acting: Acting, year: Year) -> Iterator[Task]:
    """Yield the cross-checks that nobody was given yet, once members mark themselves."""
    is_due = year.marking.begun.get(Kind.CROSS) is False and len(year.cycle.current()) > 1
    if not is_due or year.standing(SELF_SCORING) == Standing.UPCOMING:
        return
    if not acting.has_perm("scoring.assign_checks", year.cycle):
        return
    yield Task(
        title=_("Giao kiểm tra chéo năm %(year)d") % {"year": year.cycle.year},
        url=reverse("marking:checks", args=[year.cycle.pk]),
        label=_("Giao kiểm tra chéo"),
        cycle=year.cycle,
        due=year.due_on(SELF_SCORING),
        note=_("Giao vòng tròn bằng một nút, hoặc giao tay từng phiếu."),
    )
