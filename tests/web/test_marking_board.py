"""The year's marking at a glance, who is to do what in it, and cross-checks by its pages."""

from datetime import timedelta

import pytest

from tests import factories as make
from tests.scoring.factories import a_self_score, a_table, card_of, sheet_of
from tests.scoring.steps import a_check, mark, send_all
from tests.web.counting import cost_of
from tests.web.marks import at, sign_in, text
from thidua.core import clock
from thidua.cycles.actions.members import join_cycle, leave_cycle
from thidua.cycles.actions.years import set_phase
from thidua.scoring.actions.checks import declare_conflict
from thidua.scoring.models import Card, Conflict, Sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = make.a_bloc(3)
    a_table(world)
    return world


def board(client, world, acting):
    sign_in(client, acting)
    return text(client.get(at("of_cycle", world.cycle)))


def test_a_year_without_a_table_teaches_what_will_stand_there(client):
    world = make.a_bloc(2)

    page = board(client, world, world.heads[1])

    assert "Chưa có bảng điểm được dùng" in page
    assert "Xem bảng điểm" in page


def test_the_board_is_for_the_people_of_the_year(client, world):
    assert client.get(at("of_cycle", world.cycle)).status_code == 302
    sign_in(client, make.a_visitor_with_account())
    assert client.get(at("of_cycle", world.cycle)).status_code == 403


def test_the_board_says_how_far_each_card_is_and_who_marks_it(client, world):
    today = clock.today()
    set_phase(
        world.cycle,
        by=world.board,
        kind="self_scoring",
        opens_on=today - timedelta(9),
        due_on=today - timedelta(1),
    )
    a_self_score(world, 2, I_1=30)
    mark(sheet_of(world, 1), "I.1", 30, by=world.heads[1])
    a_check(world, 2, 1)

    page = board(client, world, world.heads[2])

    for words in ("đang chấm 1/5", "quá hạn", "đã gửi", "gửi muộn", "chưa giao", "chờ tự chấm"):
        assert words in page
    assert f"chưa chấm <small>{world.members[1].name}</small>" in page
    assert "còn 2/3 phiếu" in page
    assert "Xem phiếu" in page


def test_each_sees_their_own_jobs_and_buttons_first(client, world):
    a_self_score(world, 2, I_1=30)
    a_self_score(world, 0, I_1=30)
    a_check(world, 2, 1)

    leader = board(client, world, world.heads[0])
    deputy = board(client, world, world.heads[1])
    member = board(client, world, world.heads[2])

    assert "Giao kiểm tra chéo" in leader
    assert "Thẩm định<span" in leader
    assert f'Thẩm định<span class="visually-hidden">: {world.members[0].name}' in deputy
    assert "kiểm tra chéo</p>" in deputy
    assert "Thẩm định<span" not in member
    assert "Khai xung đột lợi ích" in member
    assert "Giao kiểm tra chéo" not in member
    assert "Giao kiểm tra chéo" in board(client, world, world.board)
    assert "Khai xung đột lợi ích" not in board(client, world, world.board)


def test_no_marks_stand_on_the_board_and_only_ones_own_card_opens(client, world):
    a_self_score(world, 2, I_1=39)
    check = a_check(world, 2, 1)
    send_all(check, world.heads[1], I_1=17)

    sign_in(client, world.heads[1])
    own, checked, other = (card_of(world, n) for n in (1, 2, 0))
    page = text(client.get(at("of_cycle", world.cycle)))

    assert at("card", own) in page
    assert at("card", checked) in page
    sign_in(client, world.heads[2])
    page = text(client.get(at("of_cycle", world.cycle)))
    assert at("card", checked) in page
    assert at("card", other) not in page
    assert client.get(at("card", other)).status_code == 404


def test_the_board_costs_the_same_for_one_member_and_for_three(client):
    costs = []
    for members in (1, 3):
        world = make.a_bloc(members)
        a_table(world)
        for member in range(members):
            a_self_score(world, member, I_1=30)
        for member in range(1, members):
            a_check(world, member, 0)
        sign_in(client, world.board)
        costs.append(cost_of(client, at("of_cycle", world.cycle)))

    assert costs[0] == costs[1]
    assert costs[0] <= 15


