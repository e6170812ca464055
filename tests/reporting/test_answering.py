"""Returning a report for named places with reasons, accepting it; what is refused."""

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.reporting import factories as some
from tests.reporting.factories import refused
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, WrongState
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
from thidua.reporting.models import ReportAnswer, Turnout
from thidua.web.trail import sentence_of

pytestmark = pytest.mark.django_db
REMARKS = [Remark("achievements", "Thiếu số so sánh"), Remark("plan", "Chưa có")]


@pytest.fixture
def report(world):
    """A member's report, sent."""
    return some.a_sent_report(world)


def news_of(acting):
    return [n.text for n in Notice.objects.filter(user=acting.user, about_type="reporting.report")]


def test_a_report_is_returned_for_several_places_each_with_its_reason(world, report):
    return_report(report, REMARKS, by=world.heads[0])

    report = some.reread(report)
    assert report.state == "returned"
    assert [(a.place, a.place_name, a.reason) for a in report.remarks()] == [
        ("achievements", "kết quả", "Thiếu số so sánh"),
        ("plan", "phương hướng", "Chưa có"),
    ]
    assert {a.organization_name for a in report.remarks()} == {world.members[0].name}
    assert len(news_of(world.heads[2])) == 1
    assert "2 chỗ" in news_of(world.heads[2])[0]


def test_what_was_right_stays_and_the_report_is_sent_again(world, report):
    return_report(report, REMARKS, by=world.heads[0])

    report = some.reread(report)
    save_draft(report, Texts("Tốt", plan="Có"), {}, by=world.heads[2], revision=report.revision)
    send_report(report, by=world.heads[2])

    report = some.reread(report)
    assert (report.state, len(report.rounds), report.remarks()) == ("sent", 2, [])
    assert report.rounds[0].content["texts"]["plan"] == ""
    assert report.answers.count() == 2


def test_targets_people_and_evidence_may_be_named_as_places(world):
    target = some.a_sent_target(world)
    some.measured(world, target, 120)
    paper = some.evidence_of_kind(world, "file")
    attach(paper, target, by=world.heads[2])
    adoption = adopt_movement(world.cycle, make.a_movement(world), by=world.heads[0])
    report = begin_report(world.enrolments[2], some.a_period(world), by=world.heads[2])
    told = {adoption.pk: People(9)}
    save_draft(report, Texts("Tốt"), told, by=world.heads[2], revision=1)
    send_report(report, by=world.heads[2])
    turnout = Turnout.objects.get()

    places = [f"target:{target.pk}", f"turnout:{turnout.pk}", f"evidence:{paper.pk}"]
    return_report(report, [Remark(p, "Xem lại") for p in places], by=world.heads[0])

    names = {a.place: a.place_name for a in ReportAnswer.objects.all()}
    assert names == dict(
        zip(places, [target.name, adoption.movement.name, paper.name], strict=True)
    )


@pytest.mark.parametrize(
    ("remarks", "field"),
    [
        ([], "place"),
        ([Remark("plan", "  ")], "reason"),
        ([Remark("", "Sai")], "place"),
        ([Remark("target:0", "Sai")], "place"),
        ([REMARKS[0], Remark("everything", "Sai")], "place"),
    ],
)
def test_a_return_needs_places_that_are_there_and_reasons(world, report, remarks, field):
    refused(Invalid, return_report, report, remarks, by=world.heads[0], field=field)
    assert some.reread(report).state == "sent"
    assert not ReportAnswer.objects.exists()


def test_a_report_is_accepted_and_the_member_told(world, report):
    accept_report(report, by=world.heads[0])

    report = some.reread(report)
    assert report.state == "accepted"
    assert [a.kind for a in report.answers.all()] == ["accept"]
    assert "đã được tiếp nhận" in news_of(world.heads[2])[0]


def test_an_answered_report_is_not_answered_again(world, report):
    accept_report(report, by=world.heads[0])

    refused(AlreadyDone, accept_report, report, by=world.heads[0])
    refused(AlreadyDone, return_report, report, REMARKS, by=world.heads[0])
    assert ReportAnswer.objects.count() == 1


def test_a_draft_is_not_answered(world):
    draft = some.a_report(world)

    refused(WrongState, accept_report, draft, by=world.heads[0])
    refused(WrongState, return_report, draft, REMARKS, by=world.heads[0])


def test_what_the_reviewer_has_not_read_is_not_answered(world, report):
    seen = report.last_sending().pk
    take_back_report(report, by=world.heads[2])
    send_report(report, by=world.heads[2])

    refused(WrongState, accept_report, report, by=world.heads[0], seen=seen)
    refused(WrongState, return_report, report, REMARKS, by=world.heads[0], seen=seen)

    accept_report(report, by=world.heads[0], seen=some.reread(report).last_sending().pk)


def test_the_database_wants_place_and_reason_of_a_return_and_one_acceptance(world, report):
    sending = report.last_sending()
    facts = {"report": report, "at": clock.now()}
    wrong = [
        {"kind": "return", "place": "plan"},
        {"kind": "return", "reason": "Sai"},
        {"kind": "accept", "place": "plan"},
    ]
    sending.answers.create(kind="accept", **facts)
    for told in (*wrong, {"kind": "accept"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            sending.answers.create(**told, **facts)


def test_the_whole_way_of_a_report_reads_in_plain_sentences(world, report):
    return_report(report, REMARKS, by=world.heads[0])
    send_report(report, by=world.heads[2])
    take_back_report(report, by=world.heads[2])
    send_report(report, by=world.heads[2])
    accept_report(report, by=world.heads[0])

    told = [sentence_of(e) for e in Entry.objects.filter(subject_type="reporting.report")]

    assert told == [
        "bắt đầu soạn báo cáo",
        "gửi báo cáo",
        "trả lại báo cáo, 2 chỗ cần xem lại: kết quả: Thiếu số so sánh; phương hướng: Chưa có",
        "gửi báo cáo",
        "rút lại báo cáo",
        "gửi báo cáo",
        "tiếp nhận báo cáo",
    ]
