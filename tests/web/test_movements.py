"""Pages of movements: found, read, entered, taken up by a year, joined."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.kept import kept
from tests.many import more_like
from thidua.cycles.actions.years import close_cycle, open_cycle
from thidua.movements.actions import adopt_movement, join_movement
from thidua.movements.models import Adoption, Movement, Participation

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Dân vận khéo",
    "kind": "thematic",
    "level": "central",
    "launcher": "Ban Dân vận",
    "first_year": "2021",
    "last_year": "2030",
}


@pytest.fixture
def world():
    return make.a_bloc(3, year=2026)


@pytest.fixture
@kept
def taken(world):
    """A movement taken up by the year."""
    return adopt_movement(world.cycle, make.a_movement(world), by=world.heads[0])


def sign_in(client, acting):
    client.force_login(make.user_of(acting))


def of_cycle(world):
    return reverse("movements:of_cycle", args=[world.cycle.pk])


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client, world, django_assert_max_num_queries, count
):
    above = make.a_movement(world, "Phong trào trên")
    for _n in range(count):
        make.a_movement(world, parent=above)

    with django_assert_max_num_queries(3):
        response = client.get(reverse("movements:index"))

    assert len(response.context["page"]) == count + 1


def test_a_movement_is_found_without_marks_and_by_level(client, world):
    make.a_movement(world, "Dân vận khéo", level="central", first_year=2019, last_year=2025)
    make.a_movement(world, "Đền ơn đáp nghĩa", level="province")

    found = client.get(reverse("movements:index"), {"q": "dan van KHEO"})
    assert "2019 - 2025" in text(found)
    assert "Đền ơn" not in text(found)
    found = client.get(reverse("movements:index"), {"level": "province"})
    assert ">không nêu<" in text(found)
    assert "Dân vận khéo" not in text(found)
    assert "Không tìm thấy" in text(client.get(reverse("movements:index"), {"q": "xyz"}))
    assert client.get(reverse("movements:index"), {"level": "x", "page": "y"}).status_code == 200


def test_the_list_has_pages(client, world):
    for number in range(21):
        make.a_movement(world, f"Phong trào số {number}")

    assert len(client.get(reverse("movements:index"), {"page": 2}).context["page"]) == 1


def test_a_movement_shows_all_that_is_told_and_who_took_it_up(client, world, taken):
    child = make.a_movement(world, "Nhánh", parent=taken.movement)

    page = text(client.get(reverse("movements:show", args=[taken.movement_id])))

    assert child.name in page
    assert world.bloc.title in page
    assert f'<a href="{of_cycle(world)}">2026</a>' in page
    assert "Sửa thông tin" not in page


def test_a_year_in_preparation_is_not_told_to_others(client):
    world = make.a_bloc(1, year=2026, is_open=False)
    taken = adopt_movement(world.cycle, make.a_movement(world), by=world.heads[0])
    show = reverse("movements:show", args=[taken.movement_id])

    assert of_cycle(world) not in text(client.get(show))
    assert client.get(of_cycle(world)).status_code == 404
    sign_in(client, world.heads[0])
    assert of_cycle(world) in text(client.get(show))
    assert client.get(of_cycle(world)).status_code == 200
    open_cycle(world.cycle, by=world.board)
    client.logout()
    assert client.get(of_cycle(world)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_movement_costs_the_same_however_many_took_it_up(
    client, world, django_assert_max_num_queries, count
):
    movement = make.a_movement(world)
    for _n in range(count):
        other = make.a_bloc(1, year=2026)
        adopt_movement(other.cycle, movement, by=other.heads[0])

    with django_assert_max_num_queries(5):
        client.get(reverse("movements:show", args=[movement.pk]))


def test_who_acts_for_an_organisation_enters_a_movement(client, world):
    """A name in decomposed Unicode, of 300 letters, with markup."""
    sign_in(client, world.heads[2])
    decomposed = "Thi đua ye\u0302u nu\u031bo\u031b\u0301c <b>1</b> " + "ê" * 300

    response = client.post(reverse("movements:new"), {**FORM, "name": decomposed}, follow=True)

    movement = Movement.objects.get()
    assert movement.name.startswith("Thi đua yêu nước <b>1</b> êê")
    assert movement.owner == world.members[2]
    assert "Thi đua yêu nước &lt;b&gt;1&lt;/b&gt;" in text(response)
    assert "2021 - 2030" in text(response)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "dài" * 200}, "name"),
        ({"level": "khong-co"}, "level"),
        ({"kind": ""}, "kind"),
        ({"first_year": "hai nghìn"}, "first_year"),
        ({"first_year": "1" + "0" * 30}, "first_year"),
        ({"last_year": "2019"}, "last_year"),
        ({"decision_on": "31/02/2025"}, "decision_on"),
        ({"parent": "999999"}, "parent"),
        ({"level": "bloc"}, "bloc"),
        ({"criteria": "a" * 20_001}, "criteria"),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(client, world, typed, field):
    sign_in(client, world.heads[2])

    response = client.post(reverse("movements:new"), {**FORM, **typed})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Ban Dân vận" in text(response)
    assert not Movement.objects.exists()


def test_the_bloc_of_others_cannot_be_named(client, world):
    sign_in(client, world.heads[2])
    other = make.a_bloc(1, year=2026)
    typed = {**FORM, "level": "bloc", "bloc": other.bloc.pk}

    assert client.post(reverse("movements:new"), typed).status_code == 422
    assert (
        client.post(reverse("movements:new"), {**typed, "bloc": world.bloc.pk}).status_code == 302
    )


def test_a_form_sent_twice_enters_one_movement(client, world):
    """A form sent twice."""
    sign_in(client, world.heads[2])

    client.post(reverse("movements:new"), FORM)
    response = client.post(reverse("movements:new"), FORM)

    assert "Phong trào này đã được nhập." in text(response)
    assert Movement.objects.count() == 1


def test_who_entered_a_movement_corrects_it_and_nobody_else(client, world):
    movement = make.a_movement(world)
    edit = reverse("movements:edit", args=[movement.pk])
    assert client.get(edit).status_code == 302

    sign_in(client, world.heads[0])
    assert client.get(edit).status_code == 403
    assert client.post(edit, FORM).status_code == 403
    sign_in(client, world.board)
    assert movement.name in text(client.get(edit))
    assert "Dân vận khéo" in text(client.post(edit, FORM, follow=True))
    assert client.post(edit, {**FORM, "name": ""}).status_code == 422


def test_who_acts_for_nobody_enters_nothing(client, world):
    idle = make.a_person_for(world.members[0], "head", until=make.date(2001, 1, 1))
    sign_in(client, idle)

    assert client.post(reverse("movements:new"), FORM).status_code == 403


def test_the_leader_takes_a_movement_up_linked_to_another_and_drops_it(client, world, taken):
    sign_in(client, world.heads[0])
    movement = make.a_movement(world)
    adopt = reverse("movements:adopt", args=[world.cycle.pk])

    typed = {"movement": movement.pk, "linked_to": taken.pk}
    response = client.post(adopt, typed, follow=True)
    assert "Gắn với" in text(response)
    again = client.post(adopt, typed)
    assert (again.status_code, Adoption.objects.count()) == (422, 2)

    second = Adoption.objects.get(movement=movement)
    refused = client.post(reverse("movements:drop", args=[taken.pk]), follow=True)
    assert "đang gắn với" in text(refused)
    client.post(reverse("movements:drop", args=[second.pk]))
    assert list(Adoption.objects.all()) == [taken]


def test_only_who_leads_or_prepares_takes_up_and_drops(client, world, taken):
    adopt = reverse("movements:adopt", args=[world.cycle.pk])
    drop = reverse("movements:drop", args=[taken.pk])
    for acting in (world.heads[2], make.a_visitor_with_account()):
        sign_in(client, acting)
        assert "Đưa vào năm" not in text(client.get(of_cycle(world)))
        assert client.post(adopt, {"movement": make.a_movement(world).pk}).status_code == 403
        assert client.post(drop).status_code == 403
    sign_in(client, world.heads[1])
    assert "Đưa vào năm" in text(client.get(of_cycle(world)))
    assert client.get(drop).status_code == 405


def test_a_member_joins_with_a_plan_that_only_the_year_reads(client, world, taken):
    join = reverse("movements:join", args=[taken.pk])
    sign_in(client, make.officer(world.members[2]))
    assert "Tham gia" in text(client.get(join))
    response = client.post(join, {"plan": "Mỗi chi hội <i>một</i> mô hình"}, follow=True)
    assert "Mỗi chi hội &lt;i&gt;một&lt;/i&gt; mô hình" in text(response)

    client.post(join, {"plan": "Hai mô hình"})
    assert Participation.objects.get().plan == "Hai mô hình"
    assert client.post(join, {"plan": "a" * 5_001}).status_code == 422

    for acting, reads in [(world.heads[0], True), (make.a_visitor_with_account(), False)]:
        sign_in(client, acting)
        page = text(client.get(of_cycle(world)))
        assert ("Hai mô hình" in page) is reads
        assert world.members[2].name in page
    assert client.post(join, {"plan": ""}).status_code == 403


def test_in_a_closed_year_there_is_nothing_to_press(client, world, taken):
    close_cycle(world.cycle, by=world.board)
    sign_in(client, world.heads[0])

    page = text(client.get(of_cycle(world)))
    assert "Đưa vào năm" not in page
    assert reverse("movements:join", args=[taken.pk]) not in page
    response = client.post(reverse("movements:join", args=[taken.pk]), {"plan": "x"})
    assert response.status_code == 422
    assert not Participation.objects.exists()


@pytest.mark.parametrize("count", [1, 9])
def test_the_year_costs_the_same_for_one_and_for_nine_members(
    client, django_assert_max_num_queries, count
):
    world = make.a_bloc(min(count, 3), year=2026)
    for _n in range(2):
        adoption = adopt_movement(world.cycle, make.a_movement(world), by=world.heads[0])
        for acting, member in zip(world.heads, world.members, strict=True):
            join_movement(adoption, by=acting, organization=member, plan="Làm")
    more_like(world, -1, count - len(world.members))
    sign_in(client, world.heads[0])
    client.get(of_cycle(world))

    with django_assert_max_num_queries(15):
        response = client.get(of_cycle(world))

    assert [len(t.parts) for t in response.context["taken"]] == [count, count]


def test_the_pages_are_there_in_english(client, world, taken):
    sign_in(client, world.heads[0])
    client.cookies["django_language"] = "en"

    for address in (
        reverse("movements:index"),
        reverse("movements:new"),
        reverse("movements:show", args=[taken.movement_id]),
        reverse("movements:join", args=[taken.pk]),
        of_cycle(world),
    ):
        assert client.get(address).status_code == 200
