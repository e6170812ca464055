"""What is published: who may read it, where it appears, and what a correction says of itself."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests import factories as make
from tests.many import more_like
from tests.scoring.bare import a_bare_table, leaf, mark
from tests.scoring.factories import (
    a_published_result,
    a_result,
    a_scored_world,
    card_of,
    criterion,
)
from tests.tampering import alter
from tests.web.counting import cost_of
from thidua.core import clock
from thidua.cycles.actions.years import close_cycle
from thidua.scoring.actions.correcting import correct_mark
from thidua.scoring.actions.results import object_to_result, publish_result
from thidua.scoring.given import MarkGiven
from thidua.scoring.models import Result, Standing

pytestmark = pytest.mark.django_db
PROPOSAL = "chưa phải quyết định khen thưởng"


@pytest.fixture
def world() -> make.World:
    return a_scored_world()


def sign_in(client, acting):
    client.force_login(make.user_of(acting))


def page(name: str, *args: int) -> str:
    return reverse(f"results:{name}", args=args)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def correct(world: make.World, member: int, value: int) -> Result:
    card = card_of(world, member)
    given = MarkGiven(Decimal(value), reason="Nhập nhầm số")
    by = world.heads[0 if member else 1]
    return correct_mark(card, criterion(card.table, "I.1"), given, by=by)


def test_a_members_result_is_there_for_the_people_of_the_year_alone(client, world):
    result = a_published_result(world, audience="members")
    standing = result.standings.first()
    addresses = [
        page("of_cycle", world.cycle.pk),
        page("show", result.pk),
        page("whole", result.pk),
        page("standing", standing.pk),
    ]
    assert client.get(page("show", result.pk)).status_code == 404
    sign_in(client, make.a_visitor_with_account())
    assert [client.get(a).status_code for a in addresses] == [403, 404, 404, 404]
    for acting in (world.heads[2], world.board, make.officer(world.members[1])):
        sign_in(client, acting)
        assert [client.get(a).status_code for a in addresses] == [200] * 4


def test_what_is_published_for_everyone_shows_ranks_and_no_marks_to_a_stranger(client, world):
    result = a_published_result(world)

    shown = client.get(page("show", result.pk))

    told = text(shown)
    assert [row.standing.rank for row in shown.context["ranking"].ranked] == [1, 2, 3]
    assert PROPOSAL in told
    assert result.version.digest in told
    assert result.version.chain_head in told
    assert page("standing", result.standings.first().pk) not in told
    assert "Kiến nghị của các đơn vị" not in told
    sign_in(client, make.a_visitor_with_account())
    assert client.get(page("standing", result.standings.first().pk)).status_code == 403
    assert client.get(page("whole", result.pk)).status_code == 403


def test_the_year_and_the_bloc_show_what_everyone_may_read(client, world):
    year = reverse("cycles:show", args=[world.cycle.pk])
    bloc = reverse("blocs:show", args=[world.bloc.pk])
    members_only = a_published_result(world, audience="members")
    for address in (year, bloc):
        assert "Kết quả thi đua" not in text(client.get(address))
    sign_in(client, world.heads[2])
    assert page("show", members_only.pk) in text(client.get(year))
    client.logout()

    public = publish_result(correct(world, 0, 10), by=world.heads[0], audience="public")

    for address in (year, bloc):
        told = text(client.get(address))
        assert page("show", public.pk) in told
        assert PROPOSAL in told
        assert '89 <span class="unit">%</span>' in told
        assert '60 <span class="unit">%</span>' in told


def test_after_publication_the_year_shows_it_and_what_waits(client, world):
    a_published_result(world)
    sign_in(client, world.heads[0])
    address = page("of_cycle", world.cycle.pk)
    published = client.get(address)
    assert published.context["where"].title == "Kết quả đã công bố"
    assert published.context["readiness"] is None

    waiting = correct(world, 2, 1)

    told = client.get(address)
    assert told.context["where"].title == "Có bản đính chính chờ công bố"
    assert told.context["main_step"].url == page("publish", waiting.pk)
    assert told.context["shown"].number == 1
    close_cycle(world.cycle, by=world.board)
    assert client.get(address).context["main_step"].label == "Xem điểm của đơn vị bạn"


def test_a_correction_and_what_it_corrects_name_each_other_and_who_moved(client, world):
    first = a_published_result(world)
    second = publish_result(correct(world, 0, 10), by=world.heads[0], audience="public")

    old = text(client.get(page("show", first.pk)))
    new = client.get(page("show", second.pk))

    assert "Bản này đã được đính chính bằng bản số 2" in old
    assert page("show", second.pk) in old
    moves = new.context["moves"]
    assert moves["before"] == first
    assert [(m.from_rank, m.to_rank) for m in moves["moves"]] == [(2, 1), (3, 2), (1, 3)]
    assert "đính chính bản số 1" in text(new)
    sign_in(client, world.heads[2])
    here, there = (r.standings.get(enrolment=world.enrolments[2]) for r in (first, second))
    assert page("standing", there.pk) in text(client.get(page("standing", here.pk)))


def test_a_correction_that_is_not_published_is_nobodys_but_the_years(client, world):
    first = a_published_result(world)
    waiting = correct(world, 0, 10)

    assert client.get(page("show", waiting.pk)).status_code == 404
    assert "đã được đính chính" not in text(client.get(page("show", first.pk)))


def test_a_text_that_is_no_longer_what_was_published_is_told_everywhere(client, world):
    result = a_published_result(world)
    alter(result.version_id, text="Văn bản khác")

    assert "Văn bản không còn trùng khớp" in text(client.get(page("show", result.pk)))


def test_an_illustration_says_so_on_each_page(client, world):
    Result.objects.filter(pk=a_published_result(world).pk).update(is_illustration=True)
    result = Result.objects.get()
    sign_in(client, world.heads[0])

    for address in (
        page("show", result.pk),
        page("whole", result.pk),
        page("standing", result.standings.first().pk),
        reverse("blocs:show", args=[world.bloc.pk]),
    ):
        assert "MINH HỌA" in text(client.get(address))


def test_the_pages_are_there_in_english(client, world):
    result = a_published_result(world)
    sign_in(client, world.heads[0])
    client.cookies["django_language"] = "en"

    for address in (
        page("of_cycle", world.cycle.pk),
        page("show", result.pk),
        page("whole", result.pk),
        page("standing", result.standings.first().pk),
    ):
        assert client.get(address).status_code == 200


def a_large_year(members: int) -> tuple[make.World, Result]:
    """Make a published result and its correction, with objections, of so many members.

    There are three members, and then more like the last; and as many criteria as members.
    """
    world = make.a_bloc(3, year=2026)
    with clock.at(date(2026, 12, 1)):
        a_bare_table(world, *(leaf(f"I.{n}") for n in range(members)), leaf("B.1", is_bonus=True))
        for member in range(3):
            mark(world, member, "self", I_1=member % 7, B_1=1)
            mark(world, member, "lead", world.members[member != 1], I_0=1)
        preliminary = a_result(world)
        for head in world.heads[1:]:
            object_to_result(preliminary, by=head, text="Xem lại")
        preliminary.objections.update(answered_at=clock.now(), is_upheld=False, answer="Đủ")
        first = a_published_result(world)
        given = MarkGiven(Decimal(9), reason="Nhập nhầm số")
        leaf_of = criterion(first.table, "I.2")
        second = correct_mark(card_of(world, 0), leaf_of, given, by=world.heads[1])
        publish_result(second, by=world.heads[0], audience="public")
        more_like(world, 2, members - 3)
        return world, Result.objects.get(pk=second.pk)


def test_the_pages_cost_the_same_for_three_members_and_for_nine(client):
    costs = []
    for members in (3, 9):
        world, result = a_large_year(members)
        sign_in(client, world.heads[2])
        standing = Standing.objects.filter(result=result).first()
        assert result.standings.count() == members
        addresses = [
            page("of_cycle", world.cycle.pk),
            page("show", result.pk),
            page("whole", result.pk),
            page("standing", standing.pk),
            reverse("cycles:show", args=[world.cycle.pk]),
            reverse("blocs:show", args=[world.bloc.pk]),
        ]
        costs.append([cost_of(client, address) for address in addresses])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 15