def test_who_joined_later_gets_a_card_and_who_left_keeps_theirs(client, world):
    a_self_score(world, 2, I_1=30)
    leave_cycle(world.enrolments[2], by=world.board, on=clock.today(), reason="Sáp nhập")
    join_cycle(world.cycle, make.an_organization("Hội mới"), by=world.board)

    page = board(client, world, world.heads[0])
    assert "chưa có phiếu" in page
    assert "Đã rời, điểm vẫn được giữ" in page
    made = client.post(at("begin_cards", world.cycle), follow=True)

    assert "Đã lập phiếu cho 1 đơn vị." in text(made)
    assert Card.objects.filter(enrolment__organization__name="Hội mới").exists()
    sign_in(client, world.heads[1])
    assert client.post(at("begin_cards", world.cycle)).status_code != 200


def test_checks_are_assigned_in_turn_by_hand_and_taken_back(client, world):
    sign_in(client, world.heads[0])
    page = at("checks", world.cycle)
    assert "chưa giao" in text(client.get(page))

    told = text(client.post(at("in_turn", world.cycle), {"each": "1"}, follow=True))
    again = text(client.post(at("in_turn", world.cycle), {"each": "1"}, follow=True))
    many = client.post(at("in_turn", world.cycle), {"each": "3"})

    assert "Đã giao 3 lượt kiểm tra chéo" in told
    assert "không giao thêm" in again
    assert many.status_code == 422
    assert "từ 1 đến 2" in text(many)
    sheet = Sheet.objects.filter(layer__kind="cross").first()
    gone = text(client.post(at("unassign", sheet), follow=True))
    assert "không kiểm tra phiếu của" in gone
    by_hand = {"card": sheet.card_id, "organization": sheet.organization_id}
    assert "đơn vị đã được báo" in text(
        client.post(at("assign", world.cycle), by_hand, follow=True)
    )
    itself = {"card": sheet.card_id, "organization": sheet.card.enrolment.organization_id}
    refused = client.post(at("assign", world.cycle), itself)
    assert refused.status_code == 422
    assert "Không đơn vị nào tự kiểm tra chéo chính mình." in text(refused)
    sign_in(client, world.heads[2])
    assert client.get(page).status_code == 403
    assert client.post(at("unassign", Sheet.objects.last())).status_code in (403, 404)


def test_the_checks_cost_the_same_for_two_members_and_for_three(client):
    costs = []
    for members in (2, 3):
        world = make.a_bloc(members)
        a_table(world)
        a_check(world, 0, 1)
        sign_in(client, world.board)
        costs.append(cost_of(client, at("checks", world.cycle)))

    assert costs[0] == costs[1]
    assert costs[0] <= 15


def test_a_conflict_is_declared_with_its_reason_and_seen_by_whoever_assigns(client, world):
    sign_in(client, make.officer(world.members[2]))
    page = at("conflict", world.cycle)
    told = {"enrolment": world.enrolments[1].pk, "reason": "Lãnh đạo là người thân"}

    empty = client.post(page, {**told, "reason": ""})
    made = client.post(page, told, follow=True)
    twice = client.post(page, told)

    assert empty.status_code == twice.status_code == 422
    assert "Hãy điền mục này." in text(empty)
    assert "Đã khai." in text(made)
    assert "đã khai xung đột lợi ích này rồi" in text(twice)
    assert Conflict.objects.count() == 1
    assert "Lãnh đạo là người thân" in text(client.get(page))
    sign_in(client, world.heads[0])
    assert "Lãnh đạo là người thân" in text(client.get(at("checks", world.cycle)))
    sign_in(client, world.board)
    assert client.get(page).status_code == 403


def test_declaring_drops_the_check_that_was_assigned(client, world):
    a_check(world, 0, 2)

    declare_conflict(world.enrolments[0], by=world.heads[2], reason="Người thân")

    assert "kiểm tra chéo</p>" not in board(client, world, world.heads[2])
