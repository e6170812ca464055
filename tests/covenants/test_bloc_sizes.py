"""A covenant in blocs of every size and with every way of being led."""

import pytest

from tests import factories as make
from thidua.covenants.actions.signing import remind_unsigned
from thidua.covenants.models import Covenant
from thidua.covenants.queries import parties_of, unsigned_members
from thidua.cycles.models import Enrolment
from thidua.organizations.models import Organization

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("members", "facts"),
    [(1, {}), (2, {"deputy": False}), (2, {"kind": "cum"}), (3, {"deputy": False})],
)
def test_a_small_bloc_signs_to_the_last_and_is_in_force(members, facts):
    """a bloc with one member, with no deputy, with 200."""
    world = make.a_bloc(members, **facts)

    covenant = make.in_force(world)

    assert covenant.state == Covenant.State.IN_FORCE
    assert len(parties_of(covenant)) == members


def test_where_nobody_leads_the_board_runs_the_round():
    """a bloc with one member, with no deputy, with 200: and with no leader at all."""
    world = make.a_bloc(2, leader=False)
    world.heads.insert(0, world.board)
    covenant = make.a_frozen_covenant(world)

    assert world.board.has_perm("covenants.declare_covenant", covenant)
    for head in world.heads[1:]:
        make.sign(covenant, head)

    assert make.reread(covenant).state == Covenant.State.IN_FORCE


def test_a_bloc_of_two_hundred_is_frozen_reminded_and_signed():
    """a bloc with one member, with no deputy, with 200."""
    world = make.a_bloc(5)
    more_members(world, 195)
    covenant = make.a_frozen_covenant(world)
    assert "\n200. Đơn vị thứ 195\n" in covenant.version.text

    for head in world.heads:
        make.sign(covenant, head)

    covenant = make.reread(covenant)
    assert len(unsigned_members(covenant)) == 195
    assert remind_unsigned(covenant, by=world.heads[0]) == 195


def more_members(world: make.World, count: int) -> None:
    """Let ``count`` more organisations take part, written at once: by actions it takes long."""
    there = world.enrolments[0]
    new = Organization.objects.bulk_create(
        Organization(name=f"Đơn vị thứ {n}", kind="social", level="province")
        for n in range(1, count + 1)
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            cycle=world.cycle,
            organization=organization,
            place=place,
            joined_on=there.joined_on,
        )
        for place, organization in enumerate(new, 100)
    )
