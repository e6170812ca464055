"""Writing a report: it is begun once, kept while it is typed, and never overwritten unseen."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.kept import kept
from tests.reporting import factories as some
from tests.reporting.factories import refused
from thidua.audit.models import Entry
from thidua.core.errors import Invalid, WrongState
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import close_cycle
from thidua.movements.actions import adopt_movement
from thidua.reporting.actions.reports import People, Texts, begin_report, save_draft
from thidua.reporting.models import Report, Turnout

pytestmark = pytest.mark.django_db


@pytest.fixture
@kept
def report(world):
    """A member's report that was just begun."""
    return begin_report(world.enrolments[2], some.a_period(world), by=world.heads[2])


@pytest.fixture
def adoption(world):
    """A movement of the year."""
    return adopt_movement(world.cycle, make.a_movement(world), by=world.heads[0])


def saved(world, report, texts=None, turnouts=None, revision=None):
    return save_draft(
        report,
        texts or Texts(achievements="Đã kết nạp 936 hội viên."),
        turnouts or {},
        by=world.heads[2],
        revision=revision or report.revision,
    )


def test_a_report_is_begun_once_for_a_period(world, report):
    again = begin_report(world.enrolments[2], report.period, by=world.heads[2])

    assert again == report
    assert Entry.objects.filter(code="report.begun").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(enrolment=report.enrolment, period=report.period)


def test_no_report_is_begun_for_a_period_of_another_bloc_nor_after_leaving(world):
    elsewhere = some.a_period(make.a_bloc(1, year=2026))
    refused(
        Invalid,
        begin_report,
        world.enrolments[2],
        elsewhere,
        by=world.heads[2],
        field="period",
    )
    period = some.a_period(world)
    leave_cycle(world.enrolments[2], by=world.board, on=date(2026, 6, 1), reason="Sáp nhập")
    refused(WrongState, begin_report, world.enrolments[2], period, by=world.heads[2])
    assert not Report.objects.exists()


def test_a_draft_is_kept_while_it_is_typed_without_a_trace_in_the_trail(world, report):
    before = Entry.objects.count()

    kept = saved(world, report, Texts("Kết quả\r\nNFD: a\u0302", "Khó", "Tới", "Xin"))

    assert kept.texts() == {
        "achievements": "Kết quả\nNFD: â",
        "difficulties": "Khó",
        "plan": "Tới",
        "proposals": "Xin",
    }
    assert (kept.revision, kept.saved_by) == (2, world.heads[2].user)
    assert Entry.objects.count() == before


def test_a_stale_draft_is_told_and_overwrites_nothing(world, report):
    saved(world, report, Texts("Bản của cán bộ"))

    sentence = refused(WrongState, saved, world, report, Texts("Bản của lãnh đạo"), revision=1)

    assert "chưa được lưu" in sentence
    assert Report.objects.get().achievements == "Bản của cán bộ"


def test_a_sent_report_is_not_written_on(world):
    report = some.a_sent_report(world)

    refused(WrongState, saved, world, report)
    assert Report.objects.get().achievements == "Đã làm tốt."


def test_nothing_is_written_in_a_closed_year_or_after_leaving(world, report):
    leave_cycle(world.enrolments[2], by=world.board, on=date(2026, 6, 1), reason="Sáp nhập")
    refused(WrongState, saved, world, report)

    close_cycle(world.cycle, by=world.board)
    refused(WrongState, saved, world, report)
    assert Report.objects.get().revision == 1


def test_a_text_without_end_is_refused_beside_its_section(world, report):
    refused(Invalid, saved, world, report, Texts(plan="a" * 50_001), field="plan")
    assert saved(world, report, Texts(plan="a" * 50_000)).plan


def test_people_are_counted_by_movement_changed_and_taken_away(world, report, adoption):
    other = adopt_movement(world.cycle, make.a_movement(world), by=world.heads[0])
    told = {adoption.pk: People(250, " hai  chi hội "), other.pk: People(0)}
    report = saved(world, report, turnouts=told)
    rows = {t.adoption_id: (t.pk, t.people, t.note) for t in report.turnouts.all()}
    assert [rows[adoption.pk][1:], rows[other.pk][1:]] == [(250, "hai chi hội"), (0, "")]

    report = saved(world, report, turnouts={adoption.pk: People(260), other.pk: People(None)})

    turnout = report.turnouts.get()
    assert (turnout.pk, turnout.people, turnout.note) == (rows[adoption.pk][0], 260, "")
    assert saved(world, report).turnouts.count() == 1


@pytest.mark.parametrize("people", [People(-1), People(100_000_001), People(1, "a" * 301)])
def test_people_that_cannot_be_are_refused_beside_their_movement(world, report, adoption, people):
    name = f"turnout_{adoption.pk}"

    refused(Invalid, saved, world, report, turnouts={adoption.pk: people}, field=name)
    assert not Turnout.objects.exists()
    assert Report.objects.get().revision == 1


def test_people_of_a_movement_of_another_bloc_are_refused(world, report):
    there = make.a_bloc(1, year=2026)
    other = adopt_movement(there.cycle, make.a_movement(there), by=there.heads[0])

    told = {other.pk: People(5)}
    refused(Invalid, saved, world, report, turnouts=told, field=f"turnout_{other.pk}")


def test_the_database_counts_nobody_twice_and_never_fewer_than_nobody(world, report, adoption):
    Turnout.objects.create(report=report, adoption=adoption, people=1)
    other = adopt_movement(world.cycle, make.a_movement(world), by=world.heads[0])

    for told in ({"adoption": adoption, "people": 2}, {"adoption": other, "people": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Turnout.objects.create(report=report, **told)
