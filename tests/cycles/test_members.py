"""Members of a year: joining, leaving, leading."""

from datetime import date

import pytest

from tests import factories as make
from thidua.audit.models import Entry
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.cycles.actions.members import (
    Lead,
    begin_next_year,
    hand_lead,
    join_cycle,
    join_together,
    leave_cycle,
    proposed_rotation,
    remove_member,
)
from thidua.cycles.actions.years import CycleFacts, found_cycle
from thidua.cycles.models import Cycle, Enrolment
from thidua.targets.actions.drafting import begin_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(4, year=2026)


@pytest.fixture
def draft():
    return make.a_bloc(3, year=2026, is_open=False)


def roles(world):
    return [e.role for e in world.fresh_cycle().current()]


def test_several_join_by_one_paper_in_their_order(world):
    new = [make.an_organization("Hội Ô"), make.an_organization("Hội Ă")]

    join_together(world.cycle, new, by=world.board, on=date(2026, 4, 1), basis="QĐ 9")

    joined = world.fresh_cycle().current()[4:]
    assert [(e.organization, e.place, e.join_basis) for e in joined] == [
        (new[0], 5, "QĐ 9"),
        (new[1], 6, "QĐ 9"),
    ]


def test_when_one_of_several_cannot_join_none_does(world):
    fresh = make.an_organization()

    with pytest.raises(AlreadyDone) as refusal:
        join_together(world.cycle, [fresh, world.members[0]], by=world.board)

    assert refusal.value.field == "organization"
    assert len(world.fresh_cycle().enrolments.all()) == 4
    assert Entry.objects.filter(code="member.joined").count() == 4


def test_nobody_joins_by_a_paper_that_names_nobody(world):
    with pytest.raises(Invalid):
        join_together(world.cycle, [], by=world.board)


def test_nobody_joins_after_the_year_nor_again_in_the_year_it_left(world):
    with pytest.raises(Invalid) as refusal:
        join_cycle(world.cycle, make.an_organization(), by=world.board, on=date(2027, 1, 1))
    assert refusal.value.field == "on"

    leave_cycle(world.enrolments[3], by=world.board, on=date(2026, 6, 30), reason="giải thể")
    with pytest.raises(AlreadyDone):
        join_cycle(world.cycle, world.members[3], by=world.board, on=date(2026, 7, 1))


def test_leaving_is_an_act_with_day_paper_and_reason_and_the_row_stays(world):
    leave_cycle(
        world.enrolments[3],
        by=world.board,
        on=date(2026, 7, 1),
        reason="sáp nhập tỉnh",
        basis="QĐ 1",
    )

    gone = Enrolment.objects.get(pk=world.enrolments[3].pk)
    assert (gone.left_on, gone.leave_reason, gone.leave_basis) == (
        date(2026, 7, 1),
        "sáp nhập tỉnh",
        "QĐ 1",
    )
    assert gone.organization not in [e.organization for e in world.fresh_cycle().current()]
    assert Entry.objects.get(code="member.left").facts["reason"] == "sáp nhập tỉnh"


@pytest.mark.parametrize(
    ("day", "reason", "field"),
    [(date(2025, 12, 31), "sáp nhập", "on"), (date(2026, 7, 1), "  ", "reason")],
)
def test_leaving_before_joining_or_without_a_reason_is_refused(world, day, reason, field):
    with pytest.raises(Invalid) as refusal:
        leave_cycle(world.enrolments[3], by=world.board, on=day, reason=reason)

    assert refusal.value.field == field
    assert len(world.fresh_cycle().current()) == 4


def test_one_leaves_once(world):
    leave_cycle(world.enrolments[3], by=world.board, on=date(2026, 7, 1), reason="sáp nhập")

    with pytest.raises(AlreadyDone):
        leave_cycle(world.enrolments[3], by=world.board, on=date(2026, 8, 1), reason="lần nữa")


def test_a_member_is_struck_off_only_while_the_year_is_prepared(draft, world):
    remove_member(draft.enrolments[2], by=draft.board)
    assert len(draft.fresh_cycle().current()) == 2

    with pytest.raises(WrongState):
        remove_member(world.enrolments[3], by=world.board)
    assert len(world.fresh_cycle().current()) == 4


