"""Measurements on targets: history, what cannot be, and the jump that is asked about."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.reporting import factories as some
from tests.reporting.factories import refused
from thidua.audit.queries import trail_of
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import close_cycle
from thidua.reporting.actions.measuring import MeasurementFacts, measure
from thidua.reporting.errors import NeedsConfirmation
from thidua.reporting.models import Measurement
from thidua.reporting.results import newest
from thidua.targets.actions.drafting import remove_target
from thidua.targets.actions.negotiation import take_back_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def target(world):
    """A member's target of 120 members, sent."""
    return some.a_sent_target(world)


def facts(value=100, on=date(2026, 6, 19), **told):
    number = None if value is None else Decimal(value)
    return MeasurementFacts(value=number, measured_on=on, **told)


def test_a_measurement_keeps_who_when_and_for_whom(world, target):
    measure(target, facts(note="  theo   báo cáo "), by=world.heads[2])

    row = Measurement.objects.get()
    assert (row.value, row.note, row.by) == (100, "theo báo cáo", world.heads[2].user)
    assert row.organization_name == world.members[2].name
    assert trail_of(target.target_set).first().facts["value"] == "100 hội viên"


def test_a_correction_is_a_new_row_and_the_newest_day_counts_then_the_last_written(world, target):
    for told in (facts(90), facts(95), facts(40, on=date(2026, 3, 1))):
        measure(target, told, by=world.heads[2])

    assert Measurement.objects.count() == 3
    assert newest(target, target.measurements.all()).value == 95
    assert target.measurements.first().value == 95


@pytest.mark.parametrize("state", ["sent", "returned", "locked"])
def test_a_promise_is_measured_from_its_sending_on(world, target, state):
    target.target_set.state = state
    target.target_set.digest = "0" * 64 if state == "locked" else ""
    target.target_set.save()

    measure(target, facts(), by=world.heads[2])


def test_a_draft_is_no_promise_to_measure(world):
    target = make.a_target_set(world).targets.get()

    refused(WrongState, measure, target, facts(), by=world.heads[2])


def test_nothing_is_measured_in_a_closed_year_or_after_leaving(world, target):
    other = some.a_sent_target(world, 1)
    leave_cycle(world.enrolments[2], by=world.board, on=date(2026, 6, 1), reason="Sáp nhập")
    refused(WrongState, measure, target, facts(), by=world.heads[2])

    close_cycle(world.cycle, by=world.board)
    refused(WrongState, measure, other, facts(), by=world.heads[1])
    assert not Measurement.objects.exists()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (facts(None), "value"),
        (facts(100, is_done=True), "value"),
        (facts(-1), "value"),
        (facts("1e15"), "value"),
        (facts("NaN"), "value"),
        (facts("0.00001"), "value"),
        (facts(on=date(2026, 6, 21)), "measured_on"),
        (facts(on=date(2024, 12, 31)), "measured_on"),
    ],
)
def test_a_measurement_that_cannot_be_is_refused(world, target, told, field):
    refused(Invalid, measure, target, told, by=world.heads[2], field=field)
    assert not Measurement.objects.exists()


def test_a_rate_may_be_negative_and_the_year_before_may_be_measured(world):
    rate = some.a_sent_target(world, unit="% so với năm trước", number=Decimal("-2.5"))

    measure(rate, facts("-3.1", on=date(2025, 1, 1)), by=world.heads[2])
    measure(rate, facts("-2.9"), by=world.heads[2])


def test_a_yes_or_no_is_answered_so_and_has_no_number(world):
    target = some.a_sent_target(world, number=None, unit="", direction="yes_no")

    refused(Invalid, measure, target, facts(1), by=world.heads[2], field="value")
    refused(Invalid, measure, target, facts(None), by=world.heads[2], field="is_done")
    measure(target, facts(None, is_done=True), by=world.heads[2])
    assert str(Measurement.objects.get()) == "có"


def test_the_database_takes_a_number_or_a_yes_or_no_never_both_nor_neither(world, target):
    day = {"measured_on": date(2026, 6, 1), "at": clock.now()}
    for told in ({}, {"value": 1, "is_done": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            target.measurements.create(**told, **day)


@pytest.mark.parametrize("value", [120_000, "0.12", 500_000])
def test_a_number_a_thousand_times_the_promise_is_asked_about(world, target, value):
    """Reports: “a measurement that jumps a thousandfold (asked, not refused)”."""
    sentence = refused(
        NeedsConfirmation, measure, target, facts(value), by=world.heads[2], field="value"
    )
    assert "120" in sentence
    assert not Measurement.objects.exists()

    measure(target, facts(value), by=world.heads[2], confirmed=True)

    assert Measurement.objects.get().is_confirmed_jump


@pytest.mark.parametrize("value", [119_999, "0.1201", 0])
def test_what_is_nearer_or_nothing_at_all_is_not_asked_about(world, target, value):
    measure(target, facts(value), by=world.heads[2], confirmed=True)

    assert not Measurement.objects.get().is_confirmed_jump


def test_a_number_is_held_against_the_last_one_and_after_nothing_against_the_promise(world, target):
    measure(target, facts(2, on=date(2026, 6, 1)), by=world.heads[2])
    refused(NeedsConfirmation, measure, target, facts(2000), by=world.heads[2], field="value")
    measure(target, facts(1999, on=date(2026, 6, 2)), by=world.heads[2])
    measure(target, facts(0, on=date(2026, 6, 3)), by=world.heads[2])

    measure(target, facts(100, on=date(2026, 6, 4)), by=world.heads[2])


def test_the_same_form_sent_twice_is_told_but_a_number_may_come_back(world, target):
    measure(target, facts(90), by=world.heads[2])
    refused(AlreadyDone, measure, target, facts(90), by=world.heads[2])
    measure(target, facts(91), by=world.heads[2])

    measure(target, facts(90), by=world.heads[2])

    assert Measurement.objects.count() == 3


def test_a_period_of_another_year_is_refused(world, target):
    elsewhere = some.a_period(make.a_bloc(1, year=2026))
    mine = some.a_period(world)

    told = facts(period=elsewhere)
    refused(Invalid, measure, target, told, by=world.heads[2], field="period")
    assert measure(target, facts(period=mine), by=world.heads[2]).period == mine


def test_a_target_that_was_measured_is_not_removed_any_more(world, target):
    measure(target, facts(), by=world.heads[2])
    take_back_set(target.target_set, by=world.heads[2])

    refused(WrongState, remove_target, target, by=world.heads[2])
    assert target.target_set.targets.count() == 1
