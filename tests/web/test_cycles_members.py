"""Pages of a year's members: who joins, who leaves, who leads."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories as make
from tests.web.counting import cost_of
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import close_cycle
from thidua.cycles.models import Enrolment
from thidua.targets.actions.drafting import begin_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client):
    """A year with three members; its board is signed in."""
    world = make.a_bloc(3, year=2026, kind="cum")
    client.force_login(make.user_of(world.board))
    return world


def page(name, world):
    return reverse(f"cycles:{name}", args=[world.cycle.pk])


def leave(enrolment):
    return reverse("cycles:leave", args=[enrolment.pk])


def text(response):
    return " ".join(response.content.decode().split())


def errors(response):
    assert response.status_code == 422
    return response.context["form"].errors


def test_the_page_costs_the_same_for_one_and_for_three(client):
    worlds = [make.a_bloc(members) for members in (1, 3)]

    costs = []
    for world in worlds:
        client.force_login(make.user_of(world.board))
        costs.append(cost_of(client, page("members", world)))

    assert costs[0] == costs[1] <= 15


def test_the_page_tells_roles_who_reviews_the_leader_and_who_left(client, world):
    leave_cycle(
        world.enrolments[2], by=world.board, on=date(2026, 7, 1), reason="sáp nhập", basis="QĐ 3"
    )

    told = text(client.get(page("members", world)))

    assert "2 đơn vị đang tham gia" in told
    assert "Xem xét phần việc của cụm trưởng</dt><dd>Cụm phó" in told
    assert "1/7/2026</time>: sáp nhập (QĐ 3)" in told


def test_organisations_are_found_by_name_and_join_together(client, world):
    hats = [make.an_organization(f"Hội Nón {n}") for n in (1, 2)]
    make.an_organization("Hội Diều")
    address = page("join", world)

    found = client.get(address, {"q": "hoi non"})
    assert found.context["found"] == hats

    told = {"organization": [h.pk for h in hats], "on": "01/04/2026", "basis": "QĐ 7"}
    answer = client.post(f"{address}?q=hoi+non", told)

    assert answer.url == page("members", world)
    joined = Enrolment.objects.filter(cycle=world.cycle, organization__in=hats)
    assert [(e.joined_on, e.join_basis, e.role) for e in joined] == [
        (date(2026, 4, 1), "QĐ 7", "member")
    ] * 2


def test_who_took_part_before_is_offered_first(client, world):
    make.an_organization("Người lạ")
    under = make.an_organization("Đơn vị trực thuộc", parent=world.body)

    assert client.get(page("join", world)).context["found"] == [under]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"organization": []}, "organization"),
        ({"organization": ["999999"]}, "organization"),
        ({"organization": ["<b>"]}, "organization"),
        ({"on": ""}, "on"),
        ({"on": "2027-01-01"}, "on"),
        ({"basis": "b" * 301}, "basis"),
    ],
)
def test_what_is_wrong_in_joining_gets_a_sentence(client, world, told, field):
    new = make.an_organization("Hội Nón")

    answer = client.post(
        page("join", world), {"organization": [new.pk], "on": "2026-04-01", **told}
    )

    assert list(errors(answer)) == [field]
    assert len(world.fresh_cycle().current()) == 3


def test_a_form_sent_twice_lets_join_once(client, world):
    told = {"organization": [make.an_organization("Hội Nón").pk], "on": "2026-04-01"}

    client.post(page("join", world), told)
    again = client.post(page("join", world), told)

    assert errors(again)["organization"] == ["Đơn vị này đã tham gia."]
    assert len(world.fresh_cycle().current()) == 4


def test_leaving_asks_for_day_paper_and_reason(client, world):
    member = world.enrolments[2]
    told = {"on": "2026-07-01", "basis": "NQ 202/2025/QH15", "reason": "sáp nhập tỉnh"}

    assert "không chờ chữ ký của đơn vị nữa" in text(client.get(leave(member)))
    empty = client.post(leave(member), {"on": "", "basis": "", "reason": " "})
    assert sorted(errors(empty)) == ["basis", "on", "reason"]
    assert client.post(leave(member), told).url == page("members", world)

    gone = Enrolment.objects.get(pk=member.pk)
    assert (gone.left_on, gone.leave_basis) == (date(2026, 7, 1), "NQ 202/2025/QH15")
    assert "Đơn vị này đã rời rồi." in text(client.post(leave(member), told))


def test_before_the_opening_a_member_is_struck_off_unless_its_work_began(client):
    world = make.a_bloc(3, is_open=False)
    client.force_login(make.user_of(world.board))
    begin_set(world.enrolments[1], by=world.heads[1])
    first, second = (
        reverse("cycles:remove", args=[e.pk]) for e in (world.enrolments[2], world.enrolments[1])
    )

    assert client.get(first).status_code == 405
    assert client.post(first).url == page("members", world)
    refused = client.post(second, headers={"referer": "http://localhost/nam/1/don-vi/"})

    assert len(world.fresh_cycle().current()) == 2
    assert "Đơn vị này đã có phần việc trong năm." in text(client.get(refused.url))


def test_roles_are_given_all_at_once_several_or_none(client, world):
    a, b, c = (f"role_{e.pk}" for e in world.enrolments)

    several = {a: "leader", b: "leader", c: "deputy", "reviewer": ""}
    assert client.post(page("lead", world), several).url == page("members", world)
    assert [e.role for e in world.fresh_cycle().current()] == ["leader", "leader", "deputy"]

    client.post(page("lead", world), dict.fromkeys((a, b, c), "member"))
    assert [e.role for e in world.fresh_cycle().current()] == ["member"] * 3


def test_the_named_reviewer_is_kept_and_may_not_be_the_leader(client, world):
    a, b, c = (f"role_{e.pk}" for e in world.enrolments)
    roles = {a: "leader", b: "member", c: "member"}

    named = {**roles, "reviewer": str(world.enrolments[2].pk)}
    client.post(page("lead", world), named)
    assert "selected" in text(client.get(page("lead", world)))
    assert world.fresh_cycle().current()[2].reviews_leader

    itself = client.post(page("lead", world), {**roles, "reviewer": str(world.enrolments[0].pk)})
    assert list(errors(itself)) == ["reviewer"]
    assert world.fresh_cycle().current()[2].reviews_leader


def test_a_role_or_a_member_that_is_not_there_is_refused(client, world):
    stranger = make.a_bloc(2).enrolments[0]
    a, b, c = (f"role_{e.pk}" for e in world.enrolments)

    answer = client.post(
        page("lead", world),
        {a: "king", b: "member", c: "member", "reviewer": str(stranger.pk)},
    )

    assert sorted(errors(answer)) == sorted([a, "reviewer"])
    assert [e.role for e in world.fresh_cycle().current()] == ["leader", "deputy", "member"]


def test_in_a_closed_year_nobody_joins_leaves_or_leads(client, world):
    close_cycle(world.cycle, by=world.board)
    new = make.an_organization("Hội Nón")

    answers = [
        client.post(page("join", world), {"organization": [new.pk], "on": "2026-04-01"}),
        client.post(
            leave(world.enrolments[2]), {"on": "2026-07-01", "basis": "QĐ", "reason": "sáp nhập"}
        ),
        client.post(page("lead", world), {f"role_{e.pk}": "member" for e in world.enrolments}),
    ]

    for answer in answers:
        assert "không thay đổi được nữa" in text(answer)
    assert [e.role for e in world.fresh_cycle().current()] == ["leader", "deputy", "member"]


def test_only_the_managing_board_manages_the_members(client, world):
    addresses = [
        page("join", world),
        page("lead", world),
        leave(world.enrolments[2]),
        reverse("cycles:remove", args=[world.enrolments[2].pk]),
    ]

    for acting in (world.heads[0], make.a_visitor_with_account()):
        client.force_login(make.user_of(acting))
        for address in addresses:
            assert client.post(address, {"on": "2026-07-01", "reason": "x"}).status_code == 403
    assert len(world.fresh_cycle().current()) == 3


def test_a_draft_year_is_not_there_for_another_board(client, world):
    draft = make.a_bloc(2, is_open=False)

    for address in (page("members", draft), page("join", draft), leave(draft.enrolments[0])):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in (404, 405)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_are_there_in_both_languages(client, world, language):
    client.cookies["django_language"] = language

    for address in (
        page("members", world),
        page("join", world),
        page("lead", world),
        leave(world.enrolments[2]),
    ):
        assert client.get(address).status_code == 200
