"""Cross-checks: in turn and by hand, and whoever is kept from checking."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import factories as make
from tests.scoring.factories import a_table, card_of, sheet_of
from tests.scoring.factories import given as marks_for
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, NoRight, WrongState
from thidua.cycles.actions.members import leave_cycle
from thidua.notifications.models import Notice
from thidua.scoring.actions.adoption import set_layers
from thidua.scoring.actions.checks import (
    assign_check,
    assign_in_turn,
    declare_conflict,
    open_sheet,
    unassign_check,
)
from thidua.scoring.actions.marking import save_marks
from thidua.scoring.models import Conflict, Layer, Sheet
from thidua.scoring.sheets import scorers_of
from thidua.scoring.turns import mutual, turns


@st.composite
def blocs(draw):
    """Draw members, how many check each, who is kept apart, who was assigned by hand."""
    members = list(range(draw(st.integers(2, 30))))
    each = draw(st.integers(1, min(4, len(members) - 1)))
    pairs = st.tuples(st.sampled_from(members), st.sampled_from(members)).filter(
        lambda pair: pair[0] != pair[1]
    )
    apart = draw(st.sets(pairs, max_size=len(members)))
    have = draw(st.sets(pairs, max_size=len(members) // 2)) - apart
    return members, each, apart, have


@given(blocs())
@settings(max_examples=60, deadline=None)
def test_everyone_is_checked_by_so_many_others_and_nobody_by_themselves(bloc):
    members, each, apart, have = bloc

    plan = turns(members, each, apart, have)

    free = {m: [o for o in members if o != m and (m, o) not in apart] for m in members}
    if plan is None:
        assert any(len(free[m]) < each for m in members)
        return
    whole = plan | have
    assert not plan & have
    assert not plan & apart
    assert all(checked != checker for checked, checker in whole)
    by_hand = {m: sum(checked == m for checked, _c in have) for m in members}
    assert {m: sum(p[0] == m for p in whole) for m in members} == {
        m: max(each, by_hand[m]) for m in members
    }


@pytest.mark.parametrize("each", [1, 2, 3])
def test_no_two_check_each_other_where_there_is_room_for_a_ring(each):
    for count in range(2 * each + 1, 31):
        plan = turns(list(range(count)), each, set(), set())

        assert plan is not None
        assert mutual(plan) == 0
        assert {sum(c == m for _u, c in plan) for m in range(count)} == {each}


@given(
    st.integers(2, 5).flatmap(
        lambda n: st.tuples(
            st.just(n), st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)))
        )
    )
)
@settings(max_examples=60, deadline=None)
def test_of_a_few_members_no_two_check_each_other_that_need_not(told):
    count, apart = told
    orders = [
        {(m, order[m]) for m in range(count)}
        for order in permutations(range(count))
        if not any(m == order[m] or (m, order[m]) in apart for m in range(count))
    ]

    plan = turns(list(range(count)), 1, apart, set())

    if orders:
        assert plan is not None
        assert mutual(plan) == min(mutual(order) for order in orders)


@pytest.fixture
def world(db):
    world = make.a_bloc(4)
    a_table(world)
    return world


def pairs(world):
    """Return (checked, checker) as numbers of the world's members."""
    place = {member.pk: n for n, member in enumerate(world.members)}
    rows = Sheet.objects.filter(layer__kind="cross")
    return {
        (place[s.card.enrolment.organization_id], place[s.organization_id])
        for s in rows.select_related("card__enrolment")
    }


def test_checks_in_turn_are_told_to_the_checkers_and_a_second_time_add_nothing(world):
    made = assign_in_turn(world.cycle, by=world.heads[0])

    assert len(made) == len(pairs(world)) == 4
    assert mutual(pairs(world)) == 0
    assert Notice.objects.filter(about_type="scoring.sheet").count() == 4
    assert assign_in_turn(world.cycle, by=world.heads[0]) == []


def test_what_was_assigned_by_hand_counts_in_the_turn(world):
    assign_check(card_of(world, 0), world.members[1].pk, by=world.heads[0])

    assign_in_turn(world.cycle, by=world.heads[0])

    assert (0, 1) in pairs(world)
    assert len(pairs(world)) == 4
    assert mutual(pairs(world)) == 0


def test_a_turn_keeps_conflicts_apart_and_says_when_too_few_are_left(world):
    declare_conflict(world.enrolments[0], by=world.heads[1], reason="Lãnh đạo là người thân")

    assign_in_turn(world.cycle, by=world.heads[0])

    assert (0, 1) not in pairs(world)
    for number in (2, 3):
        Sheet.objects.filter(layer__kind="cross").delete()
        declare_conflict(world.enrolments[0], by=world.heads[number], reason="Người thân")
    with pytest.raises(Invalid, match="giao tay"):
        assign_in_turn(world.cycle, by=world.heads[0])
    assert pairs(world) == set()


