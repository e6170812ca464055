"""What is due from whoever runs a year: the leader, the deputies, the secretary, else the board."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.covenants.models import Covenant
from thidua.covenants.queries import unsigned_members
from thidua.cycles.models import Cycle, Phase
from thidua.targets.models import Target, TargetSet
from thidua.web.work.desk import Year, is_reviewing
from thidua.web.work.member import broken_seal
from thidua.web.work.reports import reports_to_read
from thidua.web.work.task import Task

COVENANT = Phase.Kind.COVENANT
NUDGE_DAYS = 7  # members are reminded in the last week, not from the first day on


def leading_tasks(acting: Acting, year: Year) -> Iterator[Task]:
    """Yield what ``acting`` is to answer, draft, freeze and gather in ``year``."""
    if year.cycle.state != Cycle.State.OPEN:
        return
    for target_set in year.sets.values():
        if target_set.state == TargetSet.State.SENT and is_reviewing(acting, target_set):
            yield _answer(acting, year, target_set)
    yield from reports_to_read(acting, year)
    if not year.covenants and acting.has_perm("covenants.begin_covenant", year.cycle):
        yield Task(
            title=_("Soạn giao ước thi đua năm %(year)d") % {"year": year.cycle.year},
            url=reverse("covenants:begin", args=[year.cycle.pk]),
            label=_("Soạn giao ước"),
            cycle=year.cycle,
            due=year.due_on(COVENANT),
            note=_("Dự thảo được lập sẵn từ chủ đề, phong trào và chỉ tiêu của năm."),
            is_post=True,
        )
    for covenant in year.covenants:
        if covenant.is_editable and acting.has_perm("covenants.draft_covenant", covenant):
            yield _draft(acting, year, covenant)
        leads = acting.has_perm("covenants.declare_covenant", covenant)
        if covenant.state == Covenant.State.SIGNING and leads:
            yield from _gather(year, covenant)


def _answer(acting: Acting, year: Year, target_set: TargetSet) -> Task:
    standings = [target.standing for target in target_set.targets.all()]
    told = {
        "unit": target_set.enrolment.organization.name,
        "count": standings.count(Target.Standing.WAITING),
    }
    title, label = _("Trả lời bản đăng ký của %(unit)s"), _("Trả lời")
    note = _("%(count)d chỉ tiêu chờ trả lời.")
    if not told["count"]:
        title, label = _("Kết thúc trả lời bản đăng ký của %(unit)s"), _("Kết thúc trả lời")
        note = _("Mọi chỉ tiêu đã được trả lời.")
    may_answer = acting.has_perm("targets.answer_targetset", target_set)
    return Task(
        title=title % told,
        url=reverse("targets:show", args=[target_set.pk]),
        label=label if may_answer else _("Xem bản đăng ký"),
        cycle=year.cycle,
        due=year.due_on(COVENANT),
        note=note % told,
        why="" if may_answer else _("Lãnh đạo đơn vị trả lời."),
    )


def _draft(acting: Acting, year: Year, covenant: Covenant) -> Task:
    """Return the next step of a text that may still change: write on, reply, or freeze."""
    told = {"covenant": covenant.title}
    title, label, address = _("Soạn dự thảo %(covenant)s"), _("Soạn tiếp"), "covenants:edit"
    note, why = "", ""
    if covenant.state == Covenant.State.CIRCULATED:
        unanswered = _unanswered(covenant)
        title, label, address = _("Chốt %(covenant)s và mở ký"), _("Chốt để ký"), "covenants:freeze"
        note = _unsettled(year)
        if unanswered:
            title = _("Trả lời ý kiến về dự thảo %(covenant)s")
            label, address = _("Trả lời ý kiến"), "covenants:show"
            note = _("%(count)d ý kiến chờ trả lời.") % {"count": unanswered}
        elif not acting.has_perm("covenants.freeze_covenant", covenant):
            label, address = _("Xem dự thảo"), "covenants:show"
            why = _("Lãnh đạo đơn vị %(leader)s chốt.") % {"leader": year.cycle.bloc.leader_noun}
    return Task(
        title=title % told,
        url=reverse(address, args=[covenant.pk]),
        label=label,
        cycle=year.cycle,
        due=year.due_on(COVENANT),
        note=note,
        why=why,
    )


def _unanswered(covenant: Covenant) -> int:
    comments = list(covenant.comments.all())
    answered = {comment.replies_to_id for comment in comments}
    return sum(c.replies_to_id is None and c.pk not in answered for c in comments)


def _unsettled(year: Year) -> str:
    """Say how many members have no agreed targets: the covenant's annex would say so of them."""
    locked = [s for s in year.sets.values() if s.state == TargetSet.State.LOCKED]
    missing = len(year.cycle.current()) - len(locked)
    if not missing:
        return ""
    return _("Còn %(count)d đơn vị chưa thống nhất chỉ tiêu.") % {"count": missing}


def _gather(year: Year, covenant: Covenant) -> Iterator[Task]:
    """Yield the reminder in the last week of the round, the declaration once it is over.

    Nobody is asked to sign, and nothing declared, over a text that is not what was frozen.
    """
    if not covenant.matches:
        yield broken_seal(year, covenant)
        return
    missing = unsigned_members(covenant)
    told = {"covenant": covenant.title, "count": len(missing)}
    note = _("%(count)d đơn vị chưa ký.") % told
    signed = covenant.version is not None and bool(covenant.version.signatures.all())
    if covenant.is_past_sign_by and signed:
        yield Task(
            title=_("Tuyên bố %(covenant)s có hiệu lực") % told,
            url=reverse("covenants:declare", args=[covenant.pk]),
            label=_("Tuyên bố hiệu lực"),
            cycle=year.cycle,
            due=covenant.sign_by,
            note=note,
        )
        return
    reminded = {reminder.organization_id for reminder in covenant.reminders.all()}
    waiting = [e for e in missing if e.organization_id not in reminded]
    is_near = covenant.sign_by is None or covenant.sign_by <= clock.today() + timedelta(NUDGE_DAYS)
    if waiting and is_near:
        yield Task(
            title=_("Nhắc đơn vị chưa ký %(covenant)s") % told,
            url=reverse("covenants:remind", args=[covenant.pk]),
            label=_("Gửi lời nhắc"),
            cycle=year.cycle,
            due=covenant.sign_by,
            note=note,
            is_post=True,
        )
