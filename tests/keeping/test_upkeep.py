"""By itself: one backup a night, a drill a month, and what has served its time goes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.cache import cache

from tests import factories as make
from tests.keeping.conftest import as_models_say
from thidua.accounts.models import Appointment
from thidua.core import clock
from thidua.house.checks import State
from thidua.jobs.errors import Hopeless
from thidua.keeping import findings, tasks
from thidua.keeping.backup import make_backup
from thidua.keeping.drill import drill
from thidua.keeping.manifests import text_of
from thidua.keeping.shelf import backups_in, note_drill, remove
from thidua.keeping.upkeep import back_up, is_drill_due, is_due, thin_out
from thidua.notifications.models import Notice

pytestmark = pytest.mark.django_db


def at(day, hour=2):
    """Let the clock stand at an hour of a day in May 2026."""
    return clock.at(clock.start_of(date(2026, 5, day)) + timedelta(hours=hour))


@pytest.fixture
def shelf_set(settings, shelf):
    """Set the folder of backups."""
    settings.BACKUP_DIR = str(shelf)
    return shelf


def test_a_backup_is_due_once_after_the_hour_of_each_night(world, shelf_set):
    with at(3, 2):
        assert is_due(shelf_set)
        assert tasks.nightly()
        assert not is_due(shelf_set)
        assert tasks.nightly() == ""
    with at(4, 0):
        assert not is_due(shelf_set)  # the hour set is 1
    with at(4, 1):
        assert is_due(shelf_set)
    with at(9, 15):
        assert is_due(shelf_set)  # the machine was off


def test_without_a_folder_nothing_is_made_by_itself(world, settings):
    settings.BACKUP_DIR = ""

    assert tasks.nightly() == ""
    assert findings._backup().state is State.LOOK


def of_days(shelf, backup, *days):
    """Lay copies of a backup there as if they had been made on these days of May 2026."""
    for number, day in enumerate(days, 2):
        name = f"thidua-2026-05-{day:02}-010000"
        copy = replace(
            backup.manifest,
            name=name,
            number=number,
            why="schedule",
            made_at=f"2026-05-{day:02}T01:00:00+07:00",
        )
        (shelf / name).mkdir()
        (shelf / name / "manifest.json").write_text(text_of(copy), encoding="utf-8")
    remove(backup)


def days_there(shelf):
    return [int(backup.name[15:17]) for backup in backups_in(shelf)]


def test_days_weeks_and_months_keep_one_each_and_the_last_good_one_stays(
    world, shelf_set, settings
):
    settings.BACKUP_KEEP_DAYS, settings.BACKUP_KEEP_WEEKS = 2, 2
    settings.BACKUP_KEEP_MONTHS = 1
    of_days(shelf_set, make_backup(shelf_set, why="schedule"), 4, 10, 11, 12, 13)

    with at(14):
        thin_out(shelf_set)
        assert days_there(shelf_set) == [13, 12, 10]  # the 10th was the last of its week

        settings.BACKUP_KEEP_DAYS = settings.BACKUP_KEEP_WEEKS = settings.BACKUP_KEEP_MONTHS = 0
        note_drill(backups_in(shelf_set)[0].folder, is_well=False, line="HỎNG")
        thin_out(shelf_set)
        assert days_there(shelf_set) == [13, 12]  # the last, and the last good one


def test_what_was_made_for_a_reason_stays_some_days_whatever_comes_by_itself(world, shelf_set):
    with at(4, 9):
        aside = make_backup(shelf_set, why="before_restore")
    with at(4, 10):
        back_up(shelf_set, why="schedule")
    assert aside.folder.exists()
    with at(12):
        back_up(shelf_set, why="schedule")
    assert not aside.folder.exists()


def test_the_operators_are_told_once_when_it_fails(world, shelf_set, settings):
    keeper = make.a_person_for(world.body, Appointment.Role.OPERATOR)
    shelf_set.write_text("no folder")

    with pytest.raises(Hopeless, match="Không đọc hoặc ghi được"):
        tasks.nightly()
    assert tasks.nightly() == ""  # and rests for some hours

    notice = Notice.objects.get()
    assert notice.user_id == keeper.actor_id
    assert "Không đọc hoặc ghi được" in notice.text
    cache.clear()


def test_a_drill_is_due_a_month_after_the_last(world, shelf_set):
    with at(3):
        make_backup(shelf_set, why="schedule")
        assert is_drill_due(shelf_set)
        drill(shelf_set, make=as_models_say)
        assert not is_drill_due(shelf_set)
    with clock.at(date(2026, 6, 4)):
        assert is_drill_due(shelf_set)


def test_the_check_page_says_how_old_the_last_good_backup_is(world, shelf_set):
    with at(3):
        assert findings._backup().state is State.MISSING
        make_backup(shelf_set, why="schedule")
        assert "02:00 03/05/2026" in findings._backup().sentence
        assert findings._backup().state is not State.MISSING
        assert findings._drill().state is State.LOOK
        drill(shelf_set, make=as_models_say)
        assert findings._drill().state is State.FINE
    with at(5):
        assert findings._backup().state is State.MISSING


def test_a_clock_that_was_set_back_an_hour_makes_one_more_backup_and_no_fault(world, shelf_set):
    with at(3, 2):
        tasks.nightly()
    with at(3, 1):
        assert tasks.nightly()

    assert len(backups_in(shelf_set)) >= 1
