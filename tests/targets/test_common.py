"""Common targets: setting them, and what the members' parts come to."""

from datetime import date

import pytest

from tests import factories as make
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import close_cycle
from thidua.targets.actions.drafting import (
    TargetFacts,
    begin_set,
    set_common_target,
    write_target,
)
from thidua.targets.models import CommonTarget
from thidua.targets.queries import overview_of, shares_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(3, year=2026)


def facts(**told):
    return TargetFacts(**{"name": "Kết nạp hội viên", "unit": "hội viên", "number": 5, **told})


def refused(refusal, call, *args, field=None, **options):
    """Call, expect the refusal, and return its sentence."""
    with pytest.raises(refusal) as caught:
        call(*args, **options)
    assert caught.value.field == field
    return caught.value.sentence


def test_a_common_target_is_set_once_while_the_year_runs(world):
    set_common_target(world.cycle, facts(), by=world.heads[0])

    refused(AlreadyDone, set_common_target, world.cycle, facts(), by=world.heads[0], field="name")
    refused(
        Invalid,
        set_common_target,
        world.cycle,
        facts(number=None),
        by=world.heads[0],
        field="number",
    )
    close_cycle(world.cycle, by=world.board)
    refused(WrongState, set_common_target, world.cycle, facts(name="X"), by=world.heads[0])
    assert CommonTarget.objects.count() == 1


def test_the_parts_of_members_come_to_the_common_number(world):
    shared = set_common_target(world.cycle, facts(number=100), by=world.heads[0])
    sets = [
        begin_set(enrolment, by=acting)
        for enrolment, acting in zip(world.enrolments, world.heads, strict=True)
    ]
    for target_set, acting, number in zip(sets, world.heads, (60, 30, 20), strict=True):
        write_target(target_set, facts(number=number, common=shared), by=acting)

    [share] = shares_of(world.cycle)
    assert (share.promised, share.is_reached) == (110, True)

    leave_cycle(world.enrolments[2], by=world.board, on=date(2026, 5, 1), reason="Sáp nhập")
    [share] = shares_of(world.cycle)
    assert (share.promised, share.is_reached) == (90, False)
    assert set(overview_of(world.cycle)) == {e.pk for e in world.enrolments}


@pytest.mark.parametrize(
    ("unit", "direction", "parts", "promised", "is_reached"),
    [
        ("căn", "exactly", (60, 50), 110, False),
        ("căn", "exactly", (60, 40), 100, True),
        ("căn", "less", (60, 50), 110, False),
        ("căn", "less", (60, 30), 90, True),
        ("%", "more", (100, 90), 90, False),
        ("%", "less", (100, 90), 100, True),
        ("căn", "more", (), 0, False),
    ],
)
def test_rates_are_compared_and_all_else_is_added(
    world, unit, direction, parts, promised, is_reached
):
    told = {"unit": unit, "direction": direction}
    shared = set_common_target(world.cycle, facts(number=100, **told), by=world.heads[0])
    for number, enrolment, acting in zip(parts, world.enrolments, world.heads, strict=False):
        target_set = begin_set(enrolment, by=acting)
        write_target(target_set, facts(number=number, common=shared, **told), by=acting)

    [share] = shares_of(world.cycle)

    assert (share.promised, share.is_reached) == (promised, is_reached)
