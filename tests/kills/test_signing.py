"""A covenant is being signed while the web server, or the database under it, is killed.

Afterwards each signature is there whole or not at all, what was answered with success is there,
the trail verifies, and the round goes on.
"""

import threading
import time
from collections import Counter

import pytest
from django.db import connection

from tests import factories as make
from tests.kills.house import House, moment, victims, wait_for
from tests.kills.rounds import Round
from thidua.audit.models import Entry
from thidua.covenants.models import Covenant
from thidua.documents.models import Signature


def a_round(house: House) -> Round:
    """Freeze a covenant and sign its three heads in."""
    house.start_web()
    world = make.a_bloc(3)
    covenant = make.a_frozen_covenant(world)
    people = {}
    for unit, head in zip(world.members, world.heads, strict=True):
        people[unit.pk] = house.visitor()
        people[unit.pk].sign_in(make.user_of(head).username, make.PASSWORD)
    return Round(covenant, people, "covenants:sign", {"password": make.PASSWORD})


@pytest.fixture(scope="session")
def longest(house_of: House) -> float:
    """Return the seconds that three people need to sign where nothing is killed."""
    rehearsal = a_round(house_of)
    started = time.monotonic()
    rehearsal.all_sign()
    assert len(rehearsal.signed) == 3
    return time.monotonic() - started


def must_be_whole(house: House, happening: Round) -> None:
    """Assert that each signature is complete or absent, and each that was told of is there."""
    house.must_be_sound()
    covenant = make.reread(happening.covenant)
    assert covenant.version is not None
    signatures = Signature.objects.filter(version=covenant.version)
    units = {signature.organization_id for signature in signatures}
    told = Entry.objects.filter(
        code="covenant.signed", subject_type="covenants.covenant", subject_id=covenant.pk
    )
    assert happening.signed <= units, "a signature that was acknowledged is lost"
    assert Counter(told.values_list("organization_id", flat=True)) == Counter(units)
    assert {signature.digest for signature in signatures} <= {covenant.version.digest}
    assert (covenant.state == Covenant.State.IN_FORCE) == (len(units) == 3)


@victims("web", "database")
def test_a_signature_is_whole_or_absent_after_a_kill(house, victim, round_number, longest):
    """“A worker killed in the middle”, and likewise web server and database, of signing."""
    happening = a_round(house)
    signing = threading.Thread(target=happening.all_sign)
    signing.start()
    if round_number % 2:  # anywhere, else among the last two signatures
        time.sleep(moment(round_number, longest))
    else:
        wait_for(lambda: happening.signed or not signing.is_alive(), "the first signature")
        time.sleep(moment(round_number, longest / 10))
    house.kill(victim)
    signing.join()

    must_be_whole(house, happening)
    house.start_web()
    happening.all_sign()
    connection.close()
    must_be_whole(house, happening)
    assert make.reread(happening.covenant).state == Covenant.State.IN_FORCE
