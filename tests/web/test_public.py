"""The public frame: home, the list of blocs, the help. Nothing here needs an account."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories as make
from tests.kept import kept
from tests.tampering import alter
from tests.web.counting import cost_of
from thidua.core import clock
from thidua.cycles.actions.years import CycleFacts, close_cycle, edit_cycle, found_cycle
from thidua.organizations.actions import BlocFacts, found_bloc
from thidua.organizations.models import Bloc
from thidua.web.public.guide import CONTENTS, roles_matching
from thidua.web.public.views import ON_FRONT

pytestmark = pytest.mark.django_db


@kept
def a_bare_bloc(name: str, number: str = "") -> Bloc:
    """Make a bloc that has no year yet."""
    body = make.an_organization(kind="board")
    told = BlocFacts(
        name=name,
        kind="cum",
        level="province",
        managing_body=body,
        number=number,
    )
    return found_bloc(told, by=make.board(body))


def test_home_links_every_bloc_and_answers_without_an_account(client):
    at_work = make.a_bloc()
    bare = a_bare_bloc("chưa có năm nào")

    page = client.get("/")

    assert page.status_code == 200
    for bloc in (at_work.bloc, bare):
        assert f'href="{reverse("blocs:show", args=[bloc.pk])}"' in page.text
    first = [e.bloc for group in page.context["at_work"] for e in group.entries]
    last = [e.bloc for group in page.context["others"] for e in group.entries]
    assert (first, last) == ([at_work.bloc], [bare])
    assert reverse("work:index") not in page.text


def test_home_shows_the_first_blocs_those_at_work_before_others_and_leads_to_all(client):
    bare = [a_bare_bloc(f"{n:02}") for n in range(ON_FRONT)]
    all_blocs = f'<a class="button button--secondary" href="{reverse("public:blocs")}">'
    few = client.get("/")
    assert all_blocs not in few.text
    at_work = make.a_bloc()

    page = client.get("/")

    (group,) = page.context["at_work"]
    assert [entry.bloc for entry in group.entries] == [at_work.bloc]
    shown = {entry.bloc for group in page.context["others"] for entry in group.entries}
    assert shown == set(bare[:-1])
    assert all_blocs in page.text


def test_home_of_an_empty_house_says_what_will_stand_there(client):
    page = client.get("/")

    assert page.status_code == 200
    assert "Chưa có khối, cụm nào" in page.text


def test_the_signed_in_find_their_work_from_home(client):
    world = make.a_bloc()
    client.force_login(make.user_of(world.heads[0]))

    page = client.get("/")

    assert f'<a class="button" href="{reverse("work:index")}">' in page.text


def test_home_tells_a_signed_covenant_in_one_sentence_from_data(client):
    with clock.at(date(2026, 3, 2)):
        world = make.a_bloc(3)
        make.in_force(world)

        page = client.get("/")

    (signed,) = page.context["signed"]
    assert signed.story == (
        f"3 đơn vị của {world.bloc.title} đã ký giao ước thi đua năm 2026, "
        "có hiệu lực từ ngày 2/3/2026, với chủ đề “Đoàn kết”."
    )
    assert signed.story in page.text


def test_a_covenant_changed_behind_its_digest_is_shown_as_such_on_home(client):
    """a covenant text changed behind the frozen digest (every page then says that it no longer
    matches)"""
    covenant = make.in_force(make.a_bloc(2))
    assert "không còn khớp" not in client.get("/").text

    alter(covenant.version_id, text="Văn bản khác")

    assert "văn bản không còn khớp bản chốt" in client.get("/").text


def test_a_covenant_that_is_only_being_signed_is_not_told(client):
    make.a_frozen_covenant(make.a_bloc(2))

    assert client.get("/").context["signed"] == []


def test_a_year_in_preparation_is_not_on_the_front_pages(client):
    world = make.a_bloc(is_open=False)

    (entry,) = client.get(reverse("public:blocs")).context["entries"]

    assert (entry.bloc, entry.cycle, entry.is_at_work) == (world.bloc, None, False)


def test_the_newest_public_year_stands_for_the_bloc(client):
    world = make.a_bloc(year=2025)
    close_cycle(world.cycle, by=world.board)
    found_cycle(world.bloc, by=world.board, year=2026, facts=CycleFacts(theme="Bí mật"))

    (entry,) = client.get(reverse("public:blocs")).context["entries"]

    assert (entry.cycle.year, entry.members, entry.is_in_force) == (2025, 3, False)


@pytest.mark.parametrize("name", ["home", "public:blocs"])
def test_a_list_of_blocs_costs_the_same_for_one_and_for_three(client, name):
    make.in_force(make.a_bloc(2))
    for_one = cost_of(client, reverse(name))
    for members in (3, 4):
        make.in_force(make.a_bloc(members))

    assert cost_of(client, reverse(name)) == for_one <= 8


def test_the_list_is_leafed_through_and_keeps_what_was_asked(client):
    for number in range(26):
        a_bare_bloc(f"mẫu {number:02d}")

    page = client.get(reverse("public:blocs"), {"q": "mẫu", "page": "2"})

    assert len(page.context["entries"]) == 1
    assert "q=m%E1%BA%ABu&amp;page=1" in page.text


@pytest.mark.parametrize("page", ["0", "-1", "99", "nghìn", "9" * 400])
def test_a_page_that_is_not_there_shows_one_that_is(client, page):
    make.a_bloc()
    assert client.get(reverse("public:blocs"), {"page": page}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("cụm thi đua số 7", ["nội chính"]),
        ("khoi", []),
        ("CUM NOI CHINH", ["nội chính"]),
        ("cụm phường xã", ["phường, xã"]),
        ("thi đua", ["nội chính", "phường, xã"]),
        ("!!!", []),
    ],
)
def test_blocs_are_found_by_kind_number_and_name(client, asked, found):
    a_bare_bloc("nội chính", number="7")
    a_bare_bloc("phường, xã", number="12")

    page = client.get(reverse("public:blocs"), {"q": asked})

    assert [entry.bloc.name for entry in page.context["entries"]] == found


def test_only_a_board_is_offered_to_found_a_bloc(client):
    world = make.a_bloc()
    offer = f'href="{reverse("blocs:new")}"'
    assert offer not in client.get(reverse("public:blocs")).text

    client.force_login(make.user_of(world.heads[0]))
    assert offer not in client.get(reverse("public:blocs")).text

    client.force_login(make.user_of(world.board))
    assert offer in client.get(reverse("public:blocs")).text


def test_markup_in_a_name_is_shown_as_text(client):
    world = make.a_bloc()
    facts = CycleFacts(theme="<script>alert(1)</script>")
    edit_cycle(world.cycle, facts, by=world.board)
    make.in_force(world)

    assert "<script>alert" not in client.get("/").text


def test_the_help_leads_to_a_page_for_each_role(client):
    page = client.get(reverse("help"))

    ways = [role.slug for role, _is_own in page.context["ways"]]
    assert ways == [slug for slug, *_rest in CONTENTS]
    assert {"can-bo-don-vi", "lanh-dao-don-vi", "khoi-truong-thu-ky", "hoi-dong"} <= set(ways)
    for slug, title, _lead, questions in CONTENTS:
        text = client.get(reverse("help_role", args=[slug])).text
        assert str(title) in text
        assert all(f'id="{code}"' in text for code, _question in questions)
    assert client.get(reverse("help_role", args=["khong-co"])).status_code == 404


def test_the_help_shows_which_page_is_ones_own(client):
    client.force_login(make.user_of(make.officer(make.an_organization())))

    ways = client.get(reverse("help")).context["ways"]
    assert [role.slug for role, is_own in ways if is_own] == ["can-bo-don-vi"]


@pytest.mark.parametrize("asked", ["ký thay TUQ", "ky thay tuq", "TUQ."])
def test_the_help_is_searched_without_marks(client, asked):
    roles = client.get(reverse("help"), {"q": asked}).context["roles"]
    assert [topic.slug for role in roles for topic in role.topics] == ["stand-in"]


@pytest.mark.parametrize("asked", ["xyzxyz", "!!!", "x" * 10_000])
def test_a_question_without_an_answer_is_told_so(client, asked):
    page = client.get(reverse("help"), {"q": asked})

    assert page.status_code == 200
    assert "Chưa có câu trả lời nào khớp" in page.text


def test_no_question_stands_twice_in_the_help():
    slugs = [topic.slug for role in roles_matching("") for topic in role.topics]
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("name", ["home", "public:blocs", "search", "help"])
def test_public_pages_are_there_in_english_too(client, name):
    make.in_force(make.a_bloc())
    client.cookies["django_language"] = "en"

    page = client.get(reverse(name), {"q": "hội"} if name == "search" else {})

    assert page.status_code == 200
    assert '<html lang="en">' in page.text


@pytest.mark.parametrize("name", ["home", "public:blocs", "search", "help"])
def test_public_pages_are_read_not_posted_to(client, name):
    assert client.post(reverse(name)).status_code == 405
