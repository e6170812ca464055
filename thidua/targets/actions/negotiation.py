"""Between the member and its reviewer: send, take back, answer target by target, lock."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.digest import digest_data
from thidua.core.errors import AlreadyDone, Invalid, WrongState, race_lost
from thidua.core.locks import lock
from thidua.core.numbers import format_number
from thidua.core.text import one_line
from thidua.core.workflow import move, require_state
from thidua.cycles.actions.years import lock_year
from thidua.cycles.models import Enrolment, Phase
from thidua.cycles.queries import refuse_unless_accepting
from thidua.notifications.actions import notify
from thidua.targets.actions.drafting import note, refuse_senseless_minus
from thidua.targets.models import Answer, Direction, Target, TargetSet
from thidua.targets.queries import for_a_deed, for_its_digest

State = TargetSet.State


def _reviewing(enrolment: Enrolment) -> list[int]:
    reviewers = enrolment.cycle.reviewers_of(enrolment)
    managing = enrolment.cycle.bloc.managing_body_id
    return [r.organization_id for r in reviewers] or [managing]


def _running(target_set: TargetSet) -> TargetSet:
    """Return the set, its row locked; refuse when its year is over or its member has left."""
    mine = TargetSet.objects.filter(pk=target_set.pk)
    lock(mine)
    fresh = for_a_deed(mine).get()
    lock_year(fresh.enrolment.cycle)
    if fresh.enrolment.left_on is not None:
        raise WrongState(_("Đơn vị đã rời nên bản đăng ký không thay đổi nữa."))
    return fresh


def _still_there(target_set: TargetSet, target: Target) -> Target:
    found = next((t for t in target_set.targets.all() if t.pk == target.pk), None)
    if found is None:
        raise race_lost()
    return found


def refuse_unsendable(target_set: TargetSet) -> Phase | None:
    """Return the phase in which the set would be sent; refuse what may not be sent as it is."""
    phase = refuse_unless_accepting(target_set.enrolment.cycle, Phase.Kind.REGISTRATION)
    if not target_set.is_editable:
        raise AlreadyDone(_("Bản đăng ký đã được gửi rồi."))
    targets = list(target_set.targets.all())
    if not targets:
        raise Invalid(_("Cần ít nhất một chỉ tiêu trước khi gửi."))
    open_proposals = [t.name for t in targets if t.standing == Target.Standing.PROPOSED]
    if open_proposals:
        raise Invalid(
            _("Hãy nhận con số được đề nghị hoặc sửa lại chỉ tiêu: %(targets)s.")
            % {"targets": "; ".join(open_proposals)}
        )
    return phase


@deed()
def send_set(target_set: TargetSet, *, by: Acting) -> TargetSet:
    """Send the set to its reviewer: the member's word for every target as it stands.

    Late when the day set for registration is over. If the reviewer has already agreed to
    every target (all proposals were accepted), the set locks at once.
    """
    target_set = _running(target_set)
    cycle = target_set.enrolment.cycle
    phase = refuse_unsendable(target_set)
    is_late = phase is not None and phase.standing() == Phase.Standing.LATE
    move(target_set, State.SENT)
    target_set.sendings.create(by=by.user, at=clock.now(), is_late=is_late)
    note("targets.sent", target_set, by, late=int(is_late))
    if all(t.standing == Target.Standing.AGREED for t in target_set.targets.all()):
        return _lock(target_set, by)
    sentence = gettext_noop("%(unit)s đã gửi bản đăng ký thi đua năm %(year)d, chờ trả lời.")
    unit = target_set.enrolment.organization.name
    reviewing = _reviewing(target_set.enrolment)
    notify(reviewing, sentence, about=target_set, unit=unit, year=cycle.year)
    return target_set


@deed()
def take_back_set(target_set: TargetSet, *, by: Acting) -> TargetSet:
    """Take back what was just sent, until the reviewer has answered any of it."""
    target_set = _running(target_set)
    require_state(target_set, State.SENT)
    if target_set.is_answered:
        raise WrongState(_("Đã có trả lời cho bản đăng ký nên không rút lại được nữa."))
    move(target_set, State.DRAFT)
    target_set.sendings.create(by=by.user, at=clock.now(), takes_back=True)
    note("targets.taken_back", target_set, by)
    return target_set


def _refuse_said_before(target: Target, answer: Answer) -> None:
    """Refuse the same answer of the same person once more: a form that was sent twice."""
    last = target.last_answer()
    if last is None or last.by_id != answer.by_id:
        return
    if (last.kind, last.number, last.reason) == (answer.kind, answer.number, answer.reason):
        raise AlreadyDone(_("Chỉ tiêu này đã được trả lời như vậy rồi."))


def _refuse_bad_proposal(target: Target, answer: Answer) -> None:
    if not answer.reason:
        raise Invalid(_("Đề nghị sửa cần có lý do."), field="reason")
    if answer.number is None:
        return
    if target.direction == Direction.YES_NO:
        raise Invalid(_("Chỉ tiêu có hoặc không thì không có con số."), field="number")
    if answer.number == target.number:
        raise Invalid(_("Con số đề nghị trùng với con số đang có."), field="number")
    refuse_senseless_minus(answer.number, target.unit, field="number")


@deed()
def answer_target(
    target: Target,
    *,
    by: Acting,
    agrees: bool,
    number: Decimal | None = None,
    reason: str = "",
    revision: int | None = None,
    answers: int | None = None,
) -> Answer:
    """Agree to a target, or propose a change with a reason (and another number).

    ``revision`` and ``answers`` (how many there were) are what whoever answers had before them: if
    the target was written anew or answered since, this is refused. An answer may be given anew
    until the round ends.
    """
    target_set = _running(target.target_set)
    require_state(target_set, State.SENT)
    target = _still_there(target_set, target)
    kind = Answer.Kind.AGREE if agrees else Answer.Kind.PROPOSE
    answer = Answer(
        target=target,
        revision=target.revision,
        kind=kind,
        number=None if agrees else number,
        reason=one_line(reason),
        organization_name=by.organization_name,
        by=by.user,
        at=clock.now(),
    )
    _refuse_said_before(target, answer)
    if revision not in (None, target.revision) or answers not in (None, len(target.answers.all())):
        raise race_lost()
    if not agrees:
        _refuse_bad_proposal(target, answer)
    answer.save()
    code = "target.agreed" if agrees else "target.proposed"
    told = format_number(answer.number)
    note(code, target_set, by, target=target.name, number=told, reason=reason)
    return answer


@deed()
def finish_answers(target_set: TargetSet, *, by: Acting) -> TargetSet:
    """Close this round of answers: lock when all is agreed, else return to the member.

    What was agreed stays agreed; the member sees which targets are to be looked at and why.
    """
    target_set = _running(target_set)
    require_state(target_set, State.SENT)
    standings = [t.standing for t in target_set.targets.all()]
    waiting = standings.count(Target.Standing.WAITING)
    if waiting:
        raise Invalid(_("Còn %(count)d chỉ tiêu chưa được trả lời.") % {"count": waiting})
    if Target.Standing.PROPOSED not in standings:
        return _lock(target_set, by)
    move(target_set, State.RETURNED)
    count = standings.count(Target.Standing.PROPOSED)
    note("targets.returned", target_set, by, count=count)
    notify(
        [target_set.enrolment.organization_id],
        gettext_noop("Bản đăng ký thi đua năm %(year)d có %(count)d chỉ tiêu được đề nghị sửa."),
        about=target_set,
        year=target_set.enrolment.cycle.year,
        count=count,
    )
    return target_set


@deed()
def accept_proposal(target: Target, *, by: Acting) -> Target:
    """Take the number that the reviewer proposed: then both sides agree on this target."""
    target_set = _running(target.target_set)
    require_state(target_set, State.RETURNED)
    target = _still_there(target_set, target)
    proposal = target.last_answer()
    if proposal is None or proposal.kind != Answer.Kind.PROPOSE or proposal.number is None:
        raise WrongState(_("Chỉ tiêu này không có con số nào được đề nghị."))
    target.number = proposal.number
    target.revision += 1
    target.save(update_fields=["number", "revision"])
    target.answers.create(
        revision=target.revision,
        kind=Answer.Kind.ACCEPT,
        number=proposal.number,
        organization_name=by.organization_name,
        by=by.user,
        at=clock.now(),
    )
    note("target.accepted", target_set, by, target=target.name, promise=target.recorded_promise)
    return target


def _lock(target_set: TargetSet, by: Acting) -> TargetSet:
    """Lock the set with the digest of exactly what both sides agreed."""
    whole = for_its_digest(TargetSet.objects.filter(pk=target_set.pk)).get()
    digest = digest_data(whole.content())
    move(whole, State.LOCKED, digest=digest, locked_at=clock.now())
    note("targets.locked", whole, by, digest=digest)
    sentence = gettext_noop("Bản đăng ký thi đua năm %(year)d đã được thống nhất và khóa.")
    year = whole.enrolment.cycle.year
    notify([whole.enrolment.organization_id], sentence, about=whole, year=year)
    return whole
