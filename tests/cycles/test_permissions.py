"""Who may see and run a year: the predicate, and the queryset that is its twin."""

from datetime import date

import pytest

from tests import factories as make
from thidua.accounts.acting import NOBODY
from thidua.cycles.actions.members import hand_lead, leave_cycle
from thidua.cycles.queries import cycles_for

pytestmark = pytest.mark.django_db
ACTS = ("view", "follow", "edit", "schedule", "manage", "lead", "prepare")


def cast_of(world):
    """Return one of each role, by name."""
    leader = world.members[0]
    return {
        "visitor": NOBODY,
        "stranger": make.a_visitor_with_account(),
        "other board": make.board(make.an_organization(kind="board")),
        "board": world.board,
        "leader": world.heads[0],
        "leader's officer": make.officer(leader),
        "deputy": world.heads[1],
        "member": world.heads[2],
        "secretary": make.a_person_for(leader, "secretary", bloc=world.bloc, year=world.cycle.year),
        "other year's secretary": make.a_person_for(
            make.an_organization(), "secretary", bloc=world.bloc, year=world.cycle.year - 1
        ),
    }


def rights(acting, cycle):
    return {act for act in ACTS if acting.has_perm(f"cycles.{act}_cycle", cycle)}


@pytest.mark.parametrize("is_open", [True, False])
def test_what_is_found_is_what_may_be_seen_for_every_role(is_open):
    world = make.a_bloc(3, is_open=is_open)
    cycle = world.fresh_cycle()

    for name, acting in cast_of(world).items():
        found = cycles_for(acting).filter(pk=cycle.pk).exists()
        assert found == acting.has_perm("cycles.view_cycle", cycle), name
        assert found or not is_open, name


def test_each_role_has_its_rights_in_an_open_year():
    world = make.a_bloc(3)
    cast, cycle = cast_of(world), world.fresh_cycle()
    runs = {"view", "follow", "edit", "prepare"}

    assert {name: rights(acting, cycle) for name, acting in cast.items()} == {
        "visitor": {"view"},
        "stranger": {"view"},
        "other board": {"view"},
        "board": {"view", "follow", "edit", "schedule", "manage"},
        "leader": runs | {"schedule", "lead"},
        "leader's officer": runs,
        "deputy": runs,
        "member": {"view", "follow"},
        "secretary": runs,
        "other year's secretary": {"view"},
    }


def test_where_nobody_leads_the_board_does():
    world = make.a_bloc(2, leader=False)

    assert rights(world.board, world.fresh_cycle()) == set(ACTS)


def test_who_left_follows_still_and_runs_nothing():
    world = make.a_bloc(3, year=2026)
    leave_cycle(world.enrolments[0], by=world.board, on=date(2026, 5, 1), reason="sáp nhập")

    assert rights(world.heads[0], world.fresh_cycle()) == {"view", "follow"}


def test_the_lead_passes_on_at_once():
    world = make.a_bloc(3)
    hand_lead(world.cycle, by=world.board, leaders=[world.enrolments[2]], deputies=[])

    cycle = world.fresh_cycle()

    assert "lead" in rights(world.heads[2], cycle)
    assert rights(world.heads[0], cycle) == {"view", "follow"}
