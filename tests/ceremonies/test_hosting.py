"""What a host does, and every way in which it is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.ceremonies.halls import a_hall, opened
from thidua.audit.models import Entry
from thidua.ceremonies.actions.hosting import (
    begin_ceremony,
    call_member,
    close_ceremony,
    darken_screen,
    open_ceremony,
)
from thidua.ceremonies.models import Ceremony
from thidua.ceremonies.queries import pulse_of, seats_of, with_parts
from thidua.core import clock
from thidua.core.errors import AlreadyDone, WrongState
from thidua.covenants.actions.freezing import amend_covenant, freeze_covenant, unfreeze_covenant
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import close_cycle

pytestmark = pytest.mark.django_db


def codes() -> list[str]:
    """Return what was recorded of ceremonies and rehearsals, in order."""
    found = Entry.objects.filter(code__regex="^(ceremony|rehearsal)").order_by("pk")
    return list(found.values_list("code", flat=True))


def test_a_ceremony_is_opened_begun_and_closed_and_each_is_recorded_on_the_covenant():
    hall = a_hall()

    close_ceremony(hall.ceremony, by=hall.host)

    assert hall.again().state == Ceremony.State.CLOSED
    assert hall.again().host == hall.host.user
    assert codes() == ["ceremony.opened", "ceremony.begun", "ceremony.closed"]
    subjects = Entry.objects.filter(code__startswith="ceremony.").values_list("subject_type")
    assert set(subjects) == {("covenants.covenant",)}


def test_each_screen_has_an_address_that_nobody_guesses():
    one, other = a_hall(begun=False), a_hall(begun=False)

    assert one.ceremony.address != other.ceremony.address
    assert len(one.ceremony.address) >= 22


@pytest.mark.parametrize("step", ["draft", "in force", "superseded"])
def test_only_a_covenant_that_is_being_signed_has_a_ceremony(step):
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    if step == "draft":
        unfreeze_covenant(covenant, by=world.heads[0], reason="sửa lỗi")
    else:
        make.sign(covenant, world.heads[0])
    if step == "in force":
        make.sign(covenant, world.heads[1])
    if step == "superseded":
        amend_covenant(covenant, by=world.heads[0], reason="đổi chỉ tiêu")

    with pytest.raises(WrongState, match="Chỉ mở lễ ký khi giao ước đang ký"):
        opened(covenant, world.heads[0])

    assert not Ceremony.objects.exists()
    assert codes() == []


def test_a_round_that_is_over_is_extended_before_a_ceremony_opens():
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    tomorrow = clock.now() + timedelta(days=1)

    with clock.at(tomorrow), pytest.raises(WrongState, match="Hãy gia hạn trước"):
        opened(covenant, world.heads[0])

    with clock.at(tomorrow):
        assert opened(covenant, world.heads[0], is_rehearsal=True).is_rehearsal


def test_a_version_other_than_the_one_that_was_shown_is_not_opened():
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    shown = covenant.version_id
    unfreeze_covenant(covenant, by=world.heads[0], reason="sửa lỗi")
    freeze_covenant(covenant, by=world.heads[0], sign_by=clock.today())

    with pytest.raises(WrongState, match="vừa được chốt lại"):
        open_ceremony(covenant, by=world.heads[0], version_id=shown)

    assert not Ceremony.objects.exists()


def test_a_covenant_has_one_open_ceremony_and_whoever_comes_second_is_told_whose_it_is():
    hall = a_hall()

    with pytest.raises(AlreadyDone, match=hall.host.actor_name):
        opened(hall.covenant, hall.world.board)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ceremony.objects.create(
            covenant=hall.covenant,
            version=hall.covenant.version,
            address="khác",
            opened_at=clock.now(),
        )

    assert Ceremony.objects.count() == 1


def test_a_rehearsal_is_closed_before_the_real_ceremony_opens():
    hall = a_hall(is_rehearsal=True)

    with pytest.raises(AlreadyDone, match="kết thúc diễn tập trước"):
        opened(hall.covenant, hall.host)
    close_ceremony(hall.ceremony, by=hall.host)

    assert not opened(hall.covenant, hall.host).is_rehearsal


def test_a_ceremony_that_was_closed_takes_no_more_acts():
    hall = a_hall()
    close_ceremony(hall.ceremony, by=hall.host)

    for act in (begin_ceremony, call_member, close_ceremony):
        with pytest.raises((WrongState, AlreadyDone), match="đã kết thúc"):
            act(hall.ceremony, by=hall.host)

    assert codes() == ["ceremony.opened", "ceremony.begun", "ceremony.closed"]


def test_a_ceremony_begins_once():
    hall = a_hall()

    with pytest.raises(WrongState):
        begin_ceremony(hall.ceremony, by=hall.host)

    assert codes().count("ceremony.begun") == 1


@pytest.mark.parametrize("change", ["opened again", "amended"])
def test_a_screen_stops_when_its_text_is_signed_no_more_and_can_only_be_closed(change):
    hall = a_hall()
    if change == "opened again":
        unfreeze_covenant(hall.covenant, by=hall.host, reason="sửa lỗi")
    else:
        make.sign(hall.covenant, hall.world.heads[1])
        amend_covenant(hall.covenant, by=hall.host, reason="đổi chỉ tiêu")

    assert pulse_of(hall.ceremony.address).is_stopped
    with pytest.raises(WrongState, match="không còn được ký"):
        call_member(hall.ceremony, by=hall.host)
    assert close_ceremony(hall.ceremony, by=hall.host).is_over


def test_a_year_that_is_closed_opens_no_ceremony():
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    close_cycle(world.cycle, by=world.board)

    with pytest.raises(WrongState, match="không thay đổi được nữa"):
        opened(covenant, world.heads[0])

    assert not Ceremony.objects.exists()


def called(hall) -> int | None:
    """Return which member is called, counted from 0."""
    pks = [enrolment.pk for enrolment in hall.world.enrolments]
    found = hall.again().called_id
    return None if found is None else pks.index(found)


def test_the_host_calls_the_members_in_their_order_and_passes_over_who_has_signed():
    hall = a_hall(4)
    make.sign(hall.covenant, hall.world.heads[1])
    order = []

    for step in (1, 1, 1, 1, -1, -1):
        call_member(hall.ceremony, by=hall.host, step=step)
        order.append(called(hall))

    assert order == [0, 2, 3, 0, 3, 2]


def test_going_back_from_nobody_calls_the_last():
    hall = a_hall(3)

    call_member(hall.ceremony, by=hall.host, step=-1)

    assert called(hall) == 2


def test_when_all_have_signed_nobody_is_left_to_call():
    hall = a_hall(2)
    for head in hall.world.heads:
        make.sign(hall.covenant, head)

    with pytest.raises(AlreadyDone, match="không còn đơn vị nào"):
        call_member(hall.ceremony, by=hall.host)


def test_nobody_is_called_before_it_begins():
    hall = a_hall(begun=False)

    with pytest.raises(WrongState):
        call_member(hall.ceremony, by=hall.host)

    assert called(hall) is None


def test_gestures_of_the_host_are_not_recorded():
    hall = a_hall()
    before = Entry.objects.count()

    call_member(hall.ceremony, by=hall.host)
    darken_screen(hall.ceremony, by=hall.host, is_dark=True)

    assert hall.again().is_dark
    assert Entry.objects.count() == before


def test_what_is_signed_while_the_screen_is_closed_counts_all_the_same():
    hall = a_hall(2)
    close_ceremony(hall.ceremony, by=hall.host)

    for head in hall.world.heads:
        make.sign(hall.covenant, head)

    assert make.reread(hall.covenant).in_force_at is not None


def test_a_member_that_leaves_goes_from_the_screen_unless_it_had_signed():
    hall = a_hall(4)
    make.sign(hall.covenant, hall.world.heads[2])
    for member in (2, 3):
        leave_cycle(
            hall.world.enrolments[member], by=hall.world.board, on=clock.today(), reason="giải thể"
        )

    seats = seats_of(with_parts(Ceremony.objects.all()).get())

    assert [seat.enrolment.pk for seat in seats] == [e.pk for e in hall.world.enrolments[:3]]
    assert [seat.light is not None for seat in seats] == [False, False, True]


def test_a_lit_card_says_who_signed_in_which_office_and_when():
    hall = a_hall(2)
    signature = make.sign(hall.covenant, hall.world.heads[1])

    light = seats_of(with_parts(Ceremony.objects.all()).get())[1].light

    assert light is not None
    assert (light.signer, light.office) == (signature.signer_name, "CHỦ TỊCH")
    assert light.at == signature.signed_at
