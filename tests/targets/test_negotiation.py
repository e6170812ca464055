"""Between the member and its reviewer: send, take back, answer, accept, lock; and refusals."""

from datetime import date

import pytest

from tests import factories as make
from tests.kept import kept
from thidua.audit.queries import trail_of
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, OutOfTime, WrongState
from thidua.cycles.actions.members import hand_lead, leave_cycle
from thidua.cycles.actions.years import act_on_phase, close_cycle, set_phase
from thidua.notifications.models import Notice
from thidua.targets.actions.drafting import TargetFacts, begin_set, write_target
from thidua.targets.actions.negotiation import (
    accept_proposal,
    answer_target,
    finish_answers,
    send_set,
    take_back_set,
)
from thidua.targets.models import Answer, TargetSet
from thidua.targets.queries import sets_for

pytestmark = pytest.mark.django_db
State = TargetSet.State


@pytest.fixture
def world():
    return make.a_bloc(3, year=2026)


@pytest.fixture
@kept
def sent(world):
    """A member's set of two targets, sent."""
    target_set = make.a_target_set(world)
    told = TargetFacts(name="Mô hình mới", unit="mô hình", number=2)
    write_target(target_set, told, by=world.heads[2])
    send_set(target_set, by=world.heads[2])
    return TargetSet.objects.get(pk=target_set.pk)


def refused(refusal, call, *args, field=None, **options):
    """Call, expect the refusal, and return its sentence."""
    with pytest.raises(refusal) as caught:
        call(*args, **options)
    assert caught.value.field == field
    return caught.value.sentence


def told(acting):
    return list(Notice.objects.filter(user=acting.user).values_list("sentence", flat=True))


def test_sending_is_kept_and_told_to_the_leader(world, sent):
    assert sent.state == State.SENT
    assert [(s.is_late, s.takes_back) for s in sent.sendings.all()] == [(False, False)]
    assert len(told(world.heads[0])) == 1
    assert told(world.heads[1]) == []


def test_an_empty_registration_is_not_sent(world):
    draft = begin_set(world.enrolments[2], by=world.heads[2])

    refused(Invalid, send_set, draft, by=world.heads[2])


def test_a_registration_is_sent_once(world, sent):
    """A form sent twice: a set sent twice."""
    refused(AlreadyDone, send_set, sent, by=world.heads[2])

    assert sent.sendings.count() == 1


def test_past_its_due_day_it_is_late_and_after_the_close_it_is_refused(world):
    phase = set_phase(
        world.cycle,
        by=world.board,
        kind="registration",
        opens_on=date(2026, 2, 1),
        due_on=date(2026, 3, 1),
        closes_on=date(2026, 3, 31),
    )
    one, two, three = (make.a_target_set(world, member) for member in range(3))

    with clock.at(date(2026, 1, 31)):
        refused(OutOfTime, send_set, one, by=world.heads[0])
    with clock.at(date(2026, 3, 1)):
        assert not send_set(one, by=world.heads[0]).sendings.get().is_late
    with clock.at(date(2026, 3, 2)):
        assert send_set(two, by=world.heads[1]).sendings.get().is_late
    with clock.at(date(2026, 4, 1)):
        refused(OutOfTime, send_set, three, by=world.heads[2])
        act_on_phase(phase, by=world.board, opens=True, reason="Chờ đơn vị mới")
        assert send_set(three, by=world.heads[2]).sendings.get().is_late


def test_what_was_sent_is_taken_back_until_somebody_answers(world, sent):
    take_back_set(sent, by=world.heads[2])
    sent.refresh_from_db()
    assert sent.state == State.DRAFT
    send_set(sent, by=world.heads[2])
    answer_target(sent.targets.first(), by=world.heads[0], agrees=True)

    refused(WrongState, take_back_set, sent, by=world.heads[2])
    assert [s.takes_back for s in sent.sendings.all()] == [False, True, False]


def test_a_draft_is_neither_taken_back_nor_answered_nor_finished(world):
    draft = make.a_target_set(world)
    target = draft.targets.get()

    refused(WrongState, take_back_set, draft, by=world.heads[2])
    refused(WrongState, answer_target, target, by=world.heads[0], agrees=True)
    refused(WrongState, finish_answers, draft, by=world.heads[0])
    refused(WrongState, accept_proposal, target, by=world.heads[2])


@pytest.mark.parametrize(
    ("proposal", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "Ít quá", "number": 120}, "number"),
        ({"reason": "Ít quá", "number": -5}, "number"),
    ],
)
def test_a_proposal_needs_a_reason_and_a_number_that_can_be(world, sent, proposal, field):
    target = sent.targets.first()

    refused(
        Invalid, answer_target, target, by=world.heads[0], agrees=False, field=field, **proposal
    )
    assert not Answer.objects.exists()


def test_no_number_is_proposed_for_a_yes_or_no(world):
    target_set = make.a_target_set(world, number=None, direction="yes_no")
    send_set(target_set, by=world.heads[2])

    refused(
        Invalid,
        answer_target,
        target_set.targets.get(),
        by=world.heads[0],
        agrees=False,
        number=1,
        reason="Thêm",
        field="number",
    )


def test_the_round_ends_only_when_every_target_is_answered(world, sent):
    answer_target(sent.targets.first(), by=world.heads[0], agrees=True)

    sentence = refused(Invalid, finish_answers, sent, by=world.heads[0])
    assert "1 chỉ tiêu" in sentence


