"""The signing round beside signing itself: declining, reminding, declaring in force, leaving."""

from datetime import timedelta
from typing import Any

import pytest

from tests import factories as make
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, NoRight, WrongState
from thidua.covenants.actions.signing import (
    declare_in_force,
    decline_covenant,
    remind_unsigned,
)
from thidua.covenants.models import Covenant, Declaration
from thidua.covenants.queries import parties_of
from thidua.cycles.actions.members import leave_cycle
from thidua.notifications.models import Notice

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def covenant(world):
    return make.a_frozen_covenant(world)


def decline(covenant: Covenant, acting: make.Acting, **told: Any) -> object:
    """Decline for the organisation worked for."""
    facts = {"organization_id": acting.organization_id, "reason": "Chỉ tiêu cao", **told}
    return decline_covenant(covenant, by=acting, **facts)


def after_the_round() -> object:
    """Let the clock stand on the day after the one set for signing."""
    return clock.at(clock.now() + TOMORROW)


def test_who_declines_says_why_and_may_sign_afterwards(world, covenant):
    decline(covenant, world.heads[1])
    told = Notice.objects.filter(user=world.heads[0].user, sentence__contains="đã ghi lý do")
    assert told.count() == 1

    make.sign(covenant, world.heads[1])

    party = parties_of(make.reread(covenant))[1]
    assert party.signature is not None
    assert party.decline.reason == "Chỉ tiêu cao"


def test_declining_needs_a_reason_and_is_kept_once(world, covenant):
    """a form sent twice: declining."""
    with pytest.raises(Invalid) as refused:
        decline(covenant, world.heads[1], reason=" \n")
    assert refused.value.field == "reason"
    decline(covenant, world.heads[1])

    with pytest.raises(AlreadyDone, match="đã ghi lý do"):
        decline(covenant, world.heads[1])


def test_who_has_signed_does_not_decline(world, covenant):
    make.sign(covenant, world.heads[1])

    with pytest.raises(AlreadyDone, match="đã ký"):
        decline(covenant, world.heads[1])


def test_nobody_declines_for_another_or_without_the_right(world, covenant):
    """signing for another organization: nor declining."""
    with pytest.raises(NoRight):
        decline(covenant, world.heads[1], organization_id=world.members[2].pk)
    with pytest.raises(NoRight):
        decline(covenant, make.officer(world.members[1]))


def test_nobody_declines_what_is_in_force(world):
    covenant = make.in_force(world)

    with pytest.raises(WrongState):
        decline(covenant, world.heads[1])


def test_those_who_have_not_signed_are_reminded_once_a_day(world, covenant):
    make.sign(covenant, world.heads[1])

    assert remind_unsigned(covenant, by=world.heads[0]) == 2
    with pytest.raises(AlreadyDone, match="Hôm nay"):
        remind_unsigned(covenant, by=world.heads[0])
    with after_the_round():
        assert remind_unsigned(covenant, by=world.heads[0]) == 2

    reminded = Notice.objects.filter(sentence__startswith="Nhắc:").values_list("user", flat=True)
    assert world.heads[1].user.pk not in reminded


def test_a_draft_has_nobody_to_remind(world):
    covenant = make.a_frozen_covenant(world)
    for head in world.heads:
        make.sign(covenant, head)

    with pytest.raises(WrongState):
        remind_unsigned(covenant, by=world.heads[0])


def test_it_is_declared_in_force_naming_who_has_not_signed_and_why(world, covenant):
    make.sign(covenant, world.heads[0])
    reasons = {world.members[1].pk: "Lãnh đạo đi công tác", world.members[2].pk: "Chờ Ban họp"}

    with after_the_round():
        declare_in_force(covenant, by=world.heads[0], reasons=reasons)

    covenant = make.reread(covenant)
    assert covenant.state == Covenant.State.IN_FORCE
    missing = covenant.declaration.missing.values_list("organization_name", "reason")
    assert dict(missing) == {o.name: reasons[o.pk] for o in world.members[1:]}


def test_a_late_signature_shows_as_late(world, covenant):
    make.sign(covenant, world.heads[0])
    reasons = {o.pk: "Chưa họp" for o in world.members[1:]}
    with after_the_round():
        declare_in_force(covenant, by=world.heads[0], reasons=reasons)

        signature = make.sign(covenant, world.heads[2])

    assert signature.is_late
    assert make.reread(covenant).state == Covenant.State.IN_FORCE
    assert Entry.objects.filter(code="covenant.in_force").count() == 1


def test_it_is_not_declared_in_force_before_the_day_is_over(world, covenant):
    make.sign(covenant, world.heads[0])

    with pytest.raises(WrongState, match="hết hạn ký"):
        declare_in_force(covenant, by=world.heads[0], reasons={})

    assert not Declaration.objects.exists()


def test_what_nobody_signed_is_not_declared_in_force(world, covenant):
    with after_the_round(), pytest.raises(WrongState, match="Chưa đơn vị nào ký"):
        declare_in_force(covenant, by=world.heads[0], reasons={})


def test_each_missing_member_needs_a_reason(world, covenant):
    make.sign(covenant, world.heads[0])

    with after_the_round(), pytest.raises(Invalid) as refused:
        declare_in_force(covenant, by=world.heads[0], reasons={world.members[1].pk: "Bận"})

    assert refused.value.field == f"reason_{world.members[2].pk}"
    assert not Declaration.objects.exists()


def test_declaring_twice_is_refused(world, covenant):
    """a form sent twice: declaring in force."""
    make.sign(covenant, world.heads[0])
    reasons = {o.pk: "Chưa họp" for o in world.members[1:]}

    with after_the_round():
        declare_in_force(covenant, by=world.heads[0], reasons=reasons)
        with pytest.raises(WrongState):
            declare_in_force(covenant, by=world.heads[0], reasons=reasons)

    assert Declaration.objects.count() == 1


def test_the_last_one_awaited_leaving_puts_it_in_force(world, covenant):
    """a member that leaves between freezing and signing: the last one awaited."""
    make.sign(covenant, world.heads[0])
    make.sign(covenant, world.heads[1])

    leave_cycle(world.enrolments[2], by=world.board, on=clock.today(), reason="giải thể")

    covenant = make.reread(covenant)
    assert covenant.state == Covenant.State.IN_FORCE
    assert [p.enrolment.organization for p in parties_of(covenant)] == world.members[:2]


def test_a_member_that_signed_and_left_stays_beside_its_signature(world, covenant):
    """a member that leaves between freezing and signing: or after having signed."""
    make.sign(covenant, world.heads[2])

    leave_cycle(world.enrolments[2], by=world.board, on=clock.today(), reason="giải thể")

    party = parties_of(make.reread(covenant))[2]
    assert party.signature is not None
    assert party.enrolment.left_on == clock.today()
    assert not party.is_due


def test_everybody_leaving_unsigned_puts_nothing_in_force(world, covenant):
    """a member that leaves between freezing and signing: here all of them."""
    for enrolment in world.enrolments:
        leave_cycle(enrolment, by=world.board, on=clock.today(), reason="giải thể")

    assert make.reread(covenant).state == Covenant.State.SIGNING
