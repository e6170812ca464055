"""Who signs in the head's place in one round: named, shown, and gone with the round."""

from datetime import timedelta

import pytest

from tests import factories as make
from tests.kept import kept
from thidua.accounts.acting import acting_of
from thidua.accounts.models import Appointment
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, NoRight, OutOfTime
from thidua.covenants.actions.freezing import unfreeze_covenant
from thidua.covenants.actions.substituting import StandIn, drop_substitute, name_substitute
from thidua.covenants.models import Covenant, Substitute
from thidua.covenants.queries import parties_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(2)


@pytest.fixture
def covenant(world):
    return make.a_frozen_covenant(world)


@pytest.fixture
def deputy(world):
    """Somebody who works for the second member as its officer."""
    return make.officer(world.members[1])


@kept
def named(world, covenant, deputy, **terms) -> Substitute:
    """Let the second member's head name the deputy."""
    terms = {"manner": "KT.", "post": "Phó Chủ tịch", **terms}
    stand_in = StandIn(user=make.user_of(deputy), **terms)
    return name_substitute(covenant, stand_in, by=world.heads[1])


def test_the_one_named_signs_in_that_capacity_and_the_right_ends_with_it(world, covenant, deputy):
    named(world, covenant, deputy)
    party = parties_of(make.reread(covenant))[1]
    assert party.substitute is not None
    assert party.substitute.appointment.user == deputy.user

    signature = make.sign(covenant, acting_of(make.user_of(deputy)))

    assert signature.capacity_lines == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert Substitute.objects.get().ended_at is not None
    right = Appointment.objects.get(role="stand_in")
    assert not right.is_current(clock.today())


def test_a_written_authorisation_is_named_with_its_number_scope_and_days(world, covenant, deputy):
    named(world, covenant, deputy, manner="TUQ.", authorization_number="07/GUQ")

    signature = make.sign(covenant, acting_of(make.user_of(deputy)))

    assert "07/GUQ" in signature.authorization
    assert f"Ký {covenant.title}" in signature.authorization


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"post": " "}, "post"),
        ({"manner": ""}, "manner"),
        ({"manner": "TUQ."}, "authorization_number"),
    ],
)
def test_what_is_missing_is_said_and_nobody_is_named(world, covenant, deputy, terms, field):
    with pytest.raises(Invalid) as refused:
        named(world, covenant, deputy, **terms)

    assert refused.value.field == field
    assert not Substitute.objects.exists()
    assert not Appointment.objects.filter(role="stand_in").exists()


def test_another_takes_the_place_of_the_first(world, covenant, deputy):
    named(world, covenant, deputy)
    other = make.officer(world.members[1])

    named(world, covenant, other)

    assert Substitute.objects.filter(ended_at=None).get().appointment.user == other.user
    with pytest.raises(NoRight):
        make.sign(covenant, acting_of(make.user_of(deputy)))


def test_a_stand_in_who_is_there_already_keeps_the_right_after_the_round(world, covenant):
    terms = {"stands_in_for": world.heads[1].appointments[0], "post": "Phó", "manner": "KT."}
    there = make.a_person_for(world.members[1], "stand_in", **terms)
    stand_in = StandIn(appointment=there.appointments[0])

    name_substitute(covenant, stand_in, by=world.heads[1])
    make.sign(covenant, there)

    assert Appointment.objects.get(role="stand_in").is_current(clock.today())


def test_a_stand_in_of_another_organisation_is_refused(world, covenant):
    terms = {"stands_in_for": world.heads[0].appointments[0], "post": "Phó", "manner": "KT."}
    foreign = make.a_person_for(world.members[0], "stand_in", **terms)

    with pytest.raises(Invalid, match="không được giao ký thay"):
        name_substitute(covenant, StandIn(appointment=foreign.appointments[0]), by=world.heads[1])


def test_only_the_head_names_one(world, covenant, deputy):
    with pytest.raises(NoRight):
        name_substitute(covenant, StandIn(user=make.user_of(deputy)), by=deputy)


def test_after_signing_and_after_the_round_nobody_is_named(world, covenant, deputy):
    with clock.at(clock.now() + timedelta(days=1)), pytest.raises(OutOfTime):
        named(world, covenant, deputy)
    make.sign(covenant, world.heads[1])
    with pytest.raises(AlreadyDone):
        named(world, covenant, deputy)


def test_the_head_takes_it_back_and_signs(world, covenant, deputy):
    named(world, covenant, deputy)

    drop_substitute(covenant, by=world.heads[1])

    with pytest.raises(NoRight):
        make.sign(covenant, acting_of(make.user_of(deputy)))
    make.sign(covenant, world.heads[1])
    with pytest.raises(AlreadyDone):
        drop_substitute(covenant, by=world.heads[1])


def test_a_round_that_ends_ends_those_who_stood_in(world, covenant, deputy):
    named(world, covenant, deputy)

    unfreeze_covenant(covenant, by=world.heads[0], reason="sai số liệu")

    assert Substitute.objects.get().ended_at is not None
    assert not Appointment.objects.get(role="stand_in").is_current(clock.today())
    assert make.reread(covenant).state == Covenant.State.DRAFT
