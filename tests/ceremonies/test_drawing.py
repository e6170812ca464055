"""The picture that is kept: drawn from what was signed when the ceremony was closed."""

import struct

import pytest

from tests import factories as make
from tests.ceremonies.halls import a_hall
from thidua.audit.models import Entry
from thidua.ceremonies.actions import drawing
from thidua.ceremonies.actions.drawing import draw_picture
from thidua.ceremonies.actions.hosting import close_ceremony
from thidua.ceremonies.models import Ceremony, Picture
from thidua.ceremonies.papers import hall_facts
from thidua.ceremonies.queries import with_parts
from thidua.core.errors import WrongState
from thidua.files.storage import open_bytes
from thidua.jobs.work import run_due
from thidua.typesetting.hall import HallFacts, HallSeat, render_hall

pytestmark = [pytest.mark.django_db, pytest.mark.programs]


def size_of(png: bytes) -> tuple[int, int]:
    """Return width and height as the file itself tells them."""
    assert png.startswith(b"\x89PNG")
    return struct.unpack(">II", png[16:24])


def a_closed_hall(members: int = 2, signed: int = 2):
    """Make a hall in which so many have signed, and close it."""
    hall = a_hall(members)
    for head in hall.world.heads[:signed]:
        make.sign(hall.covenant, head)
    close_ceremony(hall.ceremony, by=hall.host)
    hall.ceremony = with_parts(Ceremony.objects.all()).get()
    return hall


def test_closing_asks_for_the_picture_and_the_background_draws_it_once():
    hall = a_closed_hall()

    run_due()
    run_due()

    picture = Picture.objects.select_related("blob").get()
    with open_bytes(picture.blob) as file:
        assert size_of(file.read()) == (1920, 1080)
    assert draw_picture(hall.ceremony) == picture
    assert Entry.objects.filter(code="ceremony.drawn").count() == 1


def test_the_picture_tells_who_had_signed_when_it_was_closed_and_nobody_later():
    hall = a_closed_hall(3, signed=1)

    make.sign(hall.covenant, hall.world.heads[1])
    facts = hall_facts(hall.ceremony)

    assert facts.count == "1/3 đơn vị đã ký"
    assert facts.in_force == ""
    assert [bool(seat.signer) for seat in facts.seats] == [True, False, False]


def test_the_picture_says_that_the_covenant_came_in_force():
    facts = hall_facts(a_closed_hall().ceremony)

    assert facts.in_force.startswith("Có hiệu lực từ ")
    assert facts.seats[0].office == "CHỦ TỊCH"


def test_a_ceremony_that_goes_on_has_no_picture_yet():
    hall = a_hall(2)

    with pytest.raises(WrongState, match="đã kết thúc"):
        draw_picture(hall.ceremony)

    assert not Picture.objects.exists()


def test_whoever_draws_second_gets_the_first_picture(monkeypatch):
    hall = a_closed_hall()
    first = draw_picture(hall.ceremony)
    Picture.objects.all().delete()
    kept = drawing.keep_made

    def another_is_first(*args, **told):
        blob = kept(*args, **told)
        Picture.objects.create(ceremony=hall.ceremony, blob=first.blob, made_at=first.made_at)
        return blob

    monkeypatch.setattr(drawing, "keep_made", another_is_first)

    assert draw_picture(hall.ceremony).blob == first.blob
    assert Picture.objects.count() == 1


@pytest.mark.parametrize("count", [1, 6, 12, 25, 64, 200])
def test_however_many_members_the_picture_is_one_screen(count):
    seats = [
        HallSeat(f"Đơn vị <b>*{n}* #x $y$ 👍</b>", "Ngừoi ký", "CHỦ TỊCH", "09:05")
        for n in range(count)
    ]
    facts = HallFacts("Khối", "Lễ ký", "", "1/1", "Có hiệu lực", "Hình vẽ", "chưa ký", "", seats)

    made = render_hall(facts)

    assert size_of(made) == (1920, 1080)
    assert made == render_hall(facts)
