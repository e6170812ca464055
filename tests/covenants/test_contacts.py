"""Heads without an account: whose address is vouched for, and when a link may be made."""

from datetime import timedelta

import pytest

from tests import factories as make
from tests.covenants.links import a_code, a_contact, a_link
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, OutOfTime, WrongState
from thidua.covenants.actions.by_link import sign_by_link
from thidua.covenants.actions.contacts import ContactFacts, enter_contact
from thidua.covenants.actions.linking import WrongCode, make_link
from thidua.covenants.models import Contact, SigningLink
from thidua.documents.proving import proven_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(2)


@pytest.fixture
def covenant(world):
    return make.a_frozen_covenant(world)


def test_an_address_that_the_maker_typed_is_said_to_be_newly_given(world, covenant):
    leader = world.heads[0]
    contact = a_contact(world, 1, by=leader)
    link, _token = make_link(covenant, contact, by=leader, hours=24)

    signature = sign_by_link(link, code=a_code(link), digest=link.version.digest)

    assert link.is_newly_given
    assert "chưa được" in proven_of(signature).sentence
    assert {
        e.facts["given"] for e in Entry.objects.filter(code__in=["link.made", "link.used"])
    } == {"địa chỉ mới ghi"}


@pytest.mark.parametrize(
    ("who", "is_new"), [("officer", False), ("board", False), ("leader", True)]
)
def test_who_entered_the_address_decides_whether_it_is_vouched_for(world, covenant, who, is_new):
    unit = world.members[1]
    unit.keeper = world.body
    unit.save()
    people = {
        "officer": make.officer(unit),
        "board": world.board,
        "leader": make.officer(world.members[0]),
    }
    contact = a_contact(world, 1, by=people[who])

    link, _token = make_link(covenant, contact, by=world.heads[0], hours=24)

    assert link.is_newly_given is is_new


def test_one_address_stands_once_for_a_unit_and_looks_like_one(world):
    a_contact(world, 1)
    with pytest.raises(AlreadyDone):
        a_contact(world, 1)


def test_hours_are_those_offered(world, covenant):
    with pytest.raises(Invalid):
        a_link(world, covenant, hours=10_000)


def test_a_link_is_made_only_while_the_round_takes_signatures(world, covenant):
    contact = a_contact(world, 1)
    with clock.at(clock.now() + timedelta(days=1)), pytest.raises(OutOfTime):
        make_link(covenant, contact, by=world.heads[0], hours=24)

    assert not SigningLink.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (ContactFacts(" ", "Chủ tịch", "a@b.example"), "name"),
        (ContactFacts("Lê Ví Dụ", " ", "a@b.example"), "post"),
        (ContactFacts("Lê Ví Dụ", "Chủ tịch", "không phải địa chỉ"), "address"),
    ],
)
def test_name_post_and_address_are_needed(world, facts, field):
    with pytest.raises(Invalid) as refused:
        enter_contact(world.members[1], facts, by=world.heads[1])

    assert refused.value.field == field
    assert not Contact.objects.exists()


def test_a_link_waits_for_its_turn_too(world):
    covenant = make.a_round_in_order(world, [0, 1])
    link, _token = a_link(world, covenant)

    with pytest.raises(WrongState, match="đang đến lượt"):
        sign_by_link(link, code=a_code(link), digest=link.version.digest)

    link.refresh_from_db()
    assert link.used_at is None


def test_without_a_code_nothing_is_signed(world, covenant):
    link, _token = a_link(world, covenant)

    with pytest.raises(WrongCode, match="Chưa có mã"):
        sign_by_link(link, code="000000", digest=link.version.digest)
