"""A year is founded, opened, closed, opened again, archived; its phases; a copy of it."""

from datetime import date

import pytest

from tests import factories as make
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.cycles.actions.members import join_cycle, leave_cycle
from thidua.cycles.actions.years import (
    CycleFacts,
    act_on_phase,
    archive_cycle,
    close_cycle,
    copy_cycle,
    drop_phase,
    edit_cycle,
    found_cycle,
    open_cycle,
    reopen_cycle,
    set_phase,
)
from thidua.cycles.models import Cycle, Phase
from thidua.movements.actions import adopt_movement

pytestmark = pytest.mark.django_db
Standing = Phase.Standing


@pytest.fixture
def world():
    return make.a_bloc(3, year=2026)


def standing(world, kind, day):
    with clock.at(day):
        return world.fresh_cycle().phase(kind).standing()


def test_two_years_of_a_bloc_are_open_at_once(world):
    new = found_cycle(world.bloc, by=world.board, year=2027, facts=CycleFacts())
    join_cycle(new, world.members[0], by=world.board)

    open_cycle(new, by=world.board)

    assert [c.state for c in world.bloc.cycles.all()] == [Cycle.State.OPEN, Cycle.State.OPEN]


@pytest.mark.parametrize("year", [1947, 2200, 10**30, -1])
def test_a_year_out_of_all_reason_is_refused(world, year):
    with pytest.raises(Invalid) as refusal:
        found_cycle(world.bloc, by=world.board, year=year, facts=CycleFacts())

    assert refusal.value.field == "year"


def test_a_bloc_has_each_year_once(world):
    with pytest.raises(AlreadyDone) as refusal:
        found_cycle(world.bloc, by=world.board, year=2026, facts=CycleFacts())

    assert refusal.value.field == "year"


def test_a_year_without_members_does_not_open(world):
    empty = found_cycle(world.bloc, by=world.board, year=2027, facts=CycleFacts())

    with pytest.raises(Invalid):
        open_cycle(empty, by=world.board)

    assert Cycle.objects.get(pk=empty.pk).state == Cycle.State.DRAFT


def test_nothing_in_a_closed_year_changes(world):
    close_cycle(world.cycle, by=world.board)

    for change in (
        lambda: edit_cycle(world.cycle, CycleFacts(theme="Khác"), by=world.board),
        lambda: set_phase(world.cycle, by=world.board, kind="covenant", opens_on=date(2026, 1, 1)),
        lambda: drop_phase(world.cycle, by=world.board, kind="covenant"),
        lambda: join_cycle(world.cycle, make.an_organization(), by=world.board),
        lambda: leave_cycle(
            world.enrolments[2], by=world.board, on=date(2026, 5, 1), reason="sáp nhập"
        ),
    ):
        with pytest.raises(WrongState):
            change()

    assert world.fresh_cycle().theme == "Đoàn kết"
    assert len(world.fresh_cycle().current()) == 3


def test_a_closed_year_opens_again_only_with_a_reason_and_an_archived_one_never(world):
    close_cycle(world.cycle, by=world.board)
    with pytest.raises(Invalid) as refusal:
        reopen_cycle(world.cycle, by=world.board, reason=" ")
    assert refusal.value.field == "reason"

    reopen_cycle(world.cycle, by=world.board, reason="khép nhầm")
    close_cycle(world.cycle, by=world.board)
    archive_cycle(world.cycle, by=world.board)

    with pytest.raises(WrongState):
        reopen_cycle(world.cycle, by=world.board, reason="lại nhầm")
    assert Entry.objects.get(code="cycle.reopened").facts == {"reason": "khép nhầm"}


@pytest.mark.parametrize("act", [open_cycle, archive_cycle])
def test_an_open_year_neither_opens_nor_goes_to_the_archive(world, act):
    with pytest.raises(WrongState):
        act(world.cycle, by=world.board)


def test_a_phase_is_late_after_its_day_until_it_closes(world):
    set_phase(
        world.cycle,
        by=world.board,
        kind="registration",
        opens_on=date(2026, 2, 1),
        due_on=date(2026, 3, 15),
        closes_on=date(2026, 3, 20),
    )

    days = [date(2026, 1, 31), date(2026, 3, 15), date(2026, 3, 16), date(2026, 3, 21)]
    assert [standing(world, "registration", day) for day in days] == [
        Standing.UPCOMING,
        Standing.OPEN,
        Standing.LATE,
        Standing.CLOSED,
    ]


