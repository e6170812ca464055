"""Words of the marking pages: where a criterion stands, what a layer is called, what comes next."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from thidua.cycles.models import Cycle, Phase
from thidua.scoring.actions.marking import PHASES
from thidua.scoring.models import Criterion, Layer, Sheet
from thidua.scoring.opened import is_blank
from thidua.scoring.working import DIFFERS, DONE, MISSING, OPEN, Work
from thidua.web.targets.wording import reviewers_named

Kind, Standing = Layer.Kind, Phase.Standing


def layer_name(kind: str, cycle: Cycle) -> str:
    """Return what a layer is called in this year: "khối trưởng, khối phó thẩm định"."""
    if kind == Kind.LEAD:
        bloc = cycle.bloc
        told = {"leader": bloc.leader_noun, "deputy": bloc.deputy_noun}
        return _("%(leader)s, %(deputy)s thẩm định") % told
    return str(Kind(kind).label)


def own_name(kind: str) -> str:
    """Return what the scorer's own mark is called."""
    return {
        Kind.SELF: _("Điểm tự chấm"),
        Kind.CROSS: _("Điểm kiểm tra chéo"),
        Kind.LEAD: _("Điểm thẩm định"),
        Kind.MEETING: _("Điểm hội nghị thống nhất"),
        Kind.BOARD: _("Điểm của cơ quan quản lý"),
    }[Kind(kind)]


def state_words(work: Work, leaf: Criterion) -> tuple[str, str]:
    """Return (word, kind for the eye) of where a criterion stands for this scorer."""
    state, mark = work.state_of(leaf), work.own.get(leaf.pk)
    if state == DONE:
        return _("xong"), "done"
    if state == DIFFERS:
        return _("khác lớp trước"), "open"
    if state == MISSING:
        is_empty = mark is None or is_blank(mark)
        return (_("chưa chấm"), "wait") if is_empty else (_("còn thiếu"), "late")
    if state == OPEN:
        return _("giữ nguyên"), "quiet"
    return who_else(leaf), "quiet"


def who_else(leaf: Criterion) -> str:
    """Return who marks a criterion that is not this scorer's."""
    if leaf.owner == Criterion.Owner.BOARD:
        return _("cơ quan quản lý chấm")
    return _("hệ thống chấm")


def window(sheet: Sheet) -> str:
    """Say by when the sheet is to be sent, or that it is late, closed, or not open yet."""
    phase = phase_of(sheet)
    if phase is None:
        return ""
    standing, told = phase.standing(), {"phase": phase}
    days = {
        "opens": date_format(phase.opens_on, "j/n/Y"),
        "due": date_format(phase.due_on, "j/n/Y") if phase.due_on else "",
    }
    sentences = {
        Standing.UPCOMING: _("Giai đoạn %(phase)s mở từ ngày %(opens)s; từ hôm đó mới gửi được."),
        Standing.OPEN: _("Hạn gửi: 24:00 ngày %(due)s.") if phase.due_on else "",
        Standing.LATE: _("Đã quá hạn ngày %(due)s: vẫn gửi được và sẽ ghi là gửi muộn."),
        Standing.CLOSED: _("Giai đoạn %(phase)s đã đóng nên không gửi được nữa."),
    }
    return sentences[Standing(standing)] % {**told, **days}


def phase_of(sheet: Sheet) -> Phase | None:
    """Return the phase in which the sheet is to be sent, if the year has one for it."""
    kind = PHASES.get(sheet.layer.kind)
    return sheet.layer.cycle.phase(kind) if kind else None


def accepts(sheet: Sheet) -> bool:
    """Say whether the sheet's phase takes it now, on time or late."""
    phase = phase_of(sheet)
    return phase is None or phase.accepts


def is_late(sheet: Sheet) -> bool:
    """Say whether the sheet would be late if it were sent now."""
    phase = phase_of(sheet)
    return phase is not None and phase.standing() == Standing.LATE


def what_next(sheet: Sheet) -> str:
    """Say what happens once the sheet is sent."""
    enrolment = sheet.card.enrolment
    told = {"who": reviewers_named(enrolment.cycle, enrolment)}
    return {
        Kind.SELF: _("Gửi rồi thì người chấm thấy điểm và minh chứng; %(who)s được báo.") % told,
        Kind.CROSS: _("Gửi rồi thì điểm có hiệu lực; %(who)s được báo và thẩm định tiếp.") % told,
        Kind.LEAD: _("Gửi rồi thì điểm thẩm định thay cho điểm lớp trước ở các mục đã chấm."),
        Kind.MEETING: _("Gửi rồi thì điểm hội nghị thống nhất thay cho điểm các lớp trước."),
        Kind.BOARD: _("Gửi rồi thì điểm của cơ quan quản lý được tính."),
    }[Kind(sheet.layer.kind)]
