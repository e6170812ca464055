"""One search box over folded names; nothing private is ever found."""

import unicodedata
from datetime import date

import pytest
from django.urls import reverse

from tests import factories as make
from tests.web.counting import cost_of
from thidua.accounts.acting import NOBODY
from thidua.cycles.actions.years import CycleFacts, edit_cycle
from thidua.movements.actions import MovementFacts, launch_movement
from thidua.organizations.actions import enter_office, enter_person, rename_organization
from thidua.web.public.finding import MOST_SHOWN, search_for

pytestmark = pytest.mark.django_db
FRONT = "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Nam Định"


def found(text: str) -> dict[str, list[str]]:
    """Return what `search_for` finds, kind by kind, in words."""
    return {kind.code: [str(item) for item in kind.items] for kind in search_for(text)}


@pytest.mark.parametrize(
    "typed",
    [
        "Uỷ ban",
        "Ủy ban",
        "uy ban",
        "UBMTTQ",
        "ubmttq nam định",
        "Mặt trận Tổ quốc",
        unicodedata.normalize("NFD", "Uỷ ban Mặt trận"),
        "  nam   DINH  ủy ban ",
    ],
)
def test_marks_tone_placement_case_and_abbreviations_find_the_same(typed):
    make.an_organization(FRONT, kind="front")
    make.an_organization("Hội Nông dân tỉnh")

    assert found(typed) == {"organizations": [FRONT]}


def test_former_and_short_names_find_the_organisation_of_today():
    union = make.an_organization("Hội A", short_name="HA cũ")
    rename_organization(
        union, by=NOBODY, name="Liên hiệp Hội mới", since=date(2025, 7, 1), basis="Nghị quyết"
    )

    assert found("Hội A") == {"organizations": ["Liên hiệp Hội mới"]}
    assert found("ha cu") == {"organizations": ["Liên hiệp Hội mới"]}


def test_names_that_begin_with_what_was_asked_stand_first():
    make.an_organization("Ban của Hội Nông dân")
    make.an_organization("Hội Nông dân")

    assert found("hội nông dân")["organizations"] == ["Hội Nông dân", "Ban của Hội Nông dân"]


def test_a_public_year_is_found_by_its_themes_and_by_its_year():
    world = make.a_bloc(year=2026)
    facts = CycleFacts(theme="Chủ động thích ứng", province_theme="Năm phục hồi kinh tế")
    edit_cycle(world.cycle, facts, by=world.board)

    assert found("chu dong thich ung") == {"cycles": [str(world.cycle)]}
    assert found("phục hồi")["cycles"] == [str(world.cycle)]
    assert found(f"{world.bloc.name} năm 2026")["cycles"] == [str(world.cycle)]
    assert "cycles" not in found(f"{world.bloc.name} năm 2025")


def test_a_year_in_preparation_is_found_by_nobody(client):
    world = make.a_bloc(is_open=False)
    edit_cycle(world.cycle, CycleFacts(theme="Chưa công bố"), by=world.board)

    assert found("chưa công bố") == {}
    client.force_login(make.user_of(world.board))
    assert client.get(reverse("search"), {"q": "chưa công bố"}).context["found"] == []


def test_people_are_found_by_an_office_and_never_by_an_account_alone():
    union = make.an_organization("Hội Hữu nghị")
    chair = enter_person("Trần Thị Mẫu", by=NOBODY)
    enter_office(chair, union, by=NOBODY, post="Chủ tịch")
    make.a_person_for(union, "officer", name="Trần Thị Mẫu Kín")

    assert found("tran thi mau") == {"people": ["Trần Thị Mẫu"]}


def test_a_person_is_shown_with_the_office_held(client):
    union = make.an_organization("Hội Hữu nghị")
    chair = enter_person("Trần Thị Mẫu", by=NOBODY)
    enter_office(chair, union, by=NOBODY, post="Chủ tịch")
    enter_office(chair, union, by=NOBODY, post="Phó Chủ tịch", until=date(2020, 1, 31))

    page = client.get(reverse("search"), {"q": "Trần Thị Mẫu"})

    assert "Chủ tịch, <a" in page.text
    assert "đến 31/1/2020" in page.text


def test_movements_are_found_with_their_launcher():
    world = make.a_bloc()
    facts = MovementFacts(name="Dân vận khéo", level="central", launcher="Ban Dân vận")
    launch_movement(facts, by=world.board, owner=world.body)

    assert found("dan van kheo") == {"movements": ["Dân vận khéo"]}
    assert found("ban dân vận")["movements"] == ["Dân vận khéo"]


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "%", "_", "“”", "\x00"])
def test_nothing_asked_finds_nothing(client, typed):
    make.a_bloc()

    page = client.get(reverse("search"), {"q": typed})

    assert page.status_code == 200
    assert page.context["found"] == []


@pytest.mark.parametrize("letter", ["a", "ế", "a ", "%", "<b>"])
def test_ten_thousand_letters_are_cut_and_answered(client, letter):
    make.a_bloc()

    page = client.get(reverse("search"), {"q": letter * 10_000})

    assert page.status_code == 200
    assert len(page.context["q"]) <= 200
    assert "<b><b>" not in page.text


def test_very_many_words_are_answered(client):
    words = " ".join(f"w{number}" for number in range(500))
    assert client.get(reverse("search"), {"q": words}).context["found"] == []


def test_a_long_list_says_that_there_is_more():
    for _number in range(MOST_SHOWN + 1):
        make.an_organization()

    (kind,) = search_for("hội thử nghiệm")

    assert (len(kind.items), kind.has_more) == (MOST_SHOWN, True)


def test_a_search_costs_the_same_for_one_and_for_three(client):
    world = make.a_bloc()

    def enter(number: int) -> None:
        make.an_organization(f"Tìm kiếm {number}", parent=world.body)
        make.a_movement(world, f"Tìm kiếm {number}")
        person = enter_person(f"Tìm Kiếm {number}", by=NOBODY)
        enter_office(person, world.members[0], by=NOBODY, post="Ủy viên")

    enter(1)
    for_one = cost_of(client, reverse("search"), q="tim kiem")
    enter(2)
    enter(3)

    assert [len(kind.items) for kind in search_for("tim kiem")] == [3, 3, 3]
    assert cost_of(client, reverse("search"), q="tim kiem") == for_one <= 8
