"""From marks to a published ranking: preliminary, objections, adoption, publication."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.audit.queries import chain_of_bloc
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.text import one_line
from thidua.core.workflow import move, require_state
from thidua.cycles.actions.years import lock_year, locked
from thidua.cycles.models import Cycle, Enrolment, Phase
from thidua.cycles.queries import refuse_unless_accepting
from thidua.cycles.queries import with_parts as with_cycle_parts
from thidua.documents.actions import Wording, freeze_text
from thidua.marks.ranking import VOTE
from thidua.notifications.actions import notify
from thidua.scoring.actions.drawing import drawable, has_moved, note, write_result
from thidua.scoring.actions.known import mark_facts
from thidua.scoring.models import Criterion, Objection, Result, Standing, TieVote
from thidua.scoring.papers import result_text
from thidua.scoring.queries import cards_in_use, table_in_use

State = Result.State
KIND = "result"
LONGEST_TEXT = 5_000
MOST_VOTES = 100_000


def _members(cycle: Cycle) -> list[int]:
    return [e.organization_id for e in cycle.current()]


@deed()
def draw_up_result(cycle: Cycle, *, by: Acting) -> Result:
    """Draw up the preliminary result of all that was sent, and lay it before the members.

    One in the making before it is set aside and stays readable. Refused once adopted.
    """
    lock_year(cycle)
    cycle = with_cycle_parts(Cycle.objects.filter(pk=cycle.pk)).get()
    for card in cards_in_use(cycle):
        mark_facts(card)
    reckoning = drawable(cycle)
    before = cycle.results.filter(state=State.PRELIMINARY).first()
    if before is not None:
        move(before, State.SET_ASIDE)
    result = write_result(cycle, reckoning, by=by)
    note("result.drawn_up", result, by, number=result.number)
    sentence = gettext_noop("Kết quả sơ bộ năm %(year)d đã có. Đơn vị xem và gửi kiến nghị nếu có.")
    notify(_members(cycle), sentence, about=result, year=cycle.year)
    return result


@deed()
def object_to_result(
    result: Result, *, by: Acting, text: str, criterion: Criterion | None = None
) -> Objection:
    """Say what one's own unit has against a preliminary result."""
    lock_year(result.cycle)
    result = _fresh(result)
    require_state(result, State.PRELIMINARY)
    if not text.strip():
        raise Invalid(_("Hãy ghi nội dung kiến nghị."), field="text")
    if len(text) > LONGEST_TEXT:
        raise Invalid(_("Kiến nghị dài quá 5.000 chữ. Hãy viết gọn lại."), field="text")
    if criterion is not None and criterion.table_id != result.table_id:
        raise Invalid(_("Tiêu chí này không thuộc bảng điểm của kết quả."), field="criterion")
    cycle = result.cycle
    enrolment = cycle.enrolment_of(by.organization_id)
    if enrolment is None:
        raise WrongState(_("Chỉ đơn vị đang tham gia năm này mới kiến nghị được."))
    same = result.objections.filter(enrolment=enrolment, criterion=criterion, text=text.strip())
    if same.exists():
        raise AlreadyDone(_("Kiến nghị này đã được gửi rồi."), field="text")
    objection = Objection.objects.create(
        result=result,
        enrolment=enrolment,
        criterion=criterion,
        text=text.strip(),
        by=by.user,
        at=clock.now(),
    )
    unit = enrolment.organization.name
    with override("vi"):
        about = str(criterion)[:200] if criterion else _("kết quả nói chung")
    note("result.objected", result, by, unit=unit, about=about)
    asked = [r.organization_id for r in cycle.reviewers_of(enrolment)]
    sentence = gettext_noop("%(unit)s kiến nghị về kết quả sơ bộ, chờ trả lời.")
    notify(asked or [cycle.bloc.managing_body_id], sentence, about=result, unit=unit)
    return objection


def _fresh(result: Result) -> Result:
    """Return the result with its year's members, its row locked until the deed ends."""
    found = Result.objects.select_for_update(of=("self",)).select_related("table", "corrects")
    result = found.get(pk=result.pk)
    result.cycle = with_cycle_parts(Cycle.objects.filter(pk=result.cycle_id)).get()
    return result


@deed()
def answer_objection(
    objection: Objection, *, by: Acting, answer: str, is_upheld: bool
) -> Objection:
    """Answer an objection once, in words. To uphold it changes no mark by itself: mark anew."""
    lock_year(objection.result.cycle)
    if not answer.strip():
        raise Invalid(_("Hãy ghi lời trả lời."), field="answer")
    answered = Objection.objects.filter(pk=objection.pk, answered_at=None).update(
        answer=answer.strip(), is_upheld=is_upheld, answered_by=by.user, answered_at=clock.now()
    )
    if not answered:
        raise AlreadyDone(_("Kiến nghị này đã được trả lời rồi."))
    objection.refresh_from_db()
    unit = objection.enrolment.organization
    note("objection.answered", objection.result, by, unit=unit.name, upheld=int(is_upheld))
    sentence = gettext_noop("Kiến nghị của đơn vị về kết quả sơ bộ đã được trả lời.")
    notify([unit.pk], sentence, about=objection.result)
    return objection


