"""Marking on the desk: one's own card, checks, appraisals, and the checks to assign."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories as make
from tests.scoring.factories import a_self_score, a_table, an_adopted_result, given, sheet_of
from tests.scoring.steps import a_check, an_appraisal
from tests.web.counting import cost_of
from tests.web.desk import due, titles
from tests.web.marks import at, sign_in
from thidua.core import clock
from thidua.cycles.actions.years import act_on_phase, set_phase
from thidua.scoring.actions.adoption import set_layers
from thidua.scoring.actions.marking import save_marks, send_sheet
from thidua.scoring.models import Layer

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = make.a_bloc(3)
    a_table(world)
    return world


def phase(world, kind, opens, due_in):
    today = clock.today()
    return set_phase(
        world.cycle,
        by=world.board,
        kind=kind,
        opens_on=today + timedelta(opens),
        due_on=today + timedelta(due_in),
    )


def found(acting, words):
    """Return the task whose title begins so, or None."""
    return next((task for task in due(acting) if task.title.startswith(words)), None)


def test_ones_own_card_is_due_until_it_is_sent(world):
    phase(world, "self_scoring", -5, -1)
    sheet, head, year = sheet_of(world, 2), world.heads[2], world.cycle.year

    task = found(head, "Tự chấm điểm")
    assert task.url == at("sheet", sheet)
    assert (task.days_late, task.is_mine) == (1, True)
    save_marks(sheet, given(sheet, {"I.1": 30}), by=head)
    assert f"Gửi điểm tự chấm năm {year}" in titles(head)
    assert found(head, "Gửi điểm").note == "Đã chấm 5/5 tiêu chí."
    assert found(make.officer(world.members[2]), "Gửi điểm").why == "Lãnh đạo đơn vị gửi."
    send_sheet(sheet, by=head)

    assert found(head, "Gửi điểm") is None
    assert found(head, "Tự chấm điểm") is None


def test_before_the_phase_nothing_is_due_and_after_it_somebody_else_must_act(world):
    phase(world, "self_scoring", 3, 9)
    assert found(world.heads[2], "Tự chấm điểm") is None

    act_on_phase(phase(world, "self_scoring", -3, 9), by=world.board, opens=False, reason="Hết hạn")

    assert "nhờ khối trưởng mở lại" in found(world.heads[2], "Tự chấm điểm").why


def test_a_check_is_due_once_its_member_has_marked_itself(world):
    check = a_check(world, 2, 1)
    assert found(world.heads[1], "Kiểm tra chéo") is None

    a_self_score(world, 2, I_1=30)

    task = found(world.heads[1], f"Kiểm tra chéo phiếu điểm của {world.members[2].name}")
    assert task.url == at("sheet", check)


def test_appraisals_wait_for_the_leader_the_deputy_and_the_board_by_number(world):
    set_layers(world.cycle, list(Layer.Kind.values), by=world.board)
    for member in range(3):
        a_self_score(world, member, I_1=30)
    year = world.cycle.year

    assert f"Thẩm định 2 phiếu điểm năm {year}" in titles(world.heads[0])
    assert f"Thẩm định 1 phiếu điểm năm {year}" in titles(world.heads[1])
    assert f"Thẩm định 3 phiếu điểm năm {year}" in titles(world.board)
    assert found(world.heads[2], "Thẩm định") is None
    send_sheet(an_appraisal(world, 2, world.heads[0]), by=world.heads[0])
    assert f"Thẩm định 1 phiếu điểm năm {year}" in titles(world.heads[0])


def test_checks_are_to_be_assigned_until_the_first_is(world):
    task = found(world.heads[0], "Giao kiểm tra chéo")
    assert task.url == at("checks", world.cycle)
    assert found(world.heads[2], "Giao kiểm tra chéo") is None

    a_check(world, 2, 1)

    assert found(world.heads[0], "Giao kiểm tra chéo") is None


def test_nothing_of_it_is_due_once_the_result_is_adopted(world):
    a_self_score(world, 2, I_1=30)
    an_adopted_result(world)

    for acting in (*world.heads, world.board):
        assert not [t for t in due(acting) if t.url.startswith("/cham-diem/")]


def test_the_desk_costs_the_same_for_two_members_and_for_four(client):
    costs = []
    for members in (2, 4):
        world = make.a_bloc(members)
        a_table(world)
        for member in range(1, members):
            a_self_score(world, member, I_1=30)
            a_check(world, member, 0)
        sign_in(client, world.heads[0])
        costs.append(cost_of(client, reverse("work:index")))

    assert costs[0] == costs[1]
