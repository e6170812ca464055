"""Name, emblem, contact, slogan: what is kept, what is refused, who knows it at once."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tests.house.factories import a_look, an_operator
from thidua.core.errors import AlreadyDone, Invalid
from thidua.files.models import Blob
from thidua.house import queries
from thidua.house.actions.looks import Look, finish_setup, keep_emblem, keep_look, set_slogan
from thidua.house.models import House
from thidua.house.queries import forget, house

pytestmark = pytest.mark.django_db


def a_picture(width: int = 200, height: int = 200, kind: str = "PNG") -> SimpleUploadedFile:
    bytes_ = io.BytesIO()
    Image.new("RGB", (width, height), "#8c1420").save(bytes_, kind)
    return SimpleUploadedFile(f"bieu-trung.{kind.lower()}", bytes_.getvalue())


def test_a_page_pays_no_query_for_the_house_once_it_is_known():
    a_look(an_operator())
    assert house().name == "Thi đua Thử Nghiệm"

    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert house().name == "Thi đua Thử Nghiệm"
        assert house().managing_body.name.startswith("Ban Thi đua")
        assert house().emblem is None
    assert len(asked) == 0


def test_another_process_learns_of_a_change_after_some_seconds(monkeypatch):
    a_look(an_operator())
    assert house().name == "Thi đua Thử Nghiệm"
    House.objects.update(name="Tên khác")  # as another process would have

    assert house().name == "Thi đua Thử Nghiệm"
    later = queries.time.monotonic() + queries.KEPT_FOR + 1
    monkeypatch.setattr(queries.time, "monotonic", lambda: later)
    assert house().name == "Tên khác"


def test_without_a_row_the_house_is_blank():
    forget()

    assert str(house()) == "Thi Đua"
    assert not house().has_contact


def test_there_is_one_house():
    an_operator()

    with pytest.raises(IntegrityError), transaction.atomic():
        House.objects.create(pk=2)


@pytest.mark.parametrize(
    ("look", "field"),
    [(Look(" ", contact_phone="1"), "name"), (Look("Thi đua", "Phòng A"), "contact_phone")],
)
def test_a_name_and_one_way_to_ask_are_needed(look, field):
    by = an_operator()

    with pytest.raises(Invalid) as refusal:
        keep_look(look, by=by)
    assert refusal.value.field == field
    assert house().name == ""


def test_an_emblem_is_kept_exchanged_and_dropped():
    by = an_operator()
    look = Look("Thi đua Thử Nghiệm", contact_phone="0229 000 000")

    keep_look(look, by=by, emblem=keep_emblem(a_picture(), by=by))
    first = house().emblem
    assert first.media_type == "image/png"
    keep_look(look, by=by)
    assert house().emblem == first
    keep_look(look, by=by, emblem=keep_emblem(a_picture(kind="JPEG"), by=by))
    assert house().emblem.media_type == "image/jpeg"
    keep_look(look, by=by, drop=True)
    assert house().emblem is None


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("a.svg", b"<svg xmlns='x'><script/></svg>"), "SVG"),
        (SimpleUploadedFile("a.png", b"<?xml version='1.0'?><svg/>"), "SVG"),
        (SimpleUploadedFile("a.pdf", b"%PDF-1.7 ..."), "PNG, JPG"),
        (SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + bytes(2**20)), "1 MB"),
        (a_picture(40, 40), "quá nhỏ"),
        (a_picture(3100, 1500), "quá lớn"),
        (a_picture(900, 100), "quá dài"),
    ],
    ids=["svg", "svg named png", "pdf", "heavy", "small", "large", "long"],
)
def test_what_cannot_stand_as_an_emblem_is_refused(upload, words):
    by = an_operator()

    with pytest.raises(Invalid, match=words) as refusal:
        keep_emblem(upload, by=by)
    assert refusal.value.field == "file"
    assert house().emblem is None


def test_a_picture_that_is_damaged_leaves_no_row():
    by = an_operator()

    with pytest.raises(Invalid):
        keep_emblem(SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 400), by=by)
    assert not Blob.objects.exists()


def test_a_slogan_has_a_year_and_an_empty_one_takes_it_away():
    by = an_operator()

    set_slogan("  Đoàn kết,  sáng tạo ", 2026, by=by)
    assert (house().slogan, house().slogan_year) == ("Đoàn kết, sáng tạo", 2026)
    with pytest.raises(Invalid, match="Năm"):
        set_slogan("x", 26, by=by)
    set_slogan("", 2026, by=by)
    assert (house().slogan, house().slogan_year) == ("", None)


def test_set_up_ends_once():
    by = an_operator()

    finish_setup(by=by)

    assert house().set_up_at
    with pytest.raises(AlreadyDone):
        finish_setup(by=by)
