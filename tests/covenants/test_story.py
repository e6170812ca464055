"""The whole first half of a year, through the actions alone."""

import pytest

from tests import factories as make
from thidua.audit.verification import verify
from thidua.covenants.models import Covenant
from thidua.targets.models import TargetSet

pytestmark = pytest.mark.django_db


def test_the_last_signature_puts_the_covenant_in_force_and_the_trail_holds():
    world = make.a_bloc(3)
    for member in range(3):
        assert make.a_locked_set(world, member).state == TargetSet.State.LOCKED

    covenant = make.a_frozen_covenant(world)
    make.sign(covenant, world.heads[0])
    make.sign(covenant, world.heads[1])
    assert make.reread(covenant).state == Covenant.State.SIGNING

    make.sign(covenant, world.heads[2])

    covenant = make.reread(covenant)
    assert covenant.state == Covenant.State.IN_FORCE
    assert "Kết nạp hội viên: ít nhất 120 hội viên" in covenant.version.text
    count, faults = verify([covenant.version.chain_head])
    assert faults == []
    assert count > 20
