"""Pages that move a year on, and that copy it into the next."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories as make
from tests.covenants.test_bloc_sizes import more_members
from tests.web.counting import cost_of
from thidua.covenants.models import Covenant
from thidua.cycles.actions.years import archive_cycle, close_cycle, set_phase
from thidua.cycles.models import Cycle
from thidua.movements.actions import adopt_movement

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client):
    """A year with three members; its board is signed in."""
    world = make.a_bloc(3, year=2026, kind="cum")
    client.force_login(make.user_of(world.board))
    return world


def move(world):
    return reverse("cycles:move", args=[world.cycle.pk])


def copy(world):
    return reverse("cycles:copy", args=[world.cycle.pk])


def show(cycle):
    return reverse("cycles:show", args=[cycle.pk])


def text(response):
    return " ".join(response.content.decode().split())


def state(world):
    return Cycle.objects.get(pk=world.cycle.pk).state


def roles(world, *given):
    return {f"role_{e.pk}": role for e, role in zip(world.enrolments, given, strict=True)}


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("close", "Không gì trong năm thay đổi được nữa"),
        ("archive", "không mở lại được nữa"),
        ("reopen", "Lý do đứng trong dấu vết"),
        ("open", "Trang của năm được công khai"),
        ("", "Khép năm thi đua"),
        ("<b>", "Khép năm thi đua"),
    ],
)
def test_the_page_says_what_happens_next(client, world, to, sentence):
    assert sentence in text(client.get(move(world), {"to": to}))


def test_a_year_goes_its_whole_way(client):
    world = make.a_bloc(2, is_open=False)
    client.force_login(make.user_of(world.board))
    way = [
        ({"to": "open"}, Cycle.State.OPEN),
        ({"to": "close"}, Cycle.State.CLOSED),
        ({"to": "reopen", "reason": "khép nhầm"}, Cycle.State.OPEN),
        ({"to": "close"}, Cycle.State.CLOSED),
        ({"to": "archive"}, Cycle.State.ARCHIVED),
    ]

    for told, reached in way:
        assert client.post(move(world), told).url == show(world.cycle)
        assert state(world) == reached
    assert "không chuyển đi đâu nữa" in text(client.get(move(world)))


@pytest.mark.parametrize("to", ["open", "archive", "reopen", "away", ""])
def test_a_way_that_is_not_there_is_refused_and_leaves_the_year(client, world, to):
    answer = client.post(move(world), {"to": to, "reason": "thử"})

    assert answer.status_code == 422
    assert state(world) == Cycle.State.OPEN


def test_opening_again_needs_a_reason(client, world):
    close_cycle(world.cycle, by=world.board)

    answer = client.post(move(world), {"to": "reopen", "reason": "  "})

    assert list(answer.context["form"].errors) == ["reason"]
    assert state(world) == Cycle.State.CLOSED


def test_a_form_sent_twice_closes_once_and_says_so(client, world):
    client.post(move(world), {"to": "close"})
    again = client.post(move(world), {"to": "close"})

    assert "không làm được khi đang ở bước “đã khép lại”" in text(again)


def test_a_year_without_members_is_not_opened(client):
    world = make.a_bloc(0, is_open=False, leader=False)
    client.force_login(make.user_of(world.board))

    answer = client.post(move(world), {"to": "open"})

    assert "Cần có ít nhất một đơn vị tham gia" in text(answer)


def test_the_copy_shows_what_it_takes_along_and_proposes_who_leads(client, world):
    set_phase(world.cycle, by=world.board, kind="covenant", opens_on=date(2026, 1, 1))
    movement = make.a_movement(world, "Còn chạy", first_year=2021, last_year=2030)
    ending = make.a_movement(world, "Sắp hết", first_year=2021, last_year=2026)
    for one in (movement, ending):
        adopt_movement(world.cycle, one, by=world.board)
    make.in_force(world)

    answer = client.get(copy(world))

    page = text(answer)
    for told in ("3 đơn vị đang tham gia", "1 giai đoạn", "Còn chạy", "4 điều khoản"):
        assert told in page
    assert "Sắp hết" not in page
    form = answer.context["form"]
    assert form["year"].value() == 2027
    proposed = [form[f"role_{e.pk}"].value() for e in world.enrolments]
    assert proposed == ["member", "leader", "deputy"]


def test_a_year_is_copied_with_the_lead_that_the_meeting_chose(client, world):
    make.in_force(world)

    answer = client.post(
        copy(world), {"year": "2027", **roles(world, "member", "member", "leader"), "reviewer": ""}
    )

    new = Cycle.objects.get(year=2027)
    assert answer.url == show(new)
    assert [e.role for e in new.enrolments.all()] == ["member", "member", "leader"]
    assert (state(world), new.state) == (Cycle.State.OPEN, Cycle.State.DRAFT)
    assert Covenant.objects.get(cycle=new).state == Covenant.State.DRAFT


@pytest.mark.parametrize("year", ["2026", "2020", "", "mai", "2999"])
def test_a_year_that_cannot_follow_is_refused_and_the_roles_stay_chosen(client, world, year):
    answer = client.post(
        copy(world), {"year": year, **roles(world, "member", "member", "leader"), "reviewer": ""}
    )

    form = answer.context["form"]
    assert answer.status_code == 422
    assert list(form.errors) == ["year"]
    assert form[f"role_{world.enrolments[2].pk}"].value() == "leader"
    assert Cycle.objects.count() == 1


def test_a_form_sent_twice_copies_once(client, world):
    told = {"year": "2027", **roles(world, "leader", "member", "member"), "reviewer": ""}

    client.post(copy(world), told)
    again = client.post(copy(world), told)

    assert list(again.context["form"].errors) == ["year"]
    assert Cycle.objects.count() == 2


def test_the_copy_costs_the_same_for_three_and_for_nine(client):
    costs = []
    for members in (3, 9):
        world = make.a_bloc(3)
        more_members(world, members - 3)
        client.force_login(make.user_of(world.board))
        costs.append(cost_of(client, copy(world)))

    assert costs[0] == costs[1] <= 15


def test_only_the_managing_board_moves_and_copies(client, world):
    told = {"to": "close", "year": "2027", **roles(world, "leader", "member", "member")}

    other = make.board(make.an_organization(kind="board"))
    for acting in (world.heads[0], other, make.a_visitor_with_account()):
        client.force_login(make.user_of(acting))
        for address in (move(world), copy(world)):
            assert client.get(address).status_code == 403
            assert client.post(address, told).status_code == 403
    assert (state(world), Cycle.objects.count()) == (Cycle.State.OPEN, 1)


def test_a_draft_year_is_not_there_for_others(client, world):
    draft = make.a_bloc(2, is_open=False)

    assert client.post(move(draft), {"to": "open"}).status_code == 404
    assert client.get(copy(draft)).status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_are_there_in_both_languages(client, world, language):
    client.cookies["django_language"] = language

    assert client.get(move(world)).status_code == 200
    assert client.get(copy(world)).status_code == 200
    archive_cycle(close_cycle(world.cycle, by=world.board), by=world.board)
    assert client.get(move(world)).status_code == 200
