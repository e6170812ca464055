"""A round signed in order: who may sign when, who is told, and a turn that passes on."""

from datetime import timedelta

import pytest

from tests import factories as make
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.covenants.actions.freezing import freeze_covenant, unfreeze_covenant
from thidua.covenants.actions.reminding import remind_unsigned
from thidua.covenants.actions.running import extend_round
from thidua.covenants.actions.signing import declare_in_force, decline_covenant
from thidua.covenants.actions.turns import pass_turn
from thidua.covenants.models import Covenant, PassedTurn, Turn
from thidua.covenants.queries import parties_of
from thidua.covenants.rounds import awaited_now, current_turn, turns_of
from thidua.cycles.actions.members import leave_cycle
from thidua.documents.models import Signature
from thidua.notifications.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def covenant(world):
    """A round in which the leader signs last: second member, third, leader."""
    return make.a_round_in_order(world, [1, 2, 0])


def told_of_turn(acting: make.Acting) -> int:
    """Return how often the head was told that it is their turn."""
    return Notice.objects.filter(user=make.user_of(acting), sentence__startswith="Đến lượt").count()


def whose(covenant: Covenant) -> int | None:
    """Return the enrolment whose turn it is."""
    covenant = make.reread(covenant)
    turn = current_turn(turns_of(covenant), parties_of(covenant))
    return turn.enrolment_id if turn else None


def test_each_signs_in_its_turn_and_the_last_puts_it_in_force(world, covenant):
    for member in (1, 2, 0):
        assert whose(covenant) == world.enrolments[member].pk
        make.sign(covenant, world.heads[member])

    assert make.reread(covenant).state == Covenant.State.IN_FORCE
    assert [told_of_turn(head) for head in world.heads] == [1, 1, 1]


def test_before_its_turn_a_member_is_told_whose_turn_it_is_and_nothing_is_signed(world, covenant):
    with pytest.raises(WrongState, match=f"đang đến lượt {world.members[1].name}"):
        make.sign(covenant, world.heads[0])

    assert not Signature.objects.exists()
    assert not Entry.objects.filter(code="covenant.signed").exists()
    assert told_of_turn(world.heads[0]) == 0


def test_all_together_is_usual_and_knows_no_turns(world):
    covenant = make.a_frozen_covenant(world)

    make.sign(covenant, world.heads[2])

    assert not covenant.is_in_turn
    assert not Turn.objects.exists()


@pytest.mark.parametrize("order", [[0, 1], [0, 1, 1], [0, 1, 2, 2]])
def test_the_order_names_every_member_once(world, order):
    ids = [world.enrolments[n].pk for n in order]
    covenant = make.a_draft_covenant(world)

    with pytest.raises(Invalid, match="mỗi đơn vị một lần"):
        freeze_covenant(covenant, by=world.heads[0], sign_by=clock.today(), order=ids)

    assert make.reread(covenant).state == Covenant.State.CIRCULATED
    assert not Turn.objects.exists()


def test_a_turn_passes_on_with_a_reason_and_its_member_may_still_sign(world, covenant):
    passed = pass_turn(
        covenant, world.enrolments[1], by=world.heads[0], reason="Chủ tịch đi công tác"
    )

    assert passed.turn.enrolment == world.enrolments[1]
    assert whose(covenant) == world.enrolments[2].pk
    assert told_of_turn(world.heads[2]) == 1
    entry = Entry.objects.get(code="covenant.turn_passed")
    assert entry.facts["reason"] == "Chủ tịch đi công tác"
    make.sign(covenant, world.heads[2])
    make.sign(covenant, world.heads[1])
    make.sign(covenant, world.heads[0])
    assert make.reread(covenant).state == Covenant.State.IN_FORCE


def test_a_declined_turn_does_not_block_for_ever(world, covenant):
    decline_covenant(
        covenant, by=world.heads[1], organization_id=world.members[1].pk, reason="Chỉ tiêu cao"
    )
    with pytest.raises(WrongState):
        make.sign(covenant, world.heads[2])

    pass_turn(covenant, world.enrolments[1], by=world.heads[0], reason="Đã từ chối")

    make.sign(covenant, world.heads[2])
    assert whose(covenant) == world.enrolments[0].pk


def test_only_the_turn_that_has_come_is_passed_on_once_and_with_a_reason(world, covenant):
    with pytest.raises(Invalid):
        pass_turn(covenant, world.enrolments[1], by=world.heads[0], reason=" ")
    with pytest.raises(WrongState, match="Không phải"):
        pass_turn(covenant, world.enrolments[2], by=world.heads[0], reason="Vắng")
    pass_turn(covenant, world.enrolments[1], by=world.heads[0], reason="Vắng")
    with pytest.raises(AlreadyDone):
        pass_turn(covenant, world.enrolments[1], by=world.heads[0], reason="Vắng")

    assert PassedTurn.objects.count() == 1


def test_where_all_sign_together_there_is_no_turn_to_pass(world):
    covenant = make.a_frozen_covenant(world)

    with pytest.raises(WrongState, match="cùng ký"):
        pass_turn(covenant, world.enrolments[1], by=world.heads[0], reason="Vắng")


def test_a_member_that_leaves_gives_its_turn_to_the_next(world, covenant):
    """a member that leaves between freezing and signing: in its turn."""
    leave_cycle(world.enrolments[1], by=world.board, on=clock.today(), reason="giải thể")

    assert whose(covenant) == world.enrolments[2].pk
    assert told_of_turn(world.heads[2]) == 1


def test_only_those_who_could_sign_are_reminded(world, covenant):
    assert [e.pk for e in awaited_now(make.reread(covenant))] == [world.enrolments[1].pk]

    assert remind_unsigned(covenant, by=world.heads[0]) == 1

    with pytest.raises(WrongState, match="chưa đến lượt"):
        remind_unsigned(covenant, by=world.heads[0], only=world.enrolments[2])


def test_once_it_is_declared_in_force_late_members_sign_in_any_order(world, covenant):
    make.sign(covenant, world.heads[1])
    with clock.at(clock.now() + timedelta(days=1)):
        reasons = {world.members[0].pk: "Vắng", world.members[2].pk: "Vắng"}
        declare_in_force(covenant, by=world.heads[0], reasons=reasons)

        assert make.sign(covenant, world.heads[0]).is_late


def test_opening_the_text_again_forgets_the_order(world, covenant):
    unfreeze_covenant(covenant, by=world.heads[0], reason="sai số liệu")

    assert make.reread(covenant).is_in_turn is False
    again = freeze_covenant(make.reread(covenant), by=world.heads[0], sign_by=clock.today())
    make.sign(again, world.heads[0])


def test_an_expired_turn_waits_for_the_leader_who_may_extend_or_pass_on(world, covenant):
    with clock.at(clock.now() + timedelta(days=1)):
        pass_turn(covenant, world.enrolments[1], by=world.heads[0], reason="Hết hạn")
        until = clock.today() + timedelta(days=3)
        extend_round(covenant, by=world.heads[0], sign_by=until, reason="Chờ hai đơn vị")

        make.sign(covenant, world.heads[2])

    assert whose(covenant) == world.enrolments[0].pk
