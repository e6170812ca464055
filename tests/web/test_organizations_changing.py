"""Pages by which organisations change: told, seen before it is done, done, listed, undone."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories as make
from tests.kept import kept
from tests.web.counting import cost_of
from thidua.accounts.models import Appointment
from thidua.cycles.models import Enrolment
from thidua.organizations.actions import (
    Decision,
    Newborn,
    dissolve_organization,
    merge_organizations,
)
from thidua.organizations.models import Bloc, Organization, Reorganization

pytestmark = pytest.mark.django_db
PAPER = {"number": "QĐ 15", "effective_on": "01/07/2026"}


@kept
def a_year():
    world = make.a_bloc(4, year=2026)
    Organization.objects.filter(pk__in=[m.pk for m in world.members]).update(keeper=world.body)
    return world


@pytest.fixture
def world(client):
    """A year with three members, the last two entered by the board, which is signed in."""
    world = a_year()
    client.force_login(make.user_of(world.board))
    return world


def to(name, thing):
    return reverse(f"organizations:{name}", args=[thing.pk])


def text(response):
    return " ".join(response.content.decode().split())


def choices(world, **fates):
    third, fourth = world.enrolments[2:]
    rights = {
        f"appointment-{a.pk}": "end"
        for a in Appointment.objects.filter(organization__in=world.members[2:])
    }
    told = {f"enrolment-{third.pk}": "carry:0", f"enrolment-{fourth.pk}": "end", **rights}
    return {**told, "works_until": "", **fates, "step": "do"}


def test_a_merger_is_told_seen_and_then_done(client, world):
    third, fourth = world.members[2:]
    form = {**PAPER, "others": fourth.name, "name": "Hội mới"}

    assert to("merge", third) in text(client.get(to("rearrange", third)))
    seen = client.post(to("merge", third), {**form, "step": "preview"})

    page = text(seen)
    for told in (
        third.name,
        fourth.name,
        "Hội mới",
        "2 phần việc",
        "2 quyền",
        "QĐ 15",
        "30/6/2026",
    ):
        assert told in page
    assert not Reorganization.objects.exists()

    done = client.post(to("merge", third), {**form, **choices(world)})

    change = Reorganization.objects.get()
    assert done.url == to("change", change)
    page = text(client.get(done.url))
    assert "Hội mới làm tiếp" in page
    assert "rời năm thi đua" in page
    new = Organization.objects.get(name="Hội mới")
    assert "Tiền thân" in text(client.get(to("show", new)))
    old = text(client.get(to("show", third)))
    assert "Đã hợp nhất thành" in old
    assert "nay Hội mới làm tiếp" in old
    members = text(client.get(reverse("cycles:members", args=[world.cycle.pk])))
    assert f"tiền thân: {third.name}" in members
    found = text(client.get(reverse("organizations:index"), {"q": third.name}))
    assert "đã hợp nhất" in found
    assert "Hội mới" in text(client.get(reverse("search"), {"q": third.name}))


def test_what_refuses_an_act_is_said_before_anything_is_chosen_and_keeps_what_was_typed(
    client, world
):
    young = make.an_organization("Hội trẻ", parent=world.body, since=date(2026, 9, 1))
    form = {**PAPER, "others": young.name, "name": "Hội mới", "note": "ghi chú dài"}

    answer = client.post(to("merge", world.members[2]), form)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["effective_on"]
    assert "ghi chú dài" in text(answer)
    assert Organization.objects.get(pk=young.pk).ended_on is None


def test_two_that_become_one_are_met_with_a_sentence_beside_the_second_part(client, world):
    third, fourth = world.members[2:]
    form = {**PAPER, "others": fourth.name, "name": "Hội mới"}
    both = choices(world, **{f"enrolment-{world.enrolments[3].pk}": "carry:0"})

    answer = client.post(to("merge", third), {**form, **both})

    assert answer.status_code == 422
    assert "chỉ một phần việc được chuyển" in text(answer)
    assert not Reorganization.objects.exists()
    assert Enrolment.objects.filter(left_on=None).count() == 4


@pytest.mark.parametrize(
    ("act", "told", "field"),
    [
        ("merge", {"others": "", "name": "Hội mới"}, "others"),
        ("merge", {"others": "zzz", "name": "Hội mới"}, "others"),
        ("absorb", {"into": "Hội người khác"}, "into"),
        ("merge", {"others": "Hội người khác", "name": "Hội mới"}, "others"),
        ("split", {"way": "ends", "successors": "Chỉ một"}, "successors"),
        ("split", {"way": "ends", "successors": "n" * 301}, "successors"),
        ("dissolve", {"effective_on": "31/02/2026"}, "effective_on"),
        ("dissolve", {"effective_on": "2199-01-01"}, "effective_on"),
        ("dissolve", {"number": ""}, "number"),
    ],
)
def test_what_is_wrong_gets_a_sentence_beside_its_field(client, world, act, told, field):
    make.an_organization("Hội người khác")

    answer = client.post(to(act, world.members[2]), {**PAPER, **told})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Reorganization.objects.exists()


def test_with_itself_and_a_circular_parent_on_the_page(client, world):
    """Merging “of a unit with itself” and “a circular parent” are answered beside the field."""
    unit = world.members[2]
    child = make.an_organization("Chi hội", parent=unit)
    Organization.objects.filter(pk=child.pk).update(keeper=world.body)

    itself = client.post(to("absorb", unit), {**PAPER, "into": unit.name})
    circle = client.post(to("move", unit), {**PAPER, "parent": "Chi hội"})

    assert "Một đơn vị không sáp nhập vào chính nó." in text(itself)
    assert "Một đơn vị không trực thuộc chính nó." in text(circle)
    assert (itself.status_code, circle.status_code) == (422, 422)


def test_a_form_sent_twice_does_one_act(client, world):
    form = {**PAPER, "parent": world.body.name, "step": "do"}
    client.post(to("move", world.members[2]), form)
    again = client.post(to("move", world.members[2]), form)

    assert "đang trực thuộc đơn vị này rồi" in text(again)
    assert Reorganization.objects.count() == 1


def test_another_board_arranges_nothing_here(client, world):
    unit = world.members[2]
    client.force_login(make.user_of(make.board(make.an_organization(kind="board"))))

    for act in ("rearrange", "merge", "absorb", "split", "dissolve", "move"):
        assert client.get(to(act, unit)).status_code == 403
    client.force_login(make.user_of(world.heads[2]))
    assert client.post(to("dissolve", unit), {**PAPER, "step": "do"}).status_code == 403
    assert not Reorganization.objects.exists()


def test_one_goes_back_to_what_was_typed(client, world):
    form = {**PAPER, "step": "back", "note": "còn đây"}

    page = client.post(to("dissolve", world.members[2]), form)

    assert page.status_code == 200
    assert "còn đây" in text(page)


def test_the_list_and_an_act_cost_the_same_for_one_and_for_three(client):
    board = make.board(make.an_organization("Ban", kind="board"))

    def merge(number):
        two = [make.an_organization(f"Hội {number}{letter}") for letter in "AB"]
        return merge_organizations(
            two, Newborn(f"Hội {number}"), Decision(date(2026, 7, 1), "QĐ"), by=board
        )

    merge(1)
    address = reverse("organizations:changes")
    one = cost_of(client, address)
    listed = cost_of(client, reverse("organizations:index"))
    merge(2)
    last = merge(3)

    assert cost_of(client, address) == one <= 10
    assert cost_of(client, reverse("organizations:index")) == listed
    assert cost_of(client, to("change", last)) <= 10
    assert "Hội 3A; Hội 3B hợp nhất thành Hội 3" in text(client.get(address))


def test_the_preview_costs_the_same_however_many_take_part(client, world):
    def seen(act, told):
        return cost_of_post(client, to(act, world.members[2]), {**PAPER, **told})

    one = seen("dissolve", {})
    officers = [make.officer(world.members[2]) for _n in range(2)]
    three = seen("dissolve", {})

    assert len(officers) == 2
    assert three - one <= 20  # the trial itself ends each right by its own deed
    assert three < 120


def cost_of_post(client, address, data):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        assert client.post(address, data).status_code == 200
    return len(captured)


def test_an_act_entered_by_mistake_is_corrected_and_undone_by_who_may(client, world):
    unit = make.an_organization("Hội nhầm", parent=world.body)
    change = dissolve_organization(unit, Decision(date(2026, 7, 1), "QĐ 1"), by=world.board)

    client.post(to("correct_change", change), {"number": "QĐ 51"})
    assert "QĐ 51" in text(client.get(to("change", change)))
    answer = client.post(to("undo_change", change), {"reason": "ghi nhầm đơn vị"})

    assert answer.url == to("change", change)
    assert "Ghi nhầm, đã gỡ" in text(client.get(answer.url))
    assert Organization.objects.get(pk=unit.pk).ended_on is None


def test_a_bloc_is_formed_anew_and_both_pages_lead_to_each_other(client, world):
    address = reverse("blocs:reform", args=[world.bloc.pk])
    form = {"kind": "cum", "number": "7", "name": "Mặt trận", "level": "province"}

    assert world.bloc.name in text(client.get(address))
    answer = client.post(address, {**form, "since": "01/07/2026"})

    new = Bloc.objects.get(number="7")
    assert answer.url == reverse("blocs:show", args=[new.pk])
    assert f'href="/khoi/{world.bloc.pk}/"' in text(client.get(answer.url))
    old = text(client.get(reverse("blocs:show", args=[world.bloc.pk])))
    assert f'<a href="/khoi/{new.pk}/">Cụm thi đua số 7 Mặt trận</a>' in old
    assert "Bắt đầu một năm từ đầu" not in old
    assert client.get(address).status_code == 302
    assert client.post(address, {**form, "since": "32/07/2026"}).status_code == 302