def test_phases_overlap_and_the_same_phase_is_set_anew_not_twice(world):
    for kind in ("registration", "covenant", "covenant"):
        set_phase(world.cycle, by=world.board, kind=kind, opens_on=date(2026, 2, 1))

    phases = world.fresh_cycle().phases.all()
    assert sorted(p.kind for p in phases) == ["covenant", "registration"]


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"due_on": date(2026, 1, 31)}, "due_on"),
        ({"closes_on": date(2026, 1, 31)}, "closes_on"),
        ({"due_on": date(2026, 3, 1), "closes_on": date(2026, 2, 15)}, "closes_on"),
    ],
)
def test_days_out_of_order_are_refused_beside_their_field(world, days, field):
    with pytest.raises(Invalid) as refusal:
        set_phase(world.cycle, by=world.board, kind="covenant", opens_on=date(2026, 2, 1), **days)

    assert refusal.value.field == field
    assert world.fresh_cycle().phase("covenant") is None


def test_the_last_act_by_hand_wins_over_the_days(world):
    phase = set_phase(
        world.cycle,
        by=world.board,
        kind="covenant",
        opens_on=date(2026, 2, 1),
        closes_on=date(2026, 2, 28),
    )

    with clock.at(date(2026, 3, 5)):
        act_on_phase(phase, by=world.board, opens=True, reason="hội nghị hoãn")
        phase = world.fresh_cycle().phase("covenant")
        assert phase.standing() == Standing.OPEN
        with pytest.raises(AlreadyDone):
            act_on_phase(phase, by=world.board, opens=True, reason="gửi hai lần")
        with pytest.raises(Invalid):
            act_on_phase(phase, by=world.board, opens=False, reason=" ")
        with pytest.raises(WrongState):
            drop_phase(world.cycle, by=world.board, kind="covenant")

    (act,) = phase.acts.all()
    assert (act.opens, act.organization) == (True, world.body)


def test_a_phase_nobody_touched_by_hand_is_left_out_again(world):
    set_phase(world.cycle, by=world.board, kind="interim", opens_on=date(2026, 6, 1))

    drop_phase(world.cycle, by=world.board, kind="interim")
    drop_phase(world.cycle, by=world.board, kind="interim")

    assert world.fresh_cycle().phase("interim") is None
    assert Entry.objects.filter(code="phase.dropped").count() == 1


def test_a_copy_takes_members_roles_rules_and_what_still_runs_but_no_theme(world):
    edit_cycle(world.cycle, CycleFacts(theme="Đoàn kết", regulation="Điều 1"), by=world.board)
    set_phase(
        world.cycle,
        by=world.board,
        kind="registration",
        opens_on=date(2024, 2, 29),
        due_on=date(2026, 3, 15),
    )
    for name, last in (("Còn", 2030), ("Hết", 2026)):
        movement = make.a_movement(world, name, first_year=2021, last_year=last)
        adopt_movement(world.cycle, movement, by=world.board)
    leave_cycle(world.enrolments[2], by=world.board, on=date(2026, 5, 1), reason="sáp nhập")

    new = copy_cycle(world.fresh_cycle(), by=world.board, year=2027)

    assert [(e.organization, e.role) for e in new.enrolments.all()] == [
        (world.members[0], "leader"),
        (world.members[1], "deputy"),
    ]
    (phase,) = new.phases.all()
    assert (phase.opens_on, phase.due_on) == (date(2025, 2, 28), date(2027, 3, 15))
    assert (new.theme, new.regulation, new.copied_from) == ("", "Điều 1", world.cycle)
    assert [a.movement.name for a in new.adoptions.all()] == ["Còn"]


def test_a_copy_goes_into_a_later_year_that_is_not_there_yet(world):
    with pytest.raises(Invalid):
        copy_cycle(world.cycle, by=world.board, year=2026)
    copy_cycle(world.cycle, by=world.board, year=2027)
    with pytest.raises(AlreadyDone):
        copy_cycle(world.cycle, by=world.board, year=2027)
