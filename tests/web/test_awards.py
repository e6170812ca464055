"""Pages of awards and of rankings of years past."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.commendations.factories import a_board, a_merger, a_ranking, a_unit, an_award
from tests.web.counting import cost_of
from thidua.commendations.models import Award, PastRanking

pytestmark = pytest.mark.django_db
INDEX = "/khen-thuong/"


@pytest.fixture
def board(client):
    acting = a_board()
    client.force_login(make.user_of(acting))
    return acting


@pytest.fixture
def unit(board):
    return a_unit(board, "Hội Nông dân tỉnh")


def text(response):
    return " ".join(response.content.decode().split())


def test_an_award_is_entered_corrected_and_removed(client, board, unit):
    told = {"organization": "hội nông dân", "honour": "giay_khen", "year": "2024"}

    answer = client.post(reverse("awards:new"), told, follow=True)
    award = Award.objects.get()
    assert "Đã ghi khen thưởng" in text(answer)
    client.post(reverse("awards:correct", args=[award.pk]), {**told, "decision_number": "7/QĐ"})
    assert Award.objects.get().decision_number == "7/QĐ"
    client.post(reverse("awards:remove", args=[award.pk]), {"reason": "Ghi nhầm"})

    assert Award.objects.count() == 0
    page = text(client.get(reverse("organizations:show", args=[unit.pk])))
    assert "bỏ khen thưởng ghi nhầm “Giấy khen năm 2024, Hội Nông dân tỉnh; 7/QĐ”: Ghi nhầm" in page


def test_a_refusal_stands_beside_its_field_with_what_was_typed(client, board, unit):
    told = {"honour_name": "CSTĐCS", "year": "2024", "note": "đã gõ"}

    answer = client.post(reverse("awards:new_for", args=[unit.pk]), told)

    assert answer.status_code == 422
    assert "chỉ tặng cá nhân" in text(answer)
    assert "đã gõ" in text(answer)


def test_two_units_of_one_name_are_told_apart_by_their_pages(client, board, unit):
    a_merger(unit.name, unit, a_unit(board), by=board)
    told = {"organization": unit.name, "honour": "giay_khen", "year": "2024"}

    assert "Có hai đơn vị cùng tên này" in text(client.post(reverse("awards:new"), told))
    client.post(reverse("awards:new_for", args=[unit.pk]), told)

    assert Award.objects.get().organization == unit


def test_a_persons_award_is_not_there_for_a_visitor(client, board, unit):
    persons = an_award(unit, board, honour_name="LĐTT", person_name="Lê Ví Dụ")
    an_award(unit, board)
    address = reverse("awards:show", args=[persons.pk])
    places = (INDEX, reverse("organizations:show", args=[unit.pk]))
    assert all("Lê Ví Dụ" in text(client.get(place)) for place in places)

    client.logout()

    assert client.get(address).status_code == 404
    for place in places:
        page = text(client.get(place))
        assert "Giấy khen" in page
        assert "Lê Ví Dụ" not in page


def test_the_register_is_found_by_words_year_and_honour(client, board, unit):
    an_award(unit, board, year=2023, honour_name="Huân chương Lao động hạng Ba")
    an_award(unit, board, decision_number="12/QĐ")

    for asked, count in (
        ({"q": "nong dan 12"}, 1),
        ({"nam": "2023"}, 1),
        ({"danh-hieu": "giay_khen"}, 1),
        ({"danh-hieu": "khac"}, 1),
        ({"don-vi": str(unit.pk)}, 2),
        ({"q": "thái bình"}, 0),
        ({"nam": "20x3", "don-vi": "²"}, 2),
    ):
        assert f"<h2>{count} khen thưởng</h2>" in text(client.get(INDEX, asked)), asked


def test_a_unit_shows_what_its_forebears_were_honoured_with_apart_and_marked(client, board, unit):
    an_award(unit, board, honour_name="Huân chương Độc lập")
    new = a_merger("Hội Nông dân tỉnh mới", unit, a_unit(board), by=board)
    an_award(new, board, year=2025)

    page = text(client.get(reverse("organizations:show", args=[new.pk])))

    own, earlier = page.split("Của các đơn vị tiền thân", 1)
    assert "Giấy khen" in own
    assert "Huân chương" not in own
    assert "Huân chương Độc lập" in earlier
    assert "Hội Nông dân tỉnh</" in earlier.replace(" <", "<")


def test_a_bloc_shows_past_rankings_to_its_own_people_alone(client):
    world = make.a_bloc(2)
    a_ranking(world, points=98550, maximum=100000)
    places = [
        reverse("blocs:show", args=[world.bloc.pk]),
        reverse("organizations:show", args=[world.members[0].pk]),
    ]
    readers = ((world.heads[1], True), (make.a_visitor_with_account(), False), (None, False))

    for acting, sees in readers:
        client.logout()
        if acting:
            client.force_login(make.user_of(acting))
        shown = ["985,5/1.000" in text(client.get(place)) for place in places]
        assert shown == [sees, sees]


def test_a_ranking_is_entered_corrected_and_removed(client):
    world = make.a_bloc(2)
    client.force_login(make.user_of(world.board))
    told = {"organization": world.members[0].name, "year": "2024", "rank": "x"}
    new = reverse("awards:new_ranking", args=[world.bloc.pk])
    assert client.post(new, told).status_code == 422

    assert client.post(new, {**told, "rank": "1"}).url == f"{new}?nam=2024"
    row = PastRanking.objects.get()
    client.post(reverse("awards:correct_ranking", args=[row.pk]), {**told, "rank": "2"})
    assert PastRanking.objects.get().rank == 2
    client.post(reverse("awards:remove_ranking", args=[row.pk]), {"reason": "Ghi nhầm"})

    assert PastRanking.objects.count() == 0
    page = text(client.get(reverse("blocs:show", args=[world.bloc.pk])))
    assert "hạng 2”: Ghi nhầm" in page


def test_the_pages_cost_the_same_for_one_and_for_three(client):
    world = make.a_bloc(3)
    client.force_login(make.user_of(world.board))
    unit = a_unit(world.board)
    places = [INDEX, *(reverse(f"{kind}:show", args=[pk]) for kind, pk in
                       (("organizations", unit.pk), ("blocs", world.bloc.pk)))]  # fmt: skip
    costs = []
    for members in ([0], [1, 2]):
        for member in members:
            an_award(unit, world.board, decision_number=str(member))
            a_ranking(world, member)
        costs.append([cost_of(client, place) for place in places])

    assert costs[0] == costs[1]
    assert costs[0][0] <= 15