@deed()
def adopt_result(result: Result, *, by: Acting, minutes: str, adopted_on: date) -> Result:
    """Record that the meeting adopted the result: its minutes, its day. Marks are settled now."""
    lock_year(result.cycle)
    result = _fresh(result)
    if not one_line(minutes):
        raise Invalid(_("Hãy ghi số, ngày của biên bản hội nghị."), field="minutes")
    if adopted_on > clock.today():
        raise Invalid(_("Ngày hội nghị không thể ở sau hôm nay."), field="adopted_on")
    refuse_unadoptable(result)
    move(result, State.ADOPTED, minutes=one_line(minutes), adopted_on=adopted_on)
    note("result.adopted", result, by, number=result.number, minutes=minutes)
    return result


def refuse_unadoptable(result: Result) -> None:
    """Refuse while the meeting cannot adopt: open objections, other marks by now, a closed phase.

    Needs the year with its parts; changes nothing.
    """
    require_state(result, State.PRELIMINARY)
    open_ones = Objection.objects.filter(result__cycle=result.cycle, answered_at=None).count()
    if open_ones:
        raise Invalid(_("Còn %(count)d kiến nghị chưa trả lời.") % {"count": open_ones})
    if has_moved(result):
        raise WrongState(_("Điểm đã thay đổi sau khi lập kết quả sơ bộ. Hãy lập lại kết quả."))
    refuse_unless_accepting(result.cycle, Phase.Kind.ASSESSMENT)


@deed()
def publish_result(result: Result, *, by: Acting, audience: str) -> Result:
    """Freeze the adopted result with a digest and publish it to its audience, for good.

    What corrects a result that everyone read is for everyone too.
    """
    lock_year(result.cycle)
    result = _fresh(result)
    if audience not in Result.Audience.values:
        raise Invalid(_("Hãy chọn công bố cho ai."), field="audience")
    if result.is_published:
        raise AlreadyDone(_("Kết quả này đã được công bố rồi."))
    require_state(result, State.ADOPTED)
    if audience != Result.Audience.PUBLIC and _was_public(result):
        raise Invalid(
            _("Bản trước đã công bố cho mọi người nên bản đính chính cũng cho mọi người."),
            field="audience",
        )
    standings = list(Standing.objects.filter(result=result))
    title = str(result)
    previous = result.corrects.version if result.corrects else None
    version = freeze_text(
        Wording(KIND, title, result_text(result, standings)),
        by=by,
        chain=chain_of_bloc(result.cycle.bloc_id),
        previous=previous,
        is_illustration=result.is_illustration,
    )
    move(
        result,
        State.PUBLISHED,
        version=version,
        published_at=clock.now(),
        audience=audience,
    )
    note("result.published", result, by, number=result.number, digest=version.digest)
    sentence = gettext_noop("Kết quả thi đua năm %(year)d, bản số %(number)d đã được công bố.")
    notify(
        _members(result.cycle),
        sentence,
        about=result,
        year=result.cycle.year,
        number=result.number,
    )
    return result


def _was_public(result: Result) -> bool:
    return bool(result.corrects and result.corrects.audience == Result.Audience.PUBLIC)


@deed()
def settle_tie(enrolment: Enrolment, *, by: Acting, votes: int, basis: str) -> TieVote:
    """Note how many votes a member got when a tie was put to the vote, and the minutes of it.

    Only where the year's table lets votes decide. It counts when the result is drawn up anew.
    """
    cycle = locked(enrolment.cycle)
    if cycle.results.filter(state__in=[State.ADOPTED, State.PUBLISHED]).exists():
        raise WrongState(_("Kết quả đã được thông qua nên không phân định lại nữa."))
    table = table_in_use(cycle)
    if table is None or VOTE not in table.ties:
        raise WrongState(_("Bảng điểm của năm không phân định bằng số phiếu của hội nghị."))
    if not one_line(basis):
        raise Invalid(_("Hãy ghi số, ngày của biên bản bỏ phiếu."), field="basis")
    if not 0 <= votes <= MOST_VOTES:
        raise Invalid(_("Số phiếu không hợp lệ."), field="votes")
    told = {"votes": votes, "basis": one_line(basis), "by": by.user, "at": clock.now()}
    vote, _made = TieVote.objects.update_or_create(enrolment=enrolment, defaults=told)
    unit = enrolment.organization.name
    chain = chain_of_bloc(cycle.bloc_id)
    record("tie.settled", by=by, on=cycle, chain=chain, unit=unit, votes=votes, basis=basis)
    return vote


@deed()
def settle_ties(votes: Mapping[Enrolment, int], *, by: Acting, basis: str) -> list[TieVote]:
    """Note the votes of all members that stood in one ballot, by one paper."""
    if len(votes) < 2:
        raise Invalid(_("Phân định cần ít nhất hai đơn vị bằng nhau."))
    return [settle_tie(one, by=by, votes=count, basis=basis) for one, count in votes.items()]