def test_what_is_agreed_stays_agreed_and_the_rest_returns(world, sent):
    first, second = sent.targets.all()
    answer_target(first, by=world.heads[0], agrees=True)
    answer_target(second, by=world.heads[0], agrees=False, number=3, reason="Năm trước đã 3")

    finish_answers(sent, by=world.heads[0])

    sent.refresh_from_db()
    assert sent.state == State.RETURNED
    assert [t.standing for t in sent.targets.all()] == ["agreed", "proposed"]
    assert len(told(world.heads[2])) == 1
    sentence = refused(Invalid, send_set, sent, by=world.heads[2])
    assert "Mô hình mới" in sentence


def test_accepting_every_proposal_and_sending_locks_at_once(world, sent):
    first, second = sent.targets.all()
    answer_target(first, by=world.heads[0], agrees=True)
    answer_target(second, by=world.heads[0], agrees=False, number=3, reason="Năm trước đã 3")
    finish_answers(sent, by=world.heads[0])
    refused(WrongState, accept_proposal, first, by=world.heads[2])

    accepted = accept_proposal(second, by=world.heads[2])
    refused(WrongState, accept_proposal, second, by=world.heads[2])
    locked = send_set(sent, by=world.heads[2])

    assert (accepted.number, accepted.revision) == (3, 2)
    assert locked.state == State.LOCKED
    assert len(locked.digest) == 64
    assert trail_of(sent).first().facts == {"digest": locked.digest}


def test_a_proposal_without_a_number_is_met_by_writing_the_target_anew(world, sent):
    first, second = sent.targets.all()
    answer_target(first, by=world.heads[0], agrees=True)
    answer_target(second, by=world.heads[0], agrees=False, reason="Nói rõ mô hình gì")
    finish_answers(sent, by=world.heads[0])

    refused(WrongState, accept_proposal, second, by=world.heads[2])
    told = TargetFacts(name="Mô hình dân vận khéo", unit="mô hình", number=2)
    write_target(sent, told, by=world.heads[2], target=second)

    send_set(sent, by=world.heads[2])
    assert [t.standing for t in sent.targets.all()] == ["agreed", "waiting"]


def test_an_answer_to_what_has_changed_meanwhile_is_refused(world, sent):
    """Answering a revision that has changed meanwhile."""
    target = sent.targets.first()
    take_back_set(sent, by=world.heads[2])
    told = TargetFacts(name=target.name, unit=target.unit, number=10)
    write_target(sent, told, by=world.heads[2], target=target)
    send_set(sent, by=world.heads[2])

    refused(WrongState, answer_target, target, by=world.heads[0], agrees=True, revision=1)
    assert not Answer.objects.exists()
    answer_target(target, by=world.heads[0], agrees=True, revision=2, answers=0)


def test_of_two_people_who_answer_at_once_the_second_is_told(world, sent):
    target = sent.targets.first()
    other = make.head(world.members[0], post="Phó Chủ tịch")
    seen = {"revision": 1, "answers": 0}
    answer_target(target, by=world.heads[0], agrees=True, **seen)

    refused(
        WrongState,
        answer_target,
        target,
        by=other,
        agrees=False,
        reason="Ít quá",
        number=150,
        **seen,
    )
    assert target.answers.count() == 1


def test_the_same_answer_sent_twice_counts_once(world, sent):
    """A form sent twice."""
    target = sent.targets.first()
    told = {"agrees": False, "reason": "Ít quá", "number": 150}
    answer_target(target, by=world.heads[0], **told)

    refused(AlreadyDone, answer_target, target, by=world.heads[0], **told)
    answer_target(target, by=world.heads[0], agrees=True, revision=1, answers=1)
    assert sent.targets.first().standing == "agreed"


def test_nothing_moves_once_the_member_has_left_or_the_year_is_closed(world, sent):
    target = sent.targets.first()
    leave_cycle(world.enrolments[2], by=world.board, on=date(2026, 5, 1), reason="Sáp nhập")

    refused(WrongState, answer_target, target, by=world.heads[0], agrees=True)
    refused(WrongState, take_back_set, sent, by=world.heads[2])
    refused(WrongState, finish_answers, sent, by=world.heads[0])
    other = make.a_target_set(world, 1)
    close_cycle(world.cycle, by=world.board)
    refused(WrongState, send_set, other, by=world.heads[1])


@pytest.mark.parametrize(
    ("deputies", "reviewer", "who"),
    [([1], None, "deputy"), ([], 2, "named"), ([], None, "board")],
)
def test_nobody_answers_their_own_targets(world, deputies, reviewer, who):
    hand_lead(
        world.cycle,
        by=world.board,
        leaders=[world.enrolments[0]],
        deputies=[world.enrolments[n] for n in deputies],
        reviewer=world.enrolments[reviewer] if reviewer else None,
    )
    mine = make.a_target_set(world, 0)
    expected = {"deputy": world.heads[1], "named": world.heads[2], "board": world.board}[who]

    may = [
        acting
        for acting in [*world.heads, world.board]
        if acting.has_perm("targets.answer_targetset", sets_for(acting).get(pk=mine.pk))
    ]

    assert may == [expected]


def test_only_the_year_sees_a_registration(world, sent):
    stranger = make.a_visitor_with_account()

    for acting, sees in [(h, True) for h in (*world.heads, world.board)] + [(stranger, False)]:
        assert sets_for(acting).filter(pk=sent.pk).exists() is sees
        assert acting.has_perm("targets.view_targetset", sent) is sees
