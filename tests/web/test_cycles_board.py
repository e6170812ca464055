"""The board of a year: members × duties, who is missing on top, one click to nudge."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests import factories as make
from tests.covenants.test_bloc_sizes import more_members
from tests.many import more_like
from tests.web.counting import cost_of
from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.covenants.actions.drafting import (
    circulate_covenant,
    comment_on_covenant,
    draft_covenant,
)
from thidua.covenants.actions.signing import decline_covenant
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import set_phase
from thidua.movements.actions import adopt_movement, join_movement
from thidua.notifications.models import Notice
from thidua.targets.actions.drafting import begin_set
from thidua.targets.actions.negotiation import send_set
from thidua.web.cycles.board import board_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _a_day_in_march():
    with clock.at(TODAY):
        yield


@pytest.fixture
def world():
    return make.a_bloc(4, year=2026)


def page_of(world):
    return reverse("cycles:board", args=[world.cycle.pk])


def text(response):
    return " ".join(response.content.decode().split())


def sign_in(client, acting):
    client.force_login(make.user_of(acting))


def column(world, duty):
    """Return (word, kind, whether it is missing) of one duty, by the year's order of members."""
    board = board_of(world.fresh_cycle(), world.board)
    rows = sorted(board.rows, key=lambda row: row.enrolment.place)
    return [(c.word, c.kind, c.is_missing) for c in (row.cells[duty] for row in rows)]


def test_the_board_costs_the_same_for_three_and_for_twenty_five(client):
    world = make.a_bloc(3, year=2026)
    for head, enrolment in zip(world.heads, world.enrolments, strict=True):
        begin_set(enrolment, by=head)
    set_phase(world.cycle, by=world.board, kind="registration", opens_on=date(2026, 2, 1))
    adoption = adopt_movement(world.cycle, make.a_movement(world), by=world.board)
    join_movement(adoption, by=world.heads[2], organization=world.members[2])
    make.in_force(world)
    sign_in(client, world.heads[0])
    for_three = cost_of(client, page_of(world))
    more_like(world, 2, 22)

    assert cost_of(client, page_of(world)) == for_three <= 15
    assert len(board_of(world.fresh_cycle(), world.board).rows) == 25


@pytest.mark.parametrize(("members", "more"), [(1, 0), (3, 0), (3, 197)])
def test_a_bloc_of_any_size_has_its_board_and_its_pages(client, members, more):
    """a bloc with one member, with no deputy, with 200."""
    world = make.a_bloc(members, year=2026, deputy=False)
    more_members(world, more)
    sign_in(client, world.board)

    assert cost_of(client, page_of(world)) <= 15
    for name in ("show", "members", "lead", "copy", "join"):
        assert cost_of(client, reverse(f"cycles:{name}", args=[world.cycle.pk])) <= 15
    assert len(board_of(world.fresh_cycle(), world.board).rows) == members + more


def test_registration_tells_how_far_each_member_is(world):
    set_phase(
        world.cycle,
        by=world.board,
        kind="registration",
        opens_on=date(2026, 2, 1),
        due_on=date(2026, 3, 15),
    )
    begin_set(world.enrolments[1], by=world.heads[1])
    send_set(make.a_target_set(world, 2), by=world.heads[2])
    make.a_locked_set(world, 3)

    assert column(world, 0) == [
        ("chưa bắt đầu", "wait", True),
        ("đang soạn", "wait", True),
        ("đã gửi", "wait", False),
        ("đã khóa", "done", False),
    ]


def test_after_its_day_what_is_owed_is_late_and_what_came_late_says_so(world):
    set_phase(
        world.cycle,
        by=world.board,
        kind="registration",
        opens_on=date(2026, 2, 1),
        due_on=date(2026, 3, 1),
    )
    begin_set(world.enrolments[1], by=world.heads[1])
    send_set(make.a_target_set(world, 2), by=world.heads[2])

    assert [kind for _word, kind, _missing in column(world, 0)] == ["late", "late", "wait", "late"]
    rows = board_of(world.fresh_cycle(), world.board).rows
    notes = {row.enrolment.place: row.cells[0].note for row in rows}
    assert (notes[1], notes[3]) == ("quá hạn", "gửi muộn")


def test_before_registration_opens_nobody_owes_it(world):
    set_phase(world.cycle, by=world.board, kind="registration", opens_on=date(2026, 4, 1))

    assert column(world, 0) == [("chưa tới hạn mở", "quiet", False)] * 4


