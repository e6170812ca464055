"""Sending a report and taking it back: on time or late, what is kept, what is refused."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from tests import factories as make
from tests.reporting import factories as some
from tests.reporting.factories import refused
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.digest import digest_data
from thidua.core.errors import AlreadyDone, Invalid, OutOfTime, WrongState
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import act_on_phase, close_cycle, set_phase
from thidua.movements.actions import adopt_movement
from thidua.notifications.models import Notice
from thidua.reporting.actions.answering import (
    Remark,
    accept_report,
    return_report,
    send_report,
    take_back_report,
)
from thidua.reporting.actions.evidence import attach
from thidua.reporting.actions.reports import People, Texts, begin_report, save_draft
from thidua.reporting.models import ReportSending

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(world):
    """A member's draft with a few words."""
    return some.a_report(world)


def told(acting):
    return [n.text for n in Notice.objects.filter(user=acting.user, about_type="reporting.report")]


def test_sending_is_kept_and_told_to_the_reviewer(world, report):
    sending = send_report(report, by=world.heads[2])

    report = some.reread(report)
    assert (report.state, report.is_late, report.last_sending()) == ("sent", False, sending)
    assert sending.organization_name == world.members[2].name
    (sentence,) = told(world.heads[0])
    assert world.members[2].name in sentence
    assert told(world.heads[1]) == []
    assert Entry.objects.get(code="report.sent").facts["digest"] == sending.digest


def test_the_leaders_report_is_told_to_the_deputy_and_without_anybody_to_the_board(world):
    some.a_sent_report(world, 0)
    assert len(told(world.heads[1])) == 1

    alone = make.a_bloc(2, year=2026, leader=False)
    some.a_sent_report(alone, 0)
    assert len(told(alone.board)) == 1


def test_a_report_after_the_deadline_is_accepted_and_marked_late(world, report):
    """Reports: “after the deadline (accepted, marked late)”."""
    with clock.at(clock.end_of(report.period.due_on)):
        sending = send_report(report, by=world.heads[2])

    assert sending.is_late
    assert some.reread(report).is_late
    assert Entry.objects.get(code="report.sent").facts["late"] == 1


def test_the_last_minute_of_the_due_day_is_in_time(world, report):
    with clock.at(report.period.due_on):
        assert not send_report(report, by=world.heads[2]).is_late


def test_a_report_after_the_phase_closed_is_refused_and_stays_a_draft(world):
    """Reports: “after the phase closed (refused)”."""
    period = some.a_period(world, kind="half_year")
    report = some.a_report(world, period=period)
    window = set_phase(world.cycle, by=world.board, kind="interim", opens_on=date(2026, 6, 1))
    act_on_phase(window, by=world.board, opens=False, reason="Đã sơ kết")

    sentence = refused(OutOfTime, send_report, report, by=world.heads[2])

    assert period.name in sentence
    assert some.reread(report).state == "draft"
    assert some.reread(report).achievements == "Đã làm tốt."


def test_a_report_outside_the_days_of_its_period_is_refused(world):
    days = {"opens_on": date(2026, 7, 1), "due_on": date(2026, 7, 10)}
    report = some.a_report(world, period=some.a_period(world, closes_on=date(2026, 7, 20), **days))

    assert "1/7/2026" in refused(OutOfTime, send_report, report, by=world.heads[2])
    with clock.at(date(2026, 7, 21)):
        refused(OutOfTime, send_report, report, by=world.heads[2])


def test_a_report_that_says_nothing_is_not_sent_but_measurements_are_enough(world):
    report = some.a_report(world, text=" \n ")
    target = some.a_sent_target(world)
    refused(Invalid, send_report, report, by=world.heads[2])

    some.measured(world, target, 60)

    send_report(report, by=world.heads[2])


def test_a_target_claimed_to_be_reached_needs_evidence_or_an_explanation(world, report):
    target = some.a_sent_target(world)
    some.measured(world, target, 120)

    sentence = refused(Invalid, send_report, report, by=world.heads[2])
    assert target.name in sentence

    attach(some.evidence_of_kind(world, "explanation"), target, by=world.heads[2])
    send_report(report, by=world.heads[2])


def test_a_target_that_is_not_reached_needs_no_proof(world, report):
    some.measured(world, some.a_sent_target(world), 119)

    send_report(report, by=world.heads[2])


def test_a_draft_that_another_changed_meanwhile_is_not_sent_unseen(world, report):
    save_draft(report, Texts("Khác"), {}, by=world.heads[2], revision=report.revision)

    refused(WrongState, send_report, report, by=world.heads[2], revision=report.revision)
    assert not ReportSending.objects.exists()


def test_a_report_is_sent_once(world, report):
    send_report(report, by=world.heads[2])

    refused(AlreadyDone, send_report, report, by=world.heads[2])
    assert ReportSending.objects.count() == 1


