"""Scheduled work comes due once a tick, however many workers look and whatever the clock does."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from thidua.core import clock
from thidua.jobs import queries, schedule
from thidua.jobs.models import Tick
from thidua.jobs.queue import of_work
from thidua.jobs.register import works
from thidua.jobs.schedule import tick
from thidua.jobs.work import run_due

pytestmark = pytest.mark.django_db
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = datetime(2026, 3, 2, 10, 5, tzinfo=HANOI)
OFTEN, NIGHTLY = "samples.often", "samples.nightly"


@pytest.fixture(autouse=True)
def _no_other_work(monkeypatch):
    ours = {name: work for name, work in works().items() if name.startswith("samples.")}
    monkeypatch.setattr(schedule, "works", lambda: ours)


def at(minutes: float, *, since: datetime = MORNING) -> int:
    """Look at the schedule so many minutes later, do what is due; return all `OFTEN` did."""
    with clock.at(since + timedelta(minutes=minutes)):
        tick()
        run_due()
    return of_work(OFTEN).count()


def test_new_work_waits_for_the_next_full_period():
    assert [at(0), at(4), at(5), at(6)] == [0, 0, 1, 1]


def test_each_tick_comes_once_however_often_one_looks():
    at(0)

    assert [at(n) for n in (5, 5, 6, 14.9, 15, 16, 25)] == [1, 1, 1, 1, 2, 2, 3]


def test_ticks_missed_while_no_worker_ran_are_made_up_for_once():
    at(0)

    assert [at(600), at(601), at(605)] == [1, 1, 2]


def test_a_day_begins_at_the_hour_that_the_work_names():
    at(0)
    counts = []
    for hours in (15.8, 16, 39.8, 40):
        at(hours * 60)
        counts.append(of_work(NIGHTLY).count())

    assert counts == [0, 1, 1, 2]


def test_two_workers_that_look_at_once_take_one_tick():
    at(0)
    last = queries.last_ticks()[OFTEN]
    with clock.at(MORNING + timedelta(minutes=5)):
        first = Tick(name=OFTEN, number=last.number + 1, at=clock.now())
        second = Tick(name=OFTEN, number=last.number + 1, at=clock.now())

        assert [schedule._take(first, last), schedule._take(second, last)] == [True, False]
    assert of_work(OFTEN).count() == 1


def test_the_database_refuses_a_tick_twice():
    Tick.objects.create(name=OFTEN, number=1, at=MORNING)

    with pytest.raises(IntegrityError), transaction.atomic():
        Tick.objects.create(name=OFTEN, number=1, at=MORNING)


def test_a_clock_set_back_an_hour_repeats_nothing_and_stops_nothing():
    """Bad input: “The clock set back an hour.”"""
    at(0)
    assert [at(5), at(15), at(25)] == [1, 2, 3]

    back = MORNING - timedelta(minutes=60)
    minutes = range(25, 25 + 70, 5)
    counts = [at(minute, since=back) for minute in minutes]

    ticks = [
        m for m, one, next_one in zip(minutes, [3, *counts], counts, strict=False) if one < next_one
    ]
    assert 10 <= ticks[0] - 25 < 20  # never sooner than a period, never silent for two
    assert ticks == list(range(ticks[0], 25 + 70, 10))
    assert counts[-1] == 3 + len(ticks)


def test_a_night_is_not_done_twice_when_the_clock_is_set_back_an_hour():
    """“The clock set back an hour” just after a nightly tick: it does not come again at two."""
    night = MORNING.replace(hour=2, minute=0) + timedelta(days=1)
    at(0)
    at(30, since=night)
    assert of_work(NIGHTLY).count() == 1
    for minutes in (-30, 0, 30, 60, 23 * 60):
        at(minutes, since=night)
    assert of_work(NIGHTLY).count() == 1

    at(24 * 60, since=night)
    assert of_work(NIGHTLY).count() == 2


def test_a_clock_that_ran_a_year_ahead_does_not_stop_the_schedule():
    at(0)
    at(60 * 24 * 365)
    before = of_work(OFTEN).count()

    at(30)
    assert at(50) == before + 1


def test_clocks_of_two_machines_that_differ_a_little_give_no_further_ticks():
    at(0)
    counts = [at(minutes) for minutes in (5, -3, 6, -2, 7, -1, 8)]

    assert counts == [1] * 7


def test_a_tick_asks_for_nothing_while_the_job_of_the_last_one_waits():
    at(0)
    with clock.at(MORNING + timedelta(minutes=5)):
        tick()
    with clock.at(MORNING + timedelta(minutes=15)):
        tick()

    assert of_work(OFTEN).count() == 1
    run_due()
    assert at(25) == 2


def test_old_ticks_are_forgotten():
    at(0)
    for number in range(2, 2 + 30):
        Tick.objects.create(name=OFTEN, number=number, at=MORNING)
    at(20)

    assert Tick.objects.filter(name=OFTEN).count() == schedule.KEPT
