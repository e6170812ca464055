"""Pages of blocs: read with their years, founded, corrected. The noun follows the kind."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.web.counting import cost_of
from thidua.cycles.actions.members import join_cycle
from thidua.cycles.actions.years import CycleFacts, found_cycle, open_cycle
from thidua.organizations.models import Bloc

pytestmark = pytest.mark.django_db
FORM = {"kind": "cum", "number": "7", "name": "các hội quần chúng", "level": "province"}


def show(bloc):
    return reverse("blocs:show", args=[bloc.pk])


def text(response):
    return " ".join(response.content.decode().split())


def next_year(world, year, *, is_open=True):
    cycle = found_cycle(world.bloc, by=world.board, year=year, facts=CycleFacts())
    for organization in world.members:
        join_cycle(cycle, organization, by=world.board)
    return open_cycle(cycle, by=world.board) if is_open else cycle


def test_the_page_costs_the_same_for_one_year_and_for_three(client):
    world = make.a_bloc(2, year=2020)
    one = cost_of(client, show(world.bloc))

    for year in (2021, 2022):
        next_year(world, year)

    assert cost_of(client, show(world.bloc)) == one <= 15


def test_a_visitor_reads_who_leads_now_and_what_nobody_told(client):
    world = make.a_bloc(2, kind="cum", year=2026)

    page = text(client.get(show(world.bloc)))

    assert "Cụm trưởng năm 2026" in page
    assert world.members[0].name in page
    assert "<dt>Quyết định thành lập</dt><dd>không nêu" in page
    assert "Việc làm được ở đây" not in page
    assert "khối" not in page.split("<main")[1].split("Dấu vết")[0].lower()


def test_two_years_open_at_once_each_name_their_leader(client):
    world = make.a_bloc(2, year=2026)
    next_year(world, 2027)

    page = text(client.get(show(world.bloc)))

    assert "Khối trưởng năm 2027" in page
    assert "Khối trưởng năm 2026" in page


def test_a_year_in_preparation_shows_only_to_who_may_see_it(client):
    world = make.a_bloc(2, year=2026)
    draft = next_year(world, 2027, is_open=False)

    hidden = [c.pk for c in client.get(show(world.bloc)).context["cycles"]]
    client.force_login(make.user_of(world.board))
    shown = [c.pk for c in client.get(show(world.bloc)).context["cycles"]]

    assert (hidden, shown) == ([world.cycle.pk], [draft.pk, world.cycle.pk])


def test_a_board_founds_a_bloc_that_its_own_organisation_manages(client):
    board = make.board(make.an_organization(kind="board"))
    client.force_login(make.user_of(board))
    somebody = make.an_organization()

    answer = client.post("/khoi/moi/", {**FORM, "managing_body": somebody.pk})

    bloc = Bloc.objects.get()
    assert answer.url == show(bloc)
    assert bloc.managing_body == board.organization
    assert bloc.title == "Cụm thi đua số 7 các hội quần chúng"
    assert "Đã lập Cụm thi đua số 7" in text(client.get(answer.url))


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "n" * 301}, "name"),
        ({"kind": "lien-minh"}, "kind"),
        ({"decision_on": "32/01/2025"}, "decision_on"),
        ({"decision_on": "2199-01-01"}, "decision_on"),
        ({"number": "1" * 21}, "number"),
    ],
)
def test_what_is_wrong_gets_a_sentence_beside_its_field(client, told, field):
    client.force_login(make.user_of(make.board(make.an_organization(kind="board"))))

    answer = client.post("/khoi/moi/", {**FORM, **told})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Bloc.objects.count() == 0


def test_a_form_sent_twice_founds_one_bloc(client):
    client.force_login(make.user_of(make.board(make.an_organization(kind="board"))))

    client.post("/khoi/moi/", FORM)
    again = client.post("/khoi/moi/", FORM)

    assert "Cơ quan này đã có khối, cụm mang tên này." in text(again)
    assert Bloc.objects.count() == 1


def test_its_own_board_corrects_a_bloc_and_another_does_not(client):
    world = make.a_bloc(2)
    address = reverse("blocs:edit", args=[world.bloc.pk])
    told = {**FORM, "name": "đã sửa", "decision_on": "17-03-2023"}

    client.force_login(make.user_of(make.board(make.an_organization(kind="board"))))
    assert client.post(address, told).status_code == 403

    client.force_login(make.user_of(world.board))
    assert world.bloc.name in text(client.get(address))
    assert client.post(address, told).url == show(world.bloc)
    assert str(Bloc.objects.get()) == "Cụm thi đua số 7 đã sửa"
    assert 'ngày <time datetime="2023-03-17">17/3/2023</time>' in text(client.get(show(world.bloc)))


def test_a_head_founds_no_bloc(client):
    client.force_login(make.user_of(make.head(make.an_organization())))

    assert client.get("/khoi/moi/").status_code == 403
    assert client.post("/khoi/moi/", FORM).status_code == 403
    assert Bloc.objects.count() == 0


def test_what_is_not_there_is_not_found(client):
    assert client.get("/khoi/999/").status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_are_there_in_both_languages(client, language):
    world = make.a_bloc(2)
    client.force_login(make.user_of(world.board))
    client.cookies["django_language"] = language

    for address in ("/khoi/moi/", show(world.bloc), reverse("blocs:edit", args=[world.bloc.pk])):
        assert client.get(address).status_code == 200