def test_nothing_is_sent_after_leaving_nor_in_a_closed_year(world, report):
    other = some.a_report(world, 1, report.period)
    leave_cycle(world.enrolments[2], by=world.board, on=date(2026, 6, 1), reason="Sáp nhập")
    refused(WrongState, send_report, report, by=world.heads[2])

    close_cycle(world.cycle, by=world.board)
    refused(WrongState, send_report, other, by=world.heads[1])


@pytest.fixture
def paper(world):
    """A file of the member."""
    return some.evidence_of_kind(world, "file")


@pytest.fixture
def full(world, paper):
    """A report with a target, people in a movement, texts and a file, sent in English."""
    target = some.a_sent_target(world)
    some.measured(world, target, 468, date(2026, 6, 15))
    adoption = adopt_movement(world.cycle, make.a_movement(world, "Xanh"), by=world.heads[0])
    period = some.a_period(world, "Giữa năm")
    report = begin_report(world.enrolments[2], period, by=world.heads[2])
    attach(paper, target, by=world.heads[2])
    attach(paper, report, by=world.heads[2])
    people = {adoption.pk: People(250, "hai chi hội")}
    save_draft(report, Texts("Tốt", plan="Tiếp"), people, by=world.heads[2], revision=1)
    with override("en"):
        return send_report(report, by=world.heads[2])


def test_exactly_what_was_sent_is_kept(world, full, paper):
    (line,), (turnout,), (piece,) = (full.content[n] for n in ("targets", "turnouts", "evidence"))

    assert (line["name"], line["number"], line["value"]) == ("Kết nạp hội viên", "120", "468")
    assert (line["percent"], line["surplus"]) == ("390", "290")
    assert (line["words"], line["measured_on"]) == ("đạt 390 %, vượt 290 %", "2026-06-15")
    assert (turnout["movement"], turnout["people"], turnout["note"]) == ("Xanh", 250, "hai chi hội")
    assert (piece["name"], piece["digest"]) == (paper.name, paper.blob.digest)
    assert piece["places"] == ["report", f"target:{line['id']}"]
    assert full.content["texts"]["plan"] == "Tiếp"
    assert (full.content["unit"], full.content["year"]) == (world.members[2].name, 2026)


def test_what_is_kept_stands_beside_its_digest(full):
    kept = ReportSending.objects.get()
    assert kept.digest == digest_data(kept.content)
    assert kept.matches

    kept.content["texts"]["plan"] = "Khác"

    assert not kept.matches


def test_what_is_measured_later_does_not_change_what_was_sent(world):
    target = some.a_sent_target(world)
    some.measured(world, target, 60)
    report = some.a_sent_report(world)

    some.measured(world, target, 90)

    assert some.reread(report).last_sending().targets()[0]["value"] == "60"


def test_what_was_sent_is_taken_back_until_somebody_has_acted_on_it(world, report):
    send_report(report, by=world.heads[2])

    take_back_report(report, by=world.heads[2])

    report = some.reread(report)
    assert (report.state, report.rounds, report.last_sending()) == ("draft", [], None)
    assert [s.takes_back for s in report.sendings.all()] == [True, False]
    assert report.achievements == "Đã làm tốt."
    refused(WrongState, take_back_report, report, by=world.heads[2])

    send_report(report, by=world.heads[2])
    accept_report(report, by=world.heads[0])
    refused(WrongState, take_back_report, report, by=world.heads[2])


def test_what_was_sent_anew_is_taken_back_to_where_it_was_returned(world, report):
    send_report(report, by=world.heads[2])
    return_report(report, [Remark("plan", "Chưa có")], by=world.heads[0])
    send_report(report, by=world.heads[2])

    take_back_report(report, by=world.heads[2])

    report = some.reread(report)
    assert report.state == "returned"
    assert [a.reason for a in report.remarks()] == ["Chưa có"]
    assert report.last_sending() == report.sendings.last()


def test_what_could_not_be_sent_again_is_not_taken_back(world):
    report = some.a_sent_report(world, period=some.a_period(world, closes_on=date(2026, 7, 1)))

    with clock.at(date(2026, 7, 2)):
        refused(OutOfTime, take_back_report, report, by=world.heads[2])
    assert some.reread(report).state == "sent"


def test_what_was_taken_back_and_sent_late_is_late_and_what_was_returned_is_not(world, report):
    late = date(2026, 7, 10)
    send_report(report, by=world.heads[2])
    returned = some.a_sent_report(world, 1, report.period)
    take_back_report(report, by=world.heads[2])
    return_report(returned, [Remark("plan", "Chưa có")], by=world.heads[0])

    with clock.at(late):
        send_report(report, by=world.heads[2])
        again = send_report(returned, by=world.heads[1])

    assert some.reread(report).is_late
    assert again.is_late
    assert not some.reread(returned).is_late


def test_the_database_keeps_a_digest_with_what_was_sent_and_none_with_a_take_back(world, report):
    for told in ({"takes_back": False}, {"takes_back": True, "digest": "0" * 64}):
        with pytest.raises(IntegrityError), transaction.atomic():
            report.sendings.create(at=clock.now(), **told)
