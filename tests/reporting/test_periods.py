"""Periods of reporting: the usual two, writing and removing, when they take reports."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.reporting import factories as some
from tests.reporting.factories import refused
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.cycles.actions.years import act_on_phase, close_cycle, copy_cycle, set_phase
from thidua.reporting.actions.answering import take_back_report
from thidua.reporting.actions.periods import (
    PeriodFacts,
    remove_period,
    set_periods,
    write_period,
)
from thidua.reporting.actions.reports import begin_report
from thidua.reporting.models import Period, Report

pytestmark = pytest.mark.django_db
Standing = Period.Standing
DAYS = {"opens_on": date(2026, 6, 1), "due_on": date(2026, 7, 1)}


def facts(**told):
    return PeriodFacts(**{"name": "Quý II", **DAYS, **told})


def test_a_new_year_has_none_and_is_given_the_usual_two(world):
    assert not Period.objects.exists()

    set_periods(world.cycle, by=world.board)

    assert [(p.kind, p.due_on) for p in world.cycle.periods.all()] == [
        ("half_year", date(2026, 7, 15)),
        ("year", date(2026, 11, 30)),
    ]
    assert all("thường gặp" in p.source for p in world.cycle.periods.all())
    refused(AlreadyDone, set_periods, world.cycle, by=world.board)


def test_only_the_lacking_one_of_the_usual_two_is_added(world):
    write_period(world.cycle, facts(kind="year", name="Tổng kết"), by=world.board)

    assert [p.kind for p in set_periods(world.cycle, by=world.board)] == ["half_year"]


def test_the_usual_names_may_be_taken_already(world):
    write_period(world.cycle, facts(name="Tổng kết năm"), by=world.board)

    refused(AlreadyDone, set_periods, world.cycle, by=world.board, field="name")
    assert Period.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "month"}, "kind"),
        ({"due_on": date(2026, 5, 31)}, "due_on"),
        ({"closes_on": date(2026, 6, 30)}, "closes_on"),
        ({"closes_on": date(2206, 6, 30)}, "closes_on"),
        ({"opens_on": date(2024, 12, 31)}, "opens_on"),
    ],
)
def test_a_period_that_cannot_be_is_refused(world, told, field):
    refused(Invalid, write_period, world.cycle, facts(**told), by=world.board, field=field)
    assert not Period.objects.exists()


def test_kind_and_name_stand_once_in_a_year(world):
    first = write_period(world.cycle, facts(kind="half_year"), by=world.board)

    told = facts(kind="half_year", name="Khác")
    refused(AlreadyDone, write_period, world.cycle, told, by=world.board, field="kind")
    refused(AlreadyDone, write_period, world.cycle, facts(), by=world.board, field="name")
    for clash in ({"kind": "half_year", "name": "Khác"}, {"kind": "other", "name": "Quý II"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Period.objects.create(cycle=world.cycle, **DAYS, **clash)
    assert Period.objects.get() == first


def test_a_period_is_written_anew(world):
    period = write_period(world.cycle, facts(), by=world.board)

    write_period(world.cycle, facts(closes_on=date(2026, 8, 1)), by=world.board, period=period)

    assert Period.objects.get().closes_on == date(2026, 8, 1)


def test_nothing_is_set_in_a_year_that_is_over(world):
    close_cycle(world.cycle, by=world.board)

    refused(WrongState, set_periods, world.cycle, by=world.board)
    refused(WrongState, write_period, world.cycle, facts(), by=world.board)


def test_a_period_with_an_empty_draft_is_removed(world):
    period = some.a_period(world)
    begin_report(world.enrolments[2], period, by=world.heads[2])

    remove_period(period, by=world.board)

    assert not Period.objects.exists()
    assert not Report.objects.exists()


def test_a_period_for_which_something_was_sent_stays_also_when_it_was_taken_back(world):
    report = some.a_sent_report(world)
    refused(WrongState, remove_period, report.period, by=world.board)

    take_back_report(report, by=world.heads[2])

    refused(WrongState, remove_period, report.period, by=world.board)


def test_what_somebody_has_typed_for_a_period_is_not_thrown_away(world):
    report = some.a_report(world)

    refused(WrongState, remove_period, report.period, by=world.board)
    assert Report.objects.get().achievements == "Đã làm tốt."


def test_its_standing_follows_the_days_which_end_at_midnight(world):
    period = write_period(world.cycle, facts(closes_on=date(2026, 7, 31)), by=world.board)

    told = {}
    for day in (date(2026, 5, 31), date(2026, 7, 1), date(2026, 7, 2), date(2026, 8, 1)):
        with clock.at(day):
            told[day.isoformat()] = period.standing()

    assert list(told.values()) == [Standing.UPCOMING, Standing.OPEN, Standing.LATE, Standing.CLOSED]
    assert period.standing(clock.end_of(date(2026, 7, 1))) == Standing.LATE
    assert period.standing(clock.start_of(date(2026, 6, 1))) == Standing.OPEN


@pytest.mark.parametrize(("kind", "phase"), [("half_year", "interim"), ("year", "self_scoring")])
def test_the_usual_periods_close_when_their_phase_is_closed_by_hand(world, kind, phase):
    period = write_period(world.cycle, facts(kind=kind), by=world.board)
    other = write_period(world.cycle, facts(name="Quý I"), by=world.board)
    window = set_phase(world.cycle, by=world.board, kind=phase, opens_on=date(2026, 1, 1))

    def standings():
        return [p.standing() for p in Period.objects.filter(pk__in=[period.pk, other.pk])]

    assert standings() == [Standing.OPEN, Standing.OPEN]
    act_on_phase(window, by=world.board, opens=False, reason="Đã đủ")
    assert standings() == [Standing.CLOSED, Standing.OPEN]
    act_on_phase(window, by=world.board, opens=True, reason="Chờ một đơn vị")
    assert standings() == [Standing.OPEN, Standing.OPEN]


def test_a_copied_year_takes_its_periods_along_with_the_days_moved():
    with clock.at(date(2024, 3, 1)):
        world = make.a_bloc(2, year=2024)
        told = PeriodFacts(
            name="Sơ kết quý",
            opens_on=date(2024, 2, 1),
            due_on=date(2024, 2, 29),
            closes_on=date(2024, 12, 31),
        )
        write_period(world.cycle, told, by=world.board)
        set_periods(world.cycle, by=world.board)

        new = copy_cycle(world.cycle, by=world.board, year=2025)

    assert [(p.name, p.due_on, p.closes_on) for p in new.periods.all()] == [
        ("Sơ kết quý", date(2025, 2, 28), date(2025, 12, 31)),
        ("Sơ kết 6 tháng", date(2025, 7, 15), None),
        ("Tổng kết năm", date(2025, 11, 30), None),
    ]
    assert world.cycle.periods.count() == 3


def test_a_year_without_periods_is_copied_without():
    world = make.a_bloc(1, year=2025)

    assert not copy_cycle(world.cycle, by=world.board, year=2026).periods.exists()
