"""The old leader hands a year over; from the day named it only reads, in that year alone."""

from datetime import date, timedelta

import pytest

from tests.factories import a_bloc, a_person_for, an_organization, head
from thidua.accounts.models import Appointment
from thidua.core import clock
from thidua.core.errors import Invalid, WrongState
from thidua.handovers.actions import (
    HandoverFacts,
    OpenWork,
    hand_over,
    prepare_handover,
    receive_handover,
    take_back_handover,
)
from thidua.handovers.models import Handover
from thidua.handovers.queries import handovers_for, next_leader
from thidua.notifications.models import Notice

pytestmark = pytest.mark.django_db
LAST_DAY = timedelta(days=10)


@pytest.fixture
def world():
    return a_bloc(3, year=2026)


def prepared(world, *, receiver=1, reads_from=None, notes="Chìa khóa tủ hồ sơ ở văn phòng."):
    day = reads_from or clock.today() + LAST_DAY
    facts = HandoverFacts(world.members[receiver], day, notes)
    return prepare_handover(world.cycle, facts, by=world.heads[0])


def handed(world, **facts):
    left = [OpenWork("Công bố kết quả", date(2026, 12, 31))]
    return hand_over(prepared(world, **facts), by=world.heads[0], open_work=left)


def test_the_next_leader_is_offered_as_the_receiver(world):
    assert next_leader(world.fresh_cycle()) == world.members[1]


def test_what_was_prepared_can_be_changed_until_it_is_handed_over(world):
    first = prepared(world)
    again = prepared(world, receiver=2, notes="Viết lại.")

    assert (again.pk, again.receiver, again.notes) == (first.pk, world.members[2], "Viết lại.")
    hand_over(again, by=world.heads[0])
    with pytest.raises(WrongState):
        prepared(world)


@pytest.mark.parametrize("who", ["giver", "stranger"])
def test_only_another_unit_of_the_bloc_receives(world, who):
    receiver = {"giver": world.members[0], "stranger": an_organization()}[who]
    facts = HandoverFacts(receiver, clock.today())
    with pytest.raises(Invalid) as refusal:
        prepare_handover(world.cycle, facts, by=world.heads[0])
    assert refusal.value.field == "receiver"
    assert not Handover.objects.exists()


def test_a_day_that_has_passed_is_refused_also_when_it_passed_since(world):
    with pytest.raises(Invalid):
        prepared(world, reads_from=clock.today() - timedelta(days=1))
    waiting = prepared(world)
    with (
        clock.at(clock.today() + LAST_DAY + timedelta(days=1)),
        pytest.raises(Invalid) as refusal,
    ):
        hand_over(waiting, by=world.heads[0])
    assert refusal.value.field == "reads_from"


def test_what_was_open_is_kept_and_everybody_is_told(world):
    handover = handed(world)

    assert handover.left_open == [{"title": "Công bố kết quả", "due": "2026-12-31", "note": ""}]
    told = Notice.objects.filter(sentence__contains="bàn giao").values_list(
        "organization", "about_type"
    )
    assert set(told) == {
        (world.members[1].pk, "handovers.handover"),
        (world.members[2].pk, "cycles.cycle"),
    }


def test_the_old_leader_leads_until_the_day_and_only_reads_from_then_on(world):
    handed(world)
    old, day = world.heads[0], clock.today() + LAST_DAY

    cycle = world.fresh_cycle()
    assert old.has_perm("cycles.lead_cycle", cycle)
    with clock.at(day - timedelta(days=1)):
        assert old.has_perm("cycles.lead_cycle", cycle)
    with clock.at(day):
        names = ("lead", "prepare", "edit", "schedule")
        assert not any(old.has_perm(f"cycles.{name}_cycle", cycle) for name in names)
        assert old.has_perm("cycles.follow_cycle", cycle)
        assert old.has_perm("handovers.view_handover", Handover.objects.get())


def test_the_board_leads_what_is_left_and_answers_the_members(world):
    handed(world)
    cycle = world.fresh_cycle()
    with clock.at(clock.today() + LAST_DAY):
        assert world.board.has_perm("cycles.lead_cycle", cycle)
        assert cycle.reviewers_of(world.enrolments[2]) == []


def test_the_old_leader_keeps_its_rights_in_another_year(world):
    handed(world)
    other = a_bloc(2, year=2027)
    with clock.at(clock.today() + LAST_DAY):
        assert other.heads[0].has_perm("cycles.lead_cycle", other.fresh_cycle())
        assert not world.heads[0].has_perm("cycles.lead_cycle", world.fresh_cycle())


def test_a_secretary_of_the_old_leader_only_reads_with_it(world):
    year = {"bloc": world.bloc, "year": world.cycle.year}
    secretary = a_person_for(world.members[0], Appointment.Role.SECRETARY, **year)
    handed(world)
    cycle = world.fresh_cycle()
    assert secretary.has_perm("cycles.prepare_cycle", cycle)
    with clock.at(clock.today() + LAST_DAY):
        assert not secretary.has_perm("cycles.prepare_cycle", cycle)
        assert secretary.has_perm("cycles.follow_cycle", cycle)


def test_a_handover_is_taken_back_until_it_was_received(world):
    handover = handed(world)
    back = take_back_handover(handover, by=world.heads[0])
    assert (back.state, back.left_open, world.fresh_cycle().leader_reads_from) == (
        "draft",
        [],
        None,
    )

    again = hand_over(back, by=world.heads[0])
    receive_handover(again, by=world.heads[1], remark="Thiếu biên bản sơ kết.")
    with pytest.raises(WrongState, match="đã xác nhận"):
        take_back_handover(again, by=world.heads[0])


def test_two_who_receive_at_once_receive_once(world):
    handover = handed(world)
    receive_handover(handover, by=world.heads[1])
    with pytest.raises(WrongState):
        receive_handover(handover, by=world.heads[1])


def test_who_may_do_what(world):
    draft = prepared(world)
    stranger = head(an_organization())
    may = {
        "view": [world.heads[0], world.heads[1], world.board],
        "hand": [world.heads[0]],
        "receive": [],
    }
    everyone = [*world.heads, world.board, stranger]
    for name, those in may.items():
        found = [who for who in everyone if who.has_perm(f"handovers.{name}_handover", draft)]
        assert found == those, name

    made = hand_over(draft, by=world.heads[0])
    made.cycle = world.fresh_cycle()
    receiving = [w for w in everyone if w.has_perm("handovers.receive_handover", made)]
    assert receiving == [world.heads[1]]


def test_what_one_may_see_is_what_one_finds(world):
    handover = handed(world, receiver=2)
    handover.cycle = world.fresh_cycle()
    for who in [*world.heads, world.board, head(an_organization())]:
        may = who.has_perm("handovers.view_handover", handover)
        assert handovers_for(who).filter(pk=handover.pk).exists() == may
