"""The board of reports: who has sent what for which period, on time, late or not at all."""

from datetime import date

import pytest

from tests import factories as make
from tests.reporting import factories as some
from thidua.core import clock
from thidua.cycles.actions.members import join_cycle, leave_cycle
from thidua.cycles.actions.years import act_on_phase, set_phase
from thidua.reporting.actions.answering import Remark, accept_report, return_report
from thidua.reporting.queries import evidence_for, reports_for, target_lines
from thidua.reporting.standings import (
    ReportStanding,
    reports_late_count,
    reports_on_time,
    standing_board,
)

pytestmark = pytest.mark.django_db
LATER = date(2026, 7, 10)
AFTER = date(2026, 7, 1)


@pytest.fixture
def period(world):
    """A period that is due on 30 June 2026."""
    return some.a_period(world, "Giữa năm")


def board(world):
    return [[(c.standing, c.is_late) for c in r.cells] for r in standing_board(world.fresh_cycle())]


def test_each_standing_of_a_report_has_its_cell(world, period):
    assert board(world) == [[("none", False)]] * 3
    some.a_report(world, 1, period)
    some.a_sent_report(world, 2, period)
    assert board(world) == [[("none", False)], [("draft", False)], [("on_time", False)]]

    with clock.at(AFTER):
        assert board(world) == [[("missing", True)], [("missing", True)], [("on_time", False)]]
        late = some.a_sent_report(world, 0, period)
        assert board(world)[0] == [("late", True)]
        accept_report(late, by=world.heads[1])
        assert board(world)[0] == [("accepted", True)]


def test_a_returned_report_is_neither_missing_nor_late_when_it_had_come_in_time(world, period):
    report = some.a_sent_report(world, 2, period)
    return_report(report, [Remark("plan", "Chưa có")], by=world.heads[0])

    with clock.at(LATER):
        assert board(world)[2] == [("returned", False)]


def test_every_standing_is_told_in_words():
    assert all(str(label) and "_" not in str(label) for label in ReportStanding.labels)


def test_a_member_that_left_is_not_missing(world, period):
    some.a_report(world, 2, period)
    leave_cycle(world.enrolments[2], by=world.board, on=date(2026, 6, 20), reason="Sáp nhập")

    with clock.at(LATER):
        assert len(board(world)) == 2
        assert reports_late_count(world.cycle.enrolments.get(pk=world.enrolments[2].pk)) == 0


def test_what_a_member_sent_before_it_left_stays(world, period):
    some.a_sent_report(world, 2, period)
    leave_cycle(world.enrolments[2], by=world.board, on=date(2026, 6, 20), reason="Sáp nhập")

    assert board(world)[2] == [("on_time", False)]


def test_a_member_that_joined_after_the_due_day_owes_nothing(world, period):
    with clock.at(LATER):
        newcomer = make.an_organization()
        join_cycle(world.cycle, newcomer, by=world.board, on=date(2026, 7, 5))

        assert board(world)[3] == [("not_due", False)]


def test_what_is_not_there_when_the_phase_is_closed_by_hand_is_missing(world):
    some.a_period(world, kind="half_year")
    phase = set_phase(world.cycle, by=world.board, kind="interim", opens_on=date(2026, 1, 1))

    act_on_phase(phase, by=world.board, opens=False, reason="Đã sơ kết")

    assert board(world) == [[("missing", True)]] * 3


def test_scoring_learns_how_many_reports_came_late_and_whether_all_came_in_time(world, period):
    member = world.enrolments[2]
    assert (reports_late_count(member), reports_on_time(member)) == (0, None)
    some.a_sent_report(world, 2, period)
    assert (reports_late_count(member), reports_on_time(member)) == (0, True)

    with clock.at(LATER):
        other = some.a_period(world, opens_on=date(2026, 6, 1), due_on=date(2026, 7, 9))
        assert (reports_late_count(member), reports_on_time(member)) == (1, False)
        some.a_sent_report(world, 2, other)
        assert (reports_late_count(member), reports_on_time(member)) == (1, False)
        assert reports_late_count(world.enrolments[1]) == 2


def test_the_board_costs_the_same_for_one_report_and_for_many(
    world, period, django_assert_num_queries
):
    some.a_sent_report(world, 2, period)
    cycle = world.fresh_cycle()
    with django_assert_num_queries(3):
        standing_board(cycle)

    for member in range(3):
        some.a_sent_report(world, member, some.a_period(world))
    for member in range(2):
        some.a_sent_report(world, member, period)
    cycle = world.fresh_cycle()
    with django_assert_num_queries(3):
        standing_board(cycle)


def test_lists_cost_the_same_for_one_row_and_for_three(world, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(60) as counted:
            for report in reports_for(world.heads[0]):
                assert (report.period.standing(), report.remarks()) == ("open", [])
                assert report.last_sending() is not None
                world.heads[0].has_perm("reporting.answer_report", report)
            for piece in evidence_for(world.heads[0]):
                assert world.heads[0].has_perm("reporting.view_evidence", piece)
            target_lines(world.enrolments[2])
        return len(counted)

    def one_more(member):
        target = some.a_sent_target(world, member)
        some.measured(world, target, 120)
        paper = some.evidence_of_kind(world, "file", member)
        some.attach_and_send(world, member, target, paper)

    one_more(2)
    few = cost()
    for member in (0, 1):
        one_more(member)

    assert cost() == few
