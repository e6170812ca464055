"""A rehearsal signs nothing, notifies nobody, and can be done again."""

import pytest

from tests import factories as make
from tests.ceremonies.halls import a_hall, kept_of_signing
from thidua.audit.models import Entry
from thidua.ceremonies.actions.drawing import draw_picture
from thidua.ceremonies.actions.hosting import (
    begin_ceremony,
    call_member,
    close_ceremony,
    light_called,
    reset_rehearsal,
)
from thidua.ceremonies.models import Ceremony, Picture, Trial
from thidua.ceremonies.queries import pulse_of, seats_of, with_parts
from thidua.core.errors import WrongState
from thidua.covenants.models import Covenant

pytestmark = pytest.mark.django_db


def lit(hall) -> list[bool]:
    """Return which cards are lit, in their order."""
    ceremony = with_parts(Ceremony.objects.filter(pk=hall.ceremony.pk)).get()
    return [seat.light is not None for seat in seats_of(ceremony)]


def go_through(hall) -> None:
    """Call and light every member."""
    for _member in hall.world.members:
        call_member(hall.ceremony, by=hall.host)
        light_called(hall.ceremony, by=hall.host)


def test_a_whole_rehearsal_leaves_no_signature_no_notice_and_no_record_of_signing():
    hall = a_hall(3, begun=False, is_rehearsal=True)
    before = kept_of_signing()

    begin_ceremony(hall.ceremony, by=hall.host)
    go_through(hall)

    assert lit(hall) == [True, True, True]
    assert pulse_of(hall.ceremony.address).is_in_force  # the moment is rehearsed too
    close_ceremony(hall.ceremony, by=hall.host)
    assert kept_of_signing() == before
    assert make.reread(hall.covenant).state == Covenant.State.SIGNING
    recorded = list(Entry.objects.filter(code__startswith="rehearsal").values_list("code"))
    assert recorded == [("rehearsal.opened",), ("rehearsal.begun",), ("rehearsal.closed",)]
    assert not Entry.objects.filter(code__in=["covenant.signed", "covenant.in_force"]).exists()
    assert not Entry.objects.filter(code__startswith="ceremony").exists()


def test_a_rehearsal_shows_no_real_signature():
    hall = a_hall(2, is_rehearsal=True)

    make.sign(hall.covenant, hall.world.heads[1])

    assert lit(hall) == [False, False]


def test_pressing_twice_lights_one_card_once():
    hall = a_hall(2, is_rehearsal=True)
    call_member(hall.ceremony, by=hall.host)

    light_called(hall.ceremony, by=hall.host)
    light_called(hall.ceremony, by=hall.host)

    assert Trial.objects.count() == 1


def test_a_reset_puts_all_cards_out_and_goes_back_to_the_beginning():
    hall = a_hall(2, is_rehearsal=True)
    go_through(hall)

    reset_rehearsal(hall.ceremony, by=hall.host)

    assert lit(hall) == [False, False]
    assert hall.again().state == Ceremony.State.OPENED
    assert hall.again().called_id is None
    assert begin_ceremony(hall.again(), by=hall.host).begun_at


def test_the_real_ceremony_is_neither_reset_nor_lit_by_hand():
    hall = a_hall(2)
    call_member(hall.ceremony, by=hall.host)
    before = kept_of_signing()

    for act in (light_called, reset_rehearsal):
        with pytest.raises(WrongState, match="Chỉ diễn tập"):
            act(hall.ceremony, by=hall.host)

    assert lit(hall) == [False, False]
    assert kept_of_signing() == before
    assert not Trial.objects.exists()


def test_nothing_is_lit_before_a_member_is_called():
    hall = a_hall(2, is_rehearsal=True)

    with pytest.raises(WrongState, match="hãy mời trước"):
        light_called(hall.ceremony, by=hall.host)

    assert not Trial.objects.exists()


def test_no_picture_is_kept_of_a_rehearsal():
    hall = a_hall(2, is_rehearsal=True)
    close_ceremony(hall.ceremony, by=hall.host)

    with pytest.raises(WrongState, match="Chỉ lễ ký thật"):
        draw_picture(hall.ceremony)

    assert not Picture.objects.exists()
