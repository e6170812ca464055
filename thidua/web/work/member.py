"""What a member unit owes in a running year: its registration, its movements, its signature."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.covenants.models import Covenant
from thidua.covenants.queries import Party, parties_of
from thidua.covenants.rounds import why_not_yet
from thidua.cycles.models import Cycle, Enrolment, Phase
from thidua.targets.models import Target, TargetSet
from thidua.web.work.desk import Year
from thidua.web.work.reports import own_reports
from thidua.web.work.task import Task

Standing = Phase.Standing
REGISTRATION, COVENANT = Phase.Kind.REGISTRATION, Phase.Kind.COVENANT


def member_tasks(acting: Acting, year: Year) -> Iterator[Task]:
    """Yield what is due from the organisation worked for as a member of ``year``."""
    mine = year.cycle.enrolment_of(acting.organization_id)
    if mine is None or not acting.appointments or year.cycle.state != Cycle.State.OPEN:
        return
    yield from _registration(acting, year, mine)
    yield from _movements(year, mine)
    yield from own_reports(acting, year, mine)
    for covenant in year.covenants:
        yield from _comment(acting, year, covenant)
        yield from _signature(acting, year, covenant)


def _registration(acting: Acting, year: Year, mine: Enrolment) -> Iterator[Task]:
    cycle, target_set = year.cycle, year.sets.get(mine.pk)
    standing = year.standing(REGISTRATION)
    if standing == Standing.UPCOMING or (target_set and not target_set.is_editable):
        return
    if standing == Standing.CLOSED:
        yield _closed(acting, year)
    elif target_set is None:
        yield Task(
            title=_("Đăng ký chỉ tiêu thi đua năm %(year)d") % {"year": cycle.year},
            url=reverse("targets:begin", args=[mine.pk]),
            label=_("Bắt đầu đăng ký"),
            cycle=cycle,
            due=year.due_on(REGISTRATION),
            is_post=True,
        )
    else:
        yield _begun(acting, year, target_set)


def _closed(acting: Acting, year: Year) -> Task:
    """Return that the set comes too late, and who can open the phase again."""
    cycle, told = year.cycle, {"year": year.cycle.year, "leader": year.cycle.bloc.leader_noun}
    may_open = acting.has_perm("cycles.schedule_cycle", cycle)
    why = _("Giai đoạn đăng ký đã đóng. Muốn gửi, hãy nhờ %(leader)s mở lại giai đoạn.") % told
    return Task(
        title=_("Đăng ký chỉ tiêu thi đua năm %(year)d") % told,
        url=reverse("cycles:phases" if may_open else "cycles:show", args=[cycle.pk]),
        label=_("Mở lại giai đoạn") if may_open else _("Xem năm thi đua"),
        cycle=cycle,
        due=year.due_on(REGISTRATION),
        note=_("Giai đoạn đăng ký đã đóng.") if may_open else "",
        why="" if may_open else why,
    )


def _begun(acting: Acting, year: Year, target_set: TargetSet) -> Task:
    """Return the task of a set that is still the member's: to write, to look at, or to send."""
    standings = [target.standing for target in target_set.targets.all()]
    told = {"year": year.cycle.year, "count": standings.count(Target.Standing.PROPOSED)}
    title, label, ready = _("Đăng ký chỉ tiêu thi đua năm %(year)d"), _("Viết tiếp"), False
    if told["count"]:
        title = _("Xem lại %(count)d chỉ tiêu được đề nghị sửa, năm %(year)d")
        label = _("Xem lại")
    elif standings:
        title, label, ready = _("Gửi bản đăng ký thi đua năm %(year)d"), _("Xem và gửi"), True
    sender = _("Lãnh đạo đơn vị gửi.") if ready and not acting.may_send() else ""
    return Task(
        title=title % told,
        url=reverse("targets:show", args=[target_set.pk]),
        label=_("Xem bản đăng ký") if sender else label,
        cycle=year.cycle,
        due=year.due_on(REGISTRATION),
        note=_("Đã có %(count)d chỉ tiêu.") % {"count": len(standings)} if standings else "",
        why=sender,
    )


