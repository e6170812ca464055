"""Movements: entering, correcting, taking up for a year, joining; and what is refused."""

from datetime import date

import pytest

from tests import factories as make
from thidua.audit.queries import trail_of
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import close_cycle, copy_cycle
from thidua.movements.actions import (
    MovementFacts,
    adopt_movement,
    drop_movement,
    edit_movement,
    join_movement,
    launch_movement,
    rewrite_plan,
)
from thidua.movements.models import Adoption, Movement, Participation
from thidua.movements.queries import adoptable
from thidua.targets.actions.drafting import TargetFacts, begin_set, write_target

pytestmark = pytest.mark.django_db
FACTS = {"name": "Dân vận khéo", "level": "central"}


@pytest.fixture
def world():
    return make.a_bloc(3, year=2026)


def launch(world, **facts):
    told = MovementFacts(**{**FACTS, **facts})
    return launch_movement(told, by=world.board, owner=world.body)


def refused(refusal, call, *args, field=None, **options):
    """Call, expect the refusal, and return its sentence."""
    with pytest.raises(refusal) as caught:
        call(*args, **options)
    assert caught.value.field == field
    return caught.value.sentence


def test_a_movement_keeps_what_its_paper_tells(world):
    movement = launch(
        world,
        launcher="Thủ tướng Chính phủ",
        decision_number="QĐ 1/QĐ-TTg",
        decision_on=date(2019, 1, 2),
        first_year=2019,
        last_year=2025,
    )

    movement.refresh_from_db()
    assert movement.decision_on == date(2019, 1, 2)
    assert movement.period == "2019 - 2025"
    assert [e.code for e in trail_of(movement)] == ["movement.launched"]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (None, None, "không nêu"),
        (2025, None, "từ năm 2025"),
        (None, 2025, "đến năm 2025"),
        (2025, 2025, "2025"),
        (2019, 2025, "2019 - 2025"),
    ],
)
def test_the_period_is_said_as_far_as_it_is_known(first, last, said):
    assert Movement(first_year=first, last_year=last).period == said


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " \u00a0 "}, "name"),
        ({"first_year": 1900}, "first_year"),
        ({"last_year": 3000}, "last_year"),
        ({"first_year": 2025, "last_year": 2019}, "last_year"),
        ({"level": "bloc"}, "bloc"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(world, facts, field):
    refused(Invalid, launch, world, **facts, field=field)

    assert not Movement.objects.exists()


def test_the_same_movement_is_entered_once(world):
    launch(world, name="Dân vận khéo", first_year=2021, last_year=2025)

    refused(
        AlreadyDone,
        launch,
        world,
        name=" Dân  vận khéo ",
        first_year=2021,
        last_year=2025,
        field="name",
    )
    launch(world, first_year=2026, last_year=2030)
    assert Movement.objects.count() == 2


def test_a_correction_keeps_the_former_name_in_the_trail(world):
    movement = launch(world)

    edit_movement(movement, MovementFacts(name="Dân vận khéo mới", level="central"), by=world.board)

    entry = trail_of(movement).first()
    assert (entry.code, entry.facts["before"]) == ("movement.edited", "Dân vận khéo")


def test_a_correction_cannot_make_it_another_movement(world):
    launch(world, name="Phong trào khác")
    movement = launch(world)

    facts = MovementFacts(name="Phong trào khác", level="central")
    refused(AlreadyDone, edit_movement, movement, facts, by=world.board, field="name")


def test_a_movement_does_not_hang_on_itself_even_through_others(world):
    above = launch(world, name="Trên")
    below = launch(world, name="Dưới", parent=above)

    facts = MovementFacts(name="Trên", level="central", parent=below)
    refused(Invalid, edit_movement, above, facts, by=world.board, field="parent")


def test_the_year_takes_movements_up_in_order_one_linked_to_another(world):
    first = adopt_movement(world.cycle, launch(world, name="Một"), by=world.heads[0])
    second = adopt_movement(
        world.cycle, launch(world, name="Hai"), by=world.heads[0], linked_to=first
    )

    assert (first.place, second.place) == (1, 2)
    assert second.linked_to == first
    assert list(adoptable(world.cycle)) == []


def test_a_movement_outside_its_period_is_not_taken_up(world):
    over = launch(world, first_year=2016, last_year=2020)

    assert over not in adoptable(world.cycle)
    refused(Invalid, adopt_movement, world.cycle, over, by=world.heads[0], field="movement")


def test_a_movement_of_another_bloc_is_not_taken_up(world):
    theirs = launch(world, level="bloc", bloc=make.a_bloc(1, year=2026).bloc)

    assert theirs not in adoptable(world.cycle)
    refused(Invalid, adopt_movement, world.cycle, theirs, by=world.heads[0], field="movement")


def test_a_movement_is_taken_up_once(world):
    movement = launch(world)
    adopt_movement(world.cycle, movement, by=world.heads[0])

    refused(AlreadyDone, adopt_movement, world.cycle, movement, by=world.heads[0], field="movement")


def test_a_link_stays_within_the_year(world):
    other = make.a_bloc(1, year=2026)
    theirs = adopt_movement(other.cycle, launch(world, name="Một"), by=other.heads[0])

    refused(
        Invalid,
        adopt_movement,
        world.cycle,
        launch(world),
        by=world.heads[0],
        linked_to=theirs,
        field="linked_to",
    )


def test_nothing_changes_in_a_closed_year(world):
    adoption = adopt_movement(world.cycle, launch(world), by=world.heads[0])
    part = join_movement(adoption, by=world.heads[2], organization=world.members[2])
    close_cycle(world.cycle, by=world.board)

    refused(WrongState, adopt_movement, world.cycle, launch(world, name="X"), by=world.heads[0])
    refused(WrongState, drop_movement, adoption, by=world.heads[0])
    refused(WrongState, join_movement, adoption, by=world.heads[1], organization=world.members[1])
    refused(WrongState, rewrite_plan, part, by=world.heads[2], plan="Khác")
    assert Adoption.objects.count() == Participation.objects.count() == 1


def test_a_movement_on_which_nothing_hangs_may_be_dropped(world):
    adoption = adopt_movement(world.cycle, launch(world), by=world.heads[0])

    drop_movement(adoption, by=world.heads[0])

    assert not Adoption.objects.exists()
    assert trail_of(world.cycle).first().code == "movement.dropped"


def test_a_movement_is_kept_while_a_member_a_link_or_a_target_hangs_on_it(world):
    leader = world.heads[0]
    joined, linked, aimed = (
        adopt_movement(world.cycle, launch(world, name=name), by=leader) for name in "ABC"
    )
    join_movement(joined, by=world.heads[1], organization=world.members[1])
    adopt_movement(world.cycle, launch(world, name="D"), by=leader, linked_to=linked)
    target_set = begin_set(world.enrolments[1], by=world.heads[1])
    write_target(target_set, TargetFacts(name="T", number=1, adoption=aimed), by=world.heads[1])

    sentences = [refused(WrongState, drop_movement, a, by=leader) for a in (joined, linked, aimed)]

    assert len(set(sentences)) == 3
    assert world.cycle.adoptions.count() == 4


def test_a_member_joins_once_with_its_plan_and_may_write_the_plan_anew(world):
    adoption = adopt_movement(world.cycle, launch(world), by=world.heads[0])
    acting, own = world.heads[2], world.members[2]

    part = join_movement(adoption, by=acting, organization=own, plan="Mỗi chi hội một mô hình")
    refused(AlreadyDone, join_movement, adoption, by=acting, organization=own)
    rewrite_plan(part, by=acting, plan="Mỗi chi hội hai mô hình")

    part.refresh_from_db()
    assert part.plan == "Mỗi chi hội hai mô hình"
    assert [e.code for e in trail_of(world.cycle)][:2] == [
        "movement.plan_written",
        "movement.joined",
    ]


def test_only_who_takes_part_in_the_year_joins(world):
    adoption = adopt_movement(world.cycle, launch(world), by=world.heads[0])
    stranger = make.a_visitor_with_account()

    refused(Invalid, join_movement, adoption, by=stranger, organization=stranger.organization)


def test_who_has_left_neither_joins_nor_plans(world):
    adoption = adopt_movement(world.cycle, launch(world), by=world.heads[0])
    acting, own = world.heads[2], world.members[2]
    part = join_movement(adoption, by=acting, organization=own)
    leave_cycle(world.enrolments[2], by=world.board, on=date(2026, 6, 1), reason="Sáp nhập")

    refused(WrongState, rewrite_plan, part, by=acting, plan="Khác")
    part.delete()
    refused(Invalid, join_movement, adoption, by=acting, organization=own)


def test_a_copied_year_takes_along_what_still_runs(world):
    on = adopt_movement(world.cycle, launch(world, name="Còn", last_year=2030), by=world.heads[0])
    adopt_movement(world.cycle, launch(world, name="Hết", last_year=2026), by=world.heads[0])
    adopt_movement(world.cycle, launch(world, name="Gắn"), by=world.heads[0], linked_to=on)

    new = copy_cycle(world.cycle, by=world.board, year=2027)

    copied = list(new.adoptions.select_related("movement", "linked_to__movement"))
    assert [str(a) for a in copied] == ["Còn", "Gắn"]
    assert copied[1].linked_to == copied[0]
