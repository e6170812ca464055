"""The public page of a year, and writing what stands on it."""

import re
from datetime import date

import pytest
from django.urls import reverse

from tests import factories as make
from tests.many import more_like
from tests.tampering import alter
from tests.web.counting import cost_of
from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.covenants.actions.drafting import draft_covenant
from thidua.covenants.actions.freezing import amend_covenant
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import CycleFacts, close_cycle, edit_cycle, found_cycle, set_phase
from thidua.cycles.models import Cycle
from thidua.movements.actions import adopt_movement
from thidua.organizations.actions import rename_organization

pytestmark = pytest.mark.django_db
FORM = {"theme": "Đoàn kết", "province_theme": "Năm trật tự", "regulation": "Điều 1"}


def page_of(cycle):
    return reverse("cycles:show", args=[cycle.pk])


def text(response):
    return " ".join(response.content.decode().split())


def states(page):
    return re.findall(r'class="step is-(\w+)"', page)


def sign_in(client, acting):
    client.force_login(make.user_of(acting))


def test_the_page_costs_the_same_for_three_and_for_nine(client):
    costs = []
    world = make.a_bloc(3, year=2026)
    set_phase(world.cycle, by=world.board, kind="covenant", opens_on=date(2026, 1, 1))
    adopt_movement(world.cycle, make.a_movement(world), by=world.board)
    make.in_force(world)
    for more in (0, 6):
        more_like(world, 2, more)
        client.logout()
        visitor = cost_of(client, page_of(world.cycle))
        sign_in(client, world.heads[2])
        costs.append((visitor, cost_of(client, page_of(world.cycle))))
        assert text(client.get(page_of(world.cycle))).count(world.members[2].name) > more

    assert costs[0] == costs[1]
    assert max(costs[0]) <= 15


def test_a_visitor_reads_the_whole_story_of_a_signed_year(client):
    world = make.a_bloc(3, year=2026, kind="cum")
    edit_cycle(
        world.cycle,
        CycleFacts(theme="Nhanh, đúng", province_theme="Năm đô thị", source="bản tin"),
        by=world.board,
    )
    first = adopt_movement(
        world.cycle, make.a_movement(world, first_year=2019, last_year=2030), by=world.board
    )
    second = make.a_movement(world, "Dân vận khéo")
    adopt_movement(world.cycle, second, by=world.board, linked_to=first)
    covenant = make.in_force(world)

    page = text(client.get(page_of(world.cycle)))

    for told in (
        "“Nhanh, đúng”",
        "Năm đô thị",
        "bản tin",
        "<dt>Cụm trưởng</dt>",
        "giai đoạn 2019 – 2030",
        "thời gian: không nêu",
        f"gắn với “{first.movement.name}”",
        "BẢN GIAO ƯỚC THI ĐUA NĂM 2026",
        covenant.version.digest,
        "Văn bản còn nguyên",
        world.heads[2].actor_name,
        f'href="{reverse("covenants:show", args=[covenant.pk])}"',
        "ký giao ước",
    ):
        assert told in page
    assert ">3/3</strong> đơn vị đã ký" in page
    assert "khối trưởng" not in page.lower()
    assert "Bảng theo dõi" not in page


def test_what_nobody_told_is_said_to_be_untold(client):
    world = make.a_bloc(1, leader=False)
    edit_cycle(world.cycle, CycleFacts(), by=world.board)

    page = text(client.get(page_of(world.cycle)))

    assert page.count("chưa nêu") == 5
    assert states(page) == ["skipped"] * 11


def test_a_text_that_was_changed_behind_its_digest_is_told_to_everyone(client):
    world = make.a_bloc(2)
    covenant = make.in_force(world)
    alter(covenant.version_id, text="Khác")

    page = text(client.get(page_of(world.cycle)))

    assert "Văn bản không còn trùng khớp" in page
    assert "Văn bản còn nguyên" not in page


def test_the_stepper_tells_each_phase_and_a_closed_year_has_none_open(client):
    world = make.a_bloc(2, year=2026)
    days = {"registration": (2, 1), "covenant": (3, 1), "interim": (6, 15)}
    for kind, (month, day) in days.items():
        set_phase(
            world.cycle,
            by=world.board,
            kind=kind,
            opens_on=date(2026, month, day),
            due_on=date(2026, month, 20),
        )

    with clock.at(date(2026, 3, 10)):
        page = text(client.get(page_of(world.cycle)))
    close_cycle(world.cycle, by=world.board)
    with clock.at(date(2026, 3, 10)):
        closed = text(client.get(page_of(world.cycle)))

    assert states(page)[1:5] == ["late", "open", "skipped", "upcoming"]
    assert "từ 1/2, hạn 20/2" in page
    assert states(closed)[1:5] == ["closed", "closed", "skipped", "skipped"]


def test_who_left_stays_on_the_page_with_day_and_reason(client):
    world = make.a_bloc(3, year=2026)
    leave_cycle(world.enrolments[2], by=world.board, on=date(2026, 7, 1), reason="sáp nhập tỉnh")

    page = text(client.get(page_of(world.cycle)))

    assert "2 đơn vị tham gia" in page
    assert '<time datetime="2026-07-01">1/7/2026</time>: sáp nhập tỉnh' in page


def test_names_are_those_borne_in_that_year(client):
    world = make.a_bloc(1, year=2023)
    old = world.members[0].name
    rename_organization(
        world.members[0], by=NOBODY, name="Tên mới", since=date(2025, 7, 1), basis="QĐ 1"
    )

    assert f">{old}</a>" in text(client.get(page_of(world.cycle)))


