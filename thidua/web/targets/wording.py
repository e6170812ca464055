"""Sentences of the registration pages: who answers and why, what comes next, until when."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.core.text import day_text, join_names
from thidua.cycles.models import Cycle, Enrolment, Phase
from thidua.targets.models import Target, TargetSet

State = TargetSet.State


@dataclass(frozen=True)
class Notice:
    """What the page says first: ``kind`` is that of the notice (info, done, late)."""

    kind: str
    title: str
    text: str


def reviewers_named(cycle: Cycle, enrolment: Enrolment) -> str:
    """Return the names of who answers this member's targets."""
    names = [e.name for e in cycle.reviewers_of(enrolment)] or [cycle.bloc.managing_body.name]
    return join_names(names, _("và"))


def who_answers(cycle: Cycle, enrolment: Enrolment) -> str:
    """Say who answers this member's targets and why: nobody judges their own case."""
    bloc, reviewers = cycle.bloc, cycle.reviewers_of(enrolment)
    told = {
        "names": reviewers_named(cycle, enrolment),
        "leader": bloc.leader_noun,
        "deputy": bloc.deputy_noun,
    }
    if enrolment.role != Enrolment.Role.LEADER:
        if reviewers:
            return _("%(names)s (%(leader)s) trả lời từng chỉ tiêu.") % told
        return _("Năm này chưa có %(leader)s nên %(names)s (cơ quan quản lý) trả lời.") % told
    told["why"] = _("không ai tự xét phần của mình")
    if not reviewers:
        sentence = _(
            "Đơn vị này là %(leader)s mà %(why)s; năm này chưa có %(deputy)s, "
            "nên %(names)s (cơ quan quản lý) trả lời."
        )
    elif reviewers[0].role == Enrolment.Role.DEPUTY:
        sentence = _(
            "Đơn vị này là %(leader)s mà %(why)s, nên %(names)s (%(deputy)s) trả lời từng chỉ tiêu."
        )
    else:
        sentence = _(
            "Đơn vị này là %(leader)s mà %(why)s; năm này chưa có %(deputy)s, "
            "nên %(names)s (được hội nghị cử) trả lời từng chỉ tiêu."
        )
    return sentence % told


def next_step(target_set: TargetSet, name: str, reviewers: str) -> Notice:
    """Say what comes next and who must act."""
    cycle, targets = target_set.enrolment.cycle, list(target_set.targets.all())
    told = {"unit": name, "reviewers": reviewers}
    if target_set.state == State.LOCKED:
        text = _("Các chỉ tiêu này vào phụ lục của giao ước khi nội dung giao ước được chốt.")
        return Notice("done", _("Hai bên đã thống nhất"), text)
    if cycle.is_over:
        return Notice("info", _("Năm thi đua đã khép lại"), _("Bản đăng ký không thay đổi nữa."))
    if target_set.enrolment.left_on is not None:
        return Notice("info", _("Đơn vị đã rời"), _("Bản đăng ký không thay đổi nữa."))
    if target_set.state == State.SENT:
        waiting = count(targets, Target.Standing.WAITING)
        return Notice("info", _("Chờ %(reviewers)s trả lời") % told, _answers_due(waiting))
    if target_set.state == State.RETURNED:
        text = _("Nhận con số được đề nghị hoặc sửa lại chỉ tiêu, rồi gửi lại.")
        return Notice("late", _("Chờ %(unit)s xem lại") % told, text)
    text = _("Ghi chỉ tiêu, đăng ký danh hiệu; rồi lãnh đạo đơn vị gửi để %(reviewers)s trả lời.")
    return Notice("info", _("%(unit)s đang soạn") % told, text % told)


def _answers_due(waiting: int) -> str:
    if not waiting:
        return _("Mọi chỉ tiêu đã được trả lời, còn việc kết thúc lượt trả lời.")
    sentence = ngettext(
        "Còn %(count)d chỉ tiêu chưa được trả lời.",
        "Còn %(count)d chỉ tiêu chưa được trả lời.",
        waiting,
    )
    return sentence % {"count": waiting}


def count(targets: list[Target], standing: str) -> int:
    """Return how many of the targets stand so."""
    return sum(target.standing == standing for target in targets)


def window(cycle: Cycle) -> str:
    """Say until when a registration may be sent; empty where the year sets no window."""
    phase = cycle.phase(Phase.Kind.REGISTRATION)
    if phase is None:
        return ""
    standing = phase.standing()
    if standing == Phase.Standing.UPCOMING:
        return _("Nhận đăng ký từ ngày %(day)s.") % {"day": day_text(phase.opens_on)}
    if standing == Phase.Standing.CLOSED:
        return _("Giai đoạn đăng ký đã đóng.")
    if standing == Phase.Standing.LATE and phase.due_on:
        told = {"day": day_text(phase.due_on)}
        return _("Đã quá hạn %(day)s: gửi lúc này vẫn được nhận nhưng ghi là muộn.") % told
    if phase.due_on:
        return _("Hạn gửi: trước 24 giờ ngày %(day)s.") % {"day": day_text(phase.due_on)}
    return _("Đang nhận đăng ký.")