def test_a_comment_is_told_and_never_owed(world):
    assert column(world, 1)[0] == ("chưa lấy ý kiến", "quiet", False)
    covenant = draft_covenant(world.cycle, by=world.heads[0])
    circulate_covenant(covenant, by=world.heads[0])
    comment_on_covenant(covenant, by=world.heads[2], body="Thêm điều 5")

    assert [word for word, _kind, _missing in column(world, 1)] == [
        "chưa góp ý",
        "chưa góp ý",
        "đã góp ý",
        "chưa góp ý",
    ]
    assert not any(missing for _word, _kind, missing in column(world, 1))


def test_signing_tells_who_signed_declined_is_awaited_or_late(world):
    assert column(world, 2)[0] == ("chưa có giao ước", "quiet", False)
    covenant = make.a_frozen_covenant(world, sign_by=TODAY + timedelta(days=5))
    make.sign(covenant, world.heads[0])
    decline_covenant(
        covenant,
        by=world.heads[1],
        organization_id=world.members[1].pk,
        reason="chưa thống nhất",
    )

    assert column(world, 2) == [
        ("đã ký", "signed", False),
        ("từ chối ký", "danger", True),
        ("chờ ký", "wait", True),
        ("chờ ký", "wait", True),
    ]
    with clock.at(TODAY + timedelta(days=6)):
        assert column(world, 2)[3] == ("chưa ký", "late", True)


def test_movements_tell_how_many_were_joined(world):
    assert column(world, 3)[0] == ("chưa có phong trào", "quiet", False)
    adoptions = [
        adopt_movement(world.cycle, make.a_movement(world), by=world.board) for _n in range(2)
    ]
    join_movement(adoptions[0], by=world.heads[0], organization=world.members[0])
    for adoption in adoptions:
        join_movement(adoption, by=world.heads[1], organization=world.members[1])

    assert column(world, 3)[:3] == [
        ("1/2 phong trào", "open", False),
        ("2/2 phong trào", "done", False),
        ("0/2 phong trào", "wait", True),
    ]


def test_who_owes_most_stands_on_top_and_who_left_owes_nothing(client, world):
    for member in (0, 1, 2):
        make.a_locked_set(world, member)
    leave_cycle(world.enrolments[3], by=world.board, on=TODAY, reason="sáp nhập")
    covenant = make.a_frozen_covenant(world)
    for member in (0, 1):
        make.sign(covenant, world.heads[member])
    sign_in(client, world.heads[2])

    answer = client.get(page_of(world))

    rows = answer.context["board"].rows
    assert [row.enrolment.organization for row in rows] == [
        world.members[2],
        world.members[0],
        world.members[1],
    ]
    assert f"còn 1/3 đơn vị: {world.members[2].name}" in text(answer)


def test_when_nobody_owes_anything_the_board_says_so(client):
    world = make.a_bloc(1, year=2026, deputy=False)
    set_phase(world.cycle, by=world.board, kind="registration", opens_on=date(2026, 4, 1))
    sign_in(client, world.board)

    assert "Không đơn vị nào còn nợ việc lúc này." in text(client.get(page_of(world)))


def test_the_leader_nudges_who_is_missing_with_one_click_and_is_told_whom(client, world):
    make.sign(make.a_frozen_covenant(world), world.heads[0])
    nudge = reverse("cycles:nudge", args=[world.cycle.pk])
    before = Notice.objects.count()

    sign_in(client, world.heads[2])
    assert nudge not in text(client.get(page_of(world)))
    assert client.post(nudge).status_code == 403
    sign_in(client, world.heads[0])
    page = text(client.get(page_of(world)))
    assert f'action="{nudge}"' in page
    assert "đơn vị còn thiếu</button>" in page

    told = text(client.post(nudge, follow=True))
    assert "Đã nhắc 3 người: " in told
    for number in (1, 2, 3):
        assert f"{world.heads[number].actor_name} ({world.members[number].label})" in told
    assert Notice.objects.count() == before + 3
    again = text(client.post(nudge, follow=True))
    assert "Hôm nay những người cần nhắc đều đã được nhắc." in again
    assert Notice.objects.count() == before + 3


def test_the_board_is_for_who_works_in_the_year(client, world):
    assert client.get(page_of(world)).url.startswith(reverse("account_login"))
    sign_in(client, make.a_visitor_with_account())
    assert client.get(page_of(world)).status_code == 403

    draft = make.a_bloc(2, year=2026, is_open=False)
    assert client.get(page_of(draft)).status_code == 404
    assert board_of(draft.fresh_cycle(), NOBODY).covenant is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_board_is_there_in_both_languages(client, world, language):
    make.a_frozen_covenant(world)
    sign_in(client, world.heads[0])
    client.cookies["django_language"] = language

    assert client.get(page_of(world)).status_code == 200
