"""What happens at the same instant before a hall: real threads, each with its own connection."""

import pytest

from tests import factories as make
from tests.ceremonies.halls import a_hall, opened
from tests.covenants.test_races import at_once
from thidua.audit.models import Entry
from thidua.ceremonies.actions.hosting import close_ceremony
from thidua.ceremonies.models import Ceremony
from thidua.ceremonies.queries import lights_of, pulse_of
from thidua.core.errors import AlreadyDone

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_hosts_that_open_at_the_same_instant_share_one_ceremony():
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)

    refusals = at_once(
        lambda: opened(covenant, world.heads[0]), lambda: opened(covenant, world.board)
    )

    assert sorted(type(refusal) for refusal in refusals if refusal) == [AlreadyDone]
    assert Ceremony.objects.count() == 1
    assert Entry.objects.filter(code="ceremony.opened").count() == 1


def test_members_that_sign_while_the_host_closes_all_count_and_the_screen_shows_them():
    hall = a_hall(3)

    refusals = at_once(
        lambda: make.sign(hall.covenant, hall.world.heads[1]),
        lambda: make.sign(hall.covenant, hall.world.heads[2]),
        lambda: close_ceremony(hall.ceremony, by=hall.host),
    )

    assert refusals == [None, None, None]
    pulse = pulse_of(hall.ceremony.address)
    lights = list(lights_of(pulse).values())
    assert [light is not None for light in lights] == [False, True, True]