def _movements(year: Year, mine: Enrolment) -> Iterator[Task]:
    """Yield while registration is on time: taking part is offered, and nobody is late in it."""
    left = year.movements - year.joined[mine.organization_id]
    if left <= 0 or year.standing(REGISTRATION) != Standing.OPEN:
        return
    yield Task(
        title=_("Chọn phong trào tham gia năm %(year)d") % {"year": year.cycle.year},
        url=reverse("movements:of_cycle", args=[year.cycle.pk]),
        label=_("Chọn phong trào"),
        cycle=year.cycle,
        due=year.due_on(REGISTRATION),
        note=_("Còn %(left)d phong trào đơn vị chưa tham gia.") % {"left": left},
    )


def _comment(acting: Acting, year: Year, covenant: Covenant) -> Iterator[Task]:
    """Yield until the unit has said something; whoever drafts has the replies instead."""
    if covenant.state != Covenant.State.CIRCULATED:
        return
    commented = {comment.organization_id for comment in covenant.comments.all()}
    drafts = acting.has_perm("covenants.draft_covenant", covenant)
    if drafts or acting.organization_id in commented:
        return
    yield Task(
        title=_("Góp ý dự thảo %(covenant)s") % {"covenant": covenant.title},
        url=reverse("covenants:show", args=[covenant.pk]),
        label=_("Đọc và góp ý"),
        cycle=year.cycle,
        note=_("Không có ý kiến thì không cần làm gì."),
    )


def _signature(acting: Acting, year: Year, covenant: Covenant) -> Iterator[Task]:
    if not covenant.takes_signatures or year.standing(COVENANT) == Standing.CLOSED:
        return
    parties = parties_of(covenant)
    mine = next(p for p in parties if p.enrolment.organization_id == acting.organization_id)
    if not mine.is_due:
        return
    signed = sum(party.signature is not None for party in parties)
    if not covenant.matches:
        yield broken_seal(year, covenant)
        return
    later = why_not_yet(covenant, mine.enrolment)
    may_sign = not later and acting.has_perm("covenants.sign_covenant", covenant)
    told = {"covenant": covenant.title}
    title, label, due = _("Ký %(covenant)s"), _("Đọc và ký"), covenant.sign_by
    if covenant.state == Covenant.State.IN_FORCE:
        title, label, due = _("Ký bổ sung %(covenant)s"), _("Đọc và ký bổ sung"), None
    address = "covenants:sign" if may_sign else "covenants:show"
    yield Task(
        title=title % told,
        url=reverse(address, args=[covenant.pk]),
        label=label if may_sign else _("Xem giao ước"),
        cycle=year.cycle,
        due=due,
        note=_round_note(mine, covenant, signed, len(parties)),
        why="" if may_sign else later or _("Lãnh đạo đơn vị ký."),
    )


def broken_seal(year: Year, covenant: Covenant) -> Task:
    """Return the warning that the text is no longer what was frozen: nobody should sign it."""
    return Task(
        title=_("Đừng ký: văn bản %(covenant)s không còn khớp") % {"covenant": covenant.title},
        url=reverse("covenants:show", args=[covenant.pk]),
        label=_("Xem giao ước"),
        cycle=year.cycle,
        due=covenant.sign_by,
        note=_("Nội dung đã khác với bản chốt theo mã băm."),
        why=_("Hãy báo cơ quan quản lý khối, cụm."),
    )


def _round_note(mine: Party, covenant: Covenant, signed: int, total: int) -> str:
    if covenant.state == Covenant.State.IN_FORCE:
        return _("Giao ước đã có hiệu lực; đơn vị ký sau và chữ ký được ghi là ký sau.")
    if mine.decline is not None:
        return _("Đơn vị đã ghi lý do chưa ký; vẫn có thể ký.")
    return _("%(signed)d/%(total)d đơn vị đã ký.") % {"signed": signed, "total": total}
