"""What "Việc của tôi" asks of whom: each duty appears when it is due and goes when it is done."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests import factories as make
from tests.web.desk import due, titles
from thidua.core import clock
from thidua.covenants.actions.drafting import (
    circulate_covenant,
    draft_covenant,
)
from thidua.cycles.actions.members import hand_lead
from thidua.cycles.actions.years import CycleFacts, found_cycle, set_phase
from thidua.movements.actions import adopt_movement, join_movement
from thidua.targets.actions.drafting import begin_set
from thidua.targets.actions.negotiation import answer_target, finish_answers, send_set

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
SOON, PAST = TODAY + timedelta(5), TODAY - timedelta(5)


@pytest.fixture(autouse=True)
def _on_a_day_in_march():
    with clock.at(TODAY):
        yield


def test_a_member_is_asked_to_begin_by_the_day_set():
    world = make.a_bloc()
    set_phase(world.cycle, by=world.board, kind="registration", opens_on=PAST, due_on=SOON)

    (task,) = due(make.officer(world.members[2]))

    assert task.title == "Đăng ký chỉ tiêu thi đua năm 2026"
    assert (task.is_post, task.due, task.is_mine) == (True, SOON, True)
    assert task.url == reverse("targets:begin", args=[world.enrolments[2].pk])


def test_nothing_is_asked_before_the_phase_opens():
    world = make.a_bloc()
    set_phase(world.cycle, by=world.board, kind="registration", opens_on=SOON)

    assert due(world.heads[2]) == []


def test_after_the_phase_has_closed_the_member_is_told_whom_to_ask():
    world = make.a_bloc()
    days = {"opens_on": date(2026, 1, 1), "due_on": PAST, "closes_on": PAST}
    set_phase(world.cycle, by=world.board, kind="registration", **days)

    (task,) = due(world.heads[2])

    assert (task.is_mine, task.days_late) == (False, 5)
    assert "nhờ khối trưởng mở lại" in task.why


def test_an_empty_set_is_to_be_written_and_a_written_one_to_be_sent_by_who_may():
    world = make.a_bloc()
    begin_set(world.enrolments[2], by=world.heads[2])
    assert due(world.heads[2])[0].label == "Viết tiếp"

    make.a_target_set(world)
    (to_send,) = due(world.heads[2])
    (to_wait,) = due(make.officer(world.members[2]))

    assert (to_send.title, to_send.label) == ("Gửi bản đăng ký thi đua năm 2026", "Xem và gửi")
    assert (to_wait.why, to_wait.label) == ("Lãnh đạo đơn vị gửi.", "Xem bản đăng ký")


def test_a_sent_set_is_the_reviewers_to_answer_and_to_finish():
    world = make.a_bloc()
    target_set = make.a_target_set(world)
    send_set(target_set, by=world.heads[2])
    unit = world.members[2].name
    assert titles(world.heads[2]) == []

    leader, officer = world.heads[0], make.officer(world.members[0])
    (task,) = [task for task in due(leader) if unit in task.title]
    assert (task.title, task.why) == (f"Trả lời bản đăng ký của {unit}", "")
    assert task.note == "1 chỉ tiêu chờ trả lời."
    assert "Lãnh đạo đơn vị trả lời." in [task.why for task in due(officer)]

    (target,) = target_set.targets.all()
    answer_target(target, by=leader, agrees=False, number=150, reason="Còn thấp")
    assert f"Kết thúc trả lời bản đăng ký của {unit}" in titles(leader)

    finish_answers(target_set, by=leader)
    assert titles(world.heads[2]) == ["Xem lại 1 chỉ tiêu được đề nghị sửa, năm 2026"]


def test_nobody_is_asked_to_answer_their_own():
    world = make.a_bloc()
    send_set(make.a_target_set(world, 0), by=world.heads[0])
    answer = f"Trả lời bản đăng ký của {world.members[0].name}"

    assert answer not in titles(world.heads[0])
    assert answer in titles(world.heads[1])
    assert answer not in titles(world.heads[2])


def test_movements_are_asked_for_until_all_are_joined():
    world = make.a_bloc()
    make.a_locked_set(world)
    adoptions = [
        adopt_movement(world.cycle, make.a_movement(world), by=world.heads[0]) for _n in range(2)
    ]
    assert due(world.heads[2])[0].note == "Còn 2 phong trào đơn vị chưa tham gia."

    for adoption in adoptions:
        join_movement(adoption, by=world.heads[2], organization=world.members[2])
    assert due(world.heads[2]) == []


def test_where_there_is_no_leader_the_board_does_the_leaders_work():
    world = make.a_bloc(leader=False)
    send_set(make.a_target_set(world), by=world.heads[2])

    assert titles(world.board) == [
        f"Trả lời bản đăng ký của {world.members[2].name}",
        "Soạn giao ước thi đua năm 2026",
        "Giao khối trưởng năm 2026",
    ]


def test_the_board_is_led_step_by_step_to_an_open_year():
    body = make.an_organization(kind="board")
    board = make.board(body)
    assert titles(board) == ["Lập khối, cụm thi đua đầu tiên"]

    world = make.a_bloc(is_open=False)
    assert titles(world.board) == ["Đặt lịch các giai đoạn năm 2026"]
    hand_lead(world.cycle, by=world.board, leaders=[], deputies=[])
    assert titles(world.board) == ["Giao khối trưởng năm 2026"]
    hand_lead(world.cycle, by=world.board, leaders=world.enrolments[:1], deputies=[])
    set_phase(world.cycle, by=world.board, kind="covenant", opens_on=SOON)
    assert titles(world.board) == ["Mở năm thi đua 2026"]


def test_the_coming_year_is_prepared_from_november_on():
    world = make.a_bloc()
    set_phase(world.cycle, by=world.board, kind="covenant", opens_on=PAST)
    assert titles(world.board) == []

    with clock.at(date(2026, 11, 1)):
        (task,) = due(world.board)
        assert (task.title, task.bloc) == ("Chuẩn bị năm thi đua 2027", world.bloc)

        found_cycle(world.bloc, by=world.board, year=2027, facts=CycleFacts())
        assert titles(world.board) == ["Ghi các đơn vị tham gia năm 2027"]


def test_a_year_left_open_after_march_of_the_next_is_to_be_closed():
    world = make.a_bloc()
    set_phase(world.cycle, by=world.board, kind="covenant", opens_on=PAST)

    with clock.at(date(2027, 4, 1)):
        assert titles(world.board)[0] == "Khép năm thi đua 2026"


def test_late_work_stands_first_and_work_without_a_day_last():
    world = make.a_bloc()
    set_phase(world.cycle, by=world.board, kind="covenant", opens_on=PAST, due_on=SOON)
    set_phase(world.cycle, by=world.board, kind="registration", opens_on=PAST, due_on=PAST)
    covenant = draft_covenant(world.cycle, by=world.heads[0])
    circulate_covenant(covenant, by=world.heads[0])

    assert [(task.days_late, task.due) for task in due(world.heads[0])] == [(5, PAST), (0, SOON)]
    assert [(task.days_late, task.due) for task in due(world.heads[2])] == [(5, PAST), (0, None)]


def test_who_registers_late_is_asked_for_targets_and_not_for_movements():
    world = make.a_bloc()
    set_phase(world.cycle, by=world.board, kind="registration", opens_on=PAST, due_on=PAST)
    adopt_movement(world.cycle, make.a_movement(world), by=world.heads[0])

    assert titles(world.heads[2]) == ["Đăng ký chỉ tiêu thi đua năm 2026"]