def test_a_covenant_that_is_not_in_force_is_for_the_bloc_alone(client):
    world = make.a_bloc(3)
    covenant = make.a_frozen_covenant(world)
    link = reverse("covenants:show", args=[covenant.pk])

    hidden = text(client.get(page_of(world.cycle)))
    sign_in(client, world.heads[2])
    shown = text(client.get(page_of(world.cycle)))

    assert link not in hidden
    assert "toàn văn và chữ ký của các đơn vị đứng ở đây" in hidden
    assert link in shown
    assert ">0/3</strong> đơn vị đã ký" in shown


def test_while_a_new_version_is_drafted_the_one_in_force_is_shown(client):
    world = make.a_bloc(2)
    old = make.in_force(world)
    new = amend_covenant(old, by=world.heads[0], reason="thêm đơn vị")

    visitor = text(client.get(page_of(world.cycle)))
    sign_in(client, world.heads[1])
    member = text(client.get(page_of(world.cycle)))

    assert "BẢN GIAO ƯỚC THI ĐUA" in visitor
    assert reverse("covenants:show", args=[new.pk]) not in visitor
    assert reverse("covenants:show", args=[new.pk]) in member
    assert old.version.digest in member


def test_a_draft_year_is_not_there_for_who_may_not_see_it(client):
    world = make.a_bloc(2, is_open=False)

    assert client.get(page_of(world.cycle)).status_code == 404
    sign_in(client, make.a_visitor_with_account())
    assert client.get(page_of(world.cycle)).status_code == 404
    for acting in (world.board, world.heads[1]):
        sign_in(client, acting)
        assert client.get(page_of(world.cycle)).status_code == 200


def test_who_may_begin_the_covenant_has_the_button_until_it_is_there(client):
    world = make.a_bloc(2)
    begin = reverse("covenants:begin", args=[world.cycle.pk])

    sign_in(client, world.heads[0])
    assert begin in text(client.get(page_of(world.cycle)))
    draft_covenant(world.cycle, by=world.heads[0])
    assert begin not in text(client.get(page_of(world.cycle)))


def test_a_board_begins_a_year_beside_one_that_is_open(client):
    world = make.a_bloc(2, year=2026)
    sign_in(client, world.board)

    answer = client.post(reverse("cycles:new", args=[world.bloc.pk]), {**FORM, "year": "2027"})

    cycle = Cycle.objects.get(year=2027)
    assert answer.url == reverse("cycles:members", args=[cycle.pk])
    assert (cycle.theme, cycle.regulation, cycle.state) == ("Đoàn kết", "Điều 1", "draft")
    other = text(client.get(page_of(cycle)))
    assert f'href="{page_of(world.cycle)}">Năm 2026' in other


@pytest.mark.parametrize("year", ["", "2026", "1e3", "hai nghìn", "99999999999999999999", "-2027"])
def test_a_year_that_cannot_be_gets_a_sentence_and_stays_typed(client, year):
    world = make.a_bloc(2, year=2026)
    sign_in(client, world.board)

    answer = client.post(reverse("cycles:new", args=[world.bloc.pk]), {**FORM, "year": year})

    assert list(answer.context["form"].errors) == ["year"]
    assert f'value="{year}"' in text(answer) or not year
    assert "Năm trật tự" in text(answer)
    assert Cycle.objects.count() == 1


def test_who_prepares_writes_the_themes_and_markup_is_shown_as_typed(client):
    """a name in decomposed Unicode, of 300 letters, with markup."""
    world = make.a_bloc(3)
    address = reverse("cycles:edit", args=[world.cycle.pk])
    told = {**FORM, "theme": "Ne\u0302\u0301p s\u00f4\u0301ng", "summary": "<b>đậm</b>"}
    sign_in(client, world.heads[1])

    assert client.post(address, told).url == page_of(world.cycle)

    assert world.fresh_cycle().theme == "Nếp sống"
    page = text(client.get(page_of(world.cycle)))
    assert "&lt;b&gt;đậm&lt;/b&gt;" in page
    long = client.post(address, {**FORM, "theme": "a" * 501})
    assert list(long.context["form"].errors) == ["theme"]


def test_a_closed_year_takes_no_more_words_and_says_so(client):
    world = make.a_bloc(2)
    close_cycle(world.cycle, by=world.board)
    sign_in(client, world.board)

    answer = client.post(reverse("cycles:edit", args=[world.cycle.pk]), FORM)

    assert answer.status_code == 422
    assert "không thay đổi được nữa" in text(answer)


def test_a_member_and_a_stranger_write_nothing(client):
    world = make.a_bloc(3)
    addresses = [
        reverse("cycles:edit", args=[world.cycle.pk]),
        reverse("cycles:new", args=[world.bloc.pk]),
    ]

    for acting in (world.heads[2], make.a_visitor_with_account()):
        sign_in(client, acting)
        for address in addresses:
            assert client.post(address, {**FORM, "year": "2027"}).status_code == 403
    assert Cycle.objects.count() == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_are_there_in_both_languages(client, language):
    world = make.a_bloc(2)
    make.in_force(world)
    found_cycle(world.bloc, by=world.board, year=world.cycle.year + 1, facts=CycleFacts())
    sign_in(client, world.board)
    client.cookies["django_language"] = language

    for address in (
        page_of(world.cycle),
        reverse("cycles:edit", args=[world.cycle.pk]),
        reverse("cycles:new", args=[world.bloc.pk]),
    ):
        assert client.get(address).status_code == 200