def test_a_member_whose_work_has_begun_is_not_struck_off(draft):
    begin_set(draft.enrolments[2], by=draft.heads[2])

    with pytest.raises(WrongState):
        remove_member(draft.enrolments[2], by=draft.board)

    assert len(draft.fresh_cycle().current()) == 3
    assert Entry.objects.filter(code="member.removed").count() == 0


def test_a_year_may_have_several_leaders_or_none(world):
    a, b, c, _d = world.enrolments

    hand_lead(world.cycle, by=world.board, leaders=[a, b], deputies=[c])
    assert roles(world) == ["leader", "leader", "deputy", "member"]

    hand_lead(world.cycle, by=world.board, leaders=[], deputies=[])
    assert roles(world) == ["member"] * 4


def test_no_one_leads_and_helps_at_once_nor_reviews_itself(world):
    a, b, _c, _d = world.enrolments

    with pytest.raises(Invalid) as both:
        hand_lead(world.cycle, by=world.board, leaders=[a], deputies=[a, b])
    with pytest.raises(Invalid) as itself:
        hand_lead(world.cycle, by=world.board, leaders=[a], deputies=[], reviewer=a)

    assert (both.value.field, itself.value.field) == ("deputies", "reviewer")
    assert roles(world) == ["leader", "deputy", "member", "member"]


def test_only_who_takes_part_in_this_year_is_named(world):
    stranger = make.a_bloc(2).enrolments[0]
    leave_cycle(world.enrolments[3], by=world.board, on=date(2026, 7, 1), reason="sáp nhập")

    for named in (stranger, world.enrolments[3]):
        with pytest.raises(Invalid):
            hand_lead(world.cycle, by=world.board, leaders=[named], deputies=[])


def test_without_a_deputy_the_named_member_reviews_the_leader_else_the_board(world):
    a, _b, c, _d = world.enrolments

    hand_lead(world.cycle, by=world.board, leaders=[a], deputies=[], reviewer=c)
    cycle = world.fresh_cycle()
    assert cycle.reviewers_of(cycle.current()[0]) == [c]

    hand_lead(world.cycle, by=world.board, leaders=[a], deputies=[])
    cycle = world.fresh_cycle()
    assert cycle.reviewers_of(cycle.current()[0]) == []


def test_the_deputy_is_proposed_to_lead_and_the_next_in_the_list_to_help(world):
    a, b, c, d = world.enrolments
    assert proposed_rotation(world.cycle) == ([b], [c])

    hand_lead(world.cycle, by=world.board, leaders=[c], deputies=[d])
    assert proposed_rotation(world.fresh_cycle()) == ([d], [a])


@pytest.mark.parametrize(("members", "expected"), [(1, ([0], [])), (2, ([1], [0]))])
def test_the_proposal_holds_in_the_smallest_blocs(members, expected):
    world = make.a_bloc(members)
    leaders, deputies = (
        [world.enrolments.index(e) for e in named] for named in proposed_rotation(world.cycle)
    )

    assert (leaders, deputies) == expected


def test_the_next_year_begins_with_its_lead_in_one_deed(world):
    _a, b, c, d = world.enrolments

    new = begin_next_year(world.cycle, Lead([b], [c], reviewer=d), by=world.board, year=2027)

    assert [(e.role, e.reviews_leader) for e in new.enrolments.all()] == [
        ("member", False),
        ("leader", False),
        ("deputy", False),
        ("member", True),
    ]
    assert roles(world) == ["leader", "deputy", "member", "member"]


def test_a_next_year_with_a_lead_that_cannot_be_is_not_begun_at_all(world):
    a = world.enrolments[0]

    with pytest.raises(Invalid):
        begin_next_year(world.cycle, Lead([a], [a]), by=world.board, year=2027)
    leave_cycle(world.enrolments[3], by=world.board, on=date(2026, 7, 1), reason="sáp nhập")
    with pytest.raises(Invalid):
        begin_next_year(world.cycle, Lead([world.enrolments[3]], []), by=world.board, year=2027)

    assert [c.year for c in Cycle.objects.filter(bloc=world.bloc)] == [2026]


def test_a_role_is_held_for_one_year_and_not_for_ever(world):
    new = found_cycle(world.bloc, by=world.board, year=2027, facts=CycleFacts())

    joined = join_cycle(new, world.members[0], by=world.board)

    assert joined.role == Enrolment.Role.MEMBER