def test_as_many_checkers_as_there_are_others_at_most(world):
    for each in (0, 4):
        with pytest.raises(Invalid) as refusal:
            assign_in_turn(world.cycle, by=world.heads[0], each=each)
        assert refusal.value.field == "each"

    assert pairs(world) == set()


def test_nobody_is_asked_to_check_whom_they_cannot(world):
    refused = {0: "tự kiểm tra chéo", 1: "đã được giao", 2: "xung đột", 3: "đang tham gia"}
    declare_conflict(world.enrolments[0], by=world.heads[2], reason="Một người đứng đầu cả hai")
    leave_cycle(world.enrolments[3], by=world.board, on=clock.today(), reason="Sáp nhập")
    assign_check(card_of(world, 0), world.members[1].pk, by=world.heads[0])

    for checker, sentence in refused.items():
        with pytest.raises((Invalid, AlreadyDone), match=sentence):
            assign_check(card_of(world, 0), world.members[checker].pk, by=world.heads[0])

    assert pairs(world) == {(0, 1)}


def test_a_year_without_the_layer_has_no_checks(world):
    set_layers(world.cycle, ["self", "lead"], by=world.heads[0])

    with pytest.raises(WrongState):
        assign_in_turn(world.cycle, by=world.heads[0])


def test_a_check_is_taken_back_only_before_anything_was_marked_in_it(world):
    assign_in_turn(world.cycle, by=world.heads[0])
    sheet = sheet_of(world, 0, Layer.Kind.CROSS)
    checker = next(h for h in world.heads if h.organization_id == sheet.organization_id)
    save_marks(sheet, marks_for(sheet, {"I.1": 30}), by=checker)

    with pytest.raises(WrongState):
        unassign_check(sheet, by=world.heads[0])
    with pytest.raises(WrongState):
        unassign_check(sheet_of(world, 1), by=world.heads[0])
    unassign_check(sheet_of(world, 1, Layer.Kind.CROSS), by=world.heads[0])

    assert len(pairs(world)) == 3


def test_a_conflict_drops_the_check_and_closes_one_that_was_begun(world):
    for member in (0, 2):
        assign_check(card_of(world, member), world.members[1].pk, by=world.heads[0])
    begun = sheet_of(world, 2, Layer.Kind.CROSS)
    marks = marks_for(begun, {"I.1": 30})
    save_marks(begun, marks, by=world.heads[1])

    declare_conflict(world.enrolments[0], by=world.heads[1], reason="Người thân")
    declare_conflict(world.enrolments[2], by=world.heads[1], reason="Người thân")

    assert pairs(world) == {(2, 1)}
    with pytest.raises(WrongState, match="xung đột lợi ích"):
        save_marks(begun, marks, by=world.heads[1])


def test_a_conflict_is_ones_own_has_a_reason_and_is_declared_once(world):
    wrong = [
        (world.heads[1], " ", Invalid),
        (world.heads[0], "Với chính mình", Invalid),
        (world.board, "Không tham gia", NoRight),
    ]
    for by, reason, error in wrong:
        with pytest.raises(error):
            declare_conflict(world.enrolments[0], by=by, reason=reason)
    assert not Conflict.objects.exists()

    declare_conflict(world.enrolments[0], by=world.heads[1], reason="Người thân")
    with pytest.raises(AlreadyDone):
        declare_conflict(world.enrolments[0], by=world.heads[1], reason="Người thân")


def test_nobody_appraises_their_own_card(world):
    leader, deputy, board = world.members[0].pk, world.members[1].pk, world.body.pk
    asked = {
        (2, "lead"): leader,
        (1, "lead"): leader,
        (0, "lead"): deputy,
        (2, "meeting"): leader,
        (0, "meeting"): deputy,
        (0, "board"): board,
    }
    for (member, kind), scorer in asked.items():
        card = card_of(world, member)
        card.enrolment.cycle = world.cycle
        assert scorers_of(card, kind) == [scorer]


def test_a_layer_is_begun_only_by_whoever_marks_it(world):
    set_layers(world.cycle, list(Layer.Kind.values), by=world.board)
    for member, kind, by in ((0, "lead", 0), (2, "lead", 1), (2, "board", 0), (2, "cross", 0)):
        card = card_of(world, member)
        card.enrolment.cycle = world.fresh_cycle()
        with pytest.raises(NoRight):
            open_sheet(card, kind, by=world.heads[by])

    assert not Sheet.objects.exclude(layer__kind="self").exists()


@pytest.mark.django_db
def test_in_a_year_without_leader_the_managing_bodys_board_appraises():
    world = make.a_bloc(2, leader=False)
    a_table(world)
    card = card_of(world, 0)
    card.enrolment.cycle = world.fresh_cycle()

    with pytest.raises(NoRight):
        open_sheet(card, "lead", by=make.head(world.body))
    sheet = open_sheet(card, "lead", by=world.board)

    assert sheet.organization_id == world.body.pk
