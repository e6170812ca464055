"""Correcting one value after publication through the pages: the preview, the act, the refusals."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.scoring.factories import (
    a_published_result,
    a_scored_world,
    card_of,
    criterion,
)
from thidua.audit.models import Entry
from thidua.cycles.actions.years import close_cycle
from thidua.scoring.models import Criterion, Result, Standing
from thidua.web.marking.forms import MarkForm
from thidua.web.results.correcting import CorrectForm

pytestmark = pytest.mark.django_db
State = Result.State


@pytest.fixture
def world() -> make.World:
    return a_scored_world()


def sign_in(client, acting):
    client.force_login(make.user_of(acting))


def page(name: str, *args: int) -> str:
    return reverse(f"results:{name}", args=args)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_one_value_is_corrected_after_publication_with_a_preview_first(client, world):
    first = a_published_result(world)
    standing = first.standings.get(enrolment=world.enrolments[2])
    leaf = criterion(first.table, "I.1")
    sign_in(client, world.heads[0])
    address = page("correct", standing.pk, leaf.pk)
    assert address in text(client.get(page("standing", standing.pk)))
    assert "I.1. Nội dung một" in text(client.get(address))
    before = Entry.objects.count()

    preview = client.post(address, {"value": "12.5", "reason": "Nhập nhầm", "seen": "1"})

    assert preview.status_code == 200
    assert [(m.from_points, m.to_points) for m in preview.context["preview"].moves] == [
        (8800, 6250)
    ]
    assert '<span class="num">12,5</span> <span class="unit">điểm</span>' in text(preview)
    assert Entry.objects.count() == before
    typed = {"value": "12.5", "reason": "Nhập nhầm", "seen": "1"}
    back = client.post(address, {**typed, "edit": "1"})
    assert 'value="12.5"' in text(back)
    done = client.post(address, {**typed, "confirm": "1"}, follow=True)
    assert "Đã lập bản đính chính số 2. Tiếp theo: công bố" in text(done)
    second = Result.objects.latest("number")
    client.post(page("publish", second.pk), {"audience": "public"})
    second.refresh_from_db()
    assert second.is_published
    assert Standing.objects.get(result=second, enrolment=world.enrolments[2]).total == 6250


def test_a_correction_that_cannot_be_says_so_beside_its_field(client, world):
    first = a_published_result(world)
    standing = first.standings.get(enrolment=world.enrolments[2])
    sign_in(client, world.heads[0])
    address = page("correct", standing.pk, criterion(first.table, "I.1").pk)
    for typed, field in (
        ({"value": "41", "reason": "A"}, "value"),
        ({"value": "12.345", "reason": "A"}, "value"),
        ({"value": "１２", "reason": "A"}, "value"),
        ({"value": "38", "reason": "A"}, "value"),
        ({"value": "", "reason": "A"}, "value"),
        ({"value": "12", "reason": ""}, "reason"),
    ):
        answer = client.post(address, {**typed, "seen": "1"})
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]
    graded = page("correct", standing.pk, criterion(first.table, "I.2").pk)
    assert client.post(graded, {"value": "9", "reason": "A"}).status_code == 422
    assert "Khá: 10 điểm" in text(client.get(graded))
    assert (
        client.get(page("correct", standing.pk, criterion(first.table, "I").pk)).status_code == 404
    )
    assert Result.objects.count() == 1


def test_who_looked_before_another_correction_is_told(client, world):
    first = a_published_result(world)
    leaf = criterion(first.table, "I.1")
    one, other = (first.standings.get(enrolment=world.enrolments[n]) for n in (2, 1))
    sign_in(client, world.heads[0])
    typed = {"value": "12", "reason": "Một", "seen": "1", "confirm": "1"}
    assert client.post(page("correct", one.pk, leaf.pk), typed).status_code == 302

    late = client.post(page("correct", other.pk, leaf.pk), typed)

    assert late.status_code == 422
    assert "Người khác vừa thay đổi" in text(late)
    again = client.post(page("correct", other.pk, leaf.pk), {**typed, "seen": "2"})
    assert again.status_code == 302
    assert Result.objects.latest("number").reason == "Một\nMột"


def test_nobody_corrects_their_own_card_on_the_page(client, world):
    first = a_published_result(world)
    leaf = criterion(first.table, "I.1")
    own = first.standings.get(enrolment=world.enrolments[0])
    address = page("correct", own.pk, leaf.pk)
    for acting, status in ((world.heads[0], 403), (world.heads[2], 403), (world.heads[1], 200)):
        sign_in(client, acting)
        assert client.get(address).status_code == status
        assert (address in text(client.get(page("standing", own.pk)))) is (status == 200)


def test_a_year_that_is_over_is_read_and_nothing_else(client, world):
    result = a_published_result(world)
    standing = result.standings.get(enrolment=world.enrolments[2])
    close_cycle(world.cycle, by=world.board)
    sign_in(client, world.heads[0])

    assert "Đính chính" not in text(client.get(page("standing", standing.pk)))
    closed = "đã khép lại, không thay đổi được nữa"
    correct = page("correct", standing.pk, criterion(result.table, "I.1").pk)
    for address in (page("draw_up", world.cycle.pk), correct):
        assert closed in text(client.get(address))
    refused = client.post(correct, {"value": "1", "reason": "A", "confirm": "1", "seen": "1"})
    assert refused.status_code == 422
    assert card_of(world, 2).sheets.count() == 1


def test_what_a_correction_asks_does_not_change_what_marking_asks():
    leaf = Criterion(kind="manual", max_points=1000)

    asked = CorrectForm(criterion=leaf, mark=None)

    assert str(asked.fields["value"].label) == "Giá trị đúng"
    for _again in range(2):
        marking = MarkForm(criterion=leaf, layer="lead", mark=None)
        assert (str(marking.fields["value"].label), marking.fields["value"].required) == (
            "Điểm",
            True,
        )
