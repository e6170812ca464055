"""Which backups go: of the last days, weeks and months one each stays, and the last good one."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils import timezone

from thidua.core import clock
from thidua.keeping.shelf import Backup


def to_leave(backups: Iterable[Backup]) -> list[Backup]:
    """Return the backups that may be deleted, by the settings.

    The newest of a day, a week and a month counts for it. Never among them: the last good one;
    those that are damaged, which a person must look at first; and what somebody made, or an
    upgrade or a restore put aside, in the last days.
    """
    whole = [b for b in backups if b.manifest]
    kept = {b.name for b in whole[:1]} | {b.name for b in whole if _is_wanted(b)}
    kept |= {b.name for b in [b for b in whole if b.is_good][:1]}
    for period, most in (
        (_day, settings.BACKUP_KEEP_DAYS),
        (_week, settings.BACKUP_KEEP_WEEKS),
        (_month, settings.BACKUP_KEEP_MONTHS),
    ):
        newest: dict[tuple[int, ...], str] = {}
        for backup in sorted(whole, key=lambda b: b.name, reverse=True):
            newest.setdefault(period(_day_of(backup)), backup.name)
        kept |= {newest[p] for p in sorted(newest, reverse=True)[:most]}
    return [backup for backup in whole if backup.name not in kept]


def _is_wanted(backup: Backup) -> bool:
    """Say whether it was made for a reason of its own, not long ago."""
    age = (clock.today() - _day_of(backup)).days
    by_itself = backup.manifest is not None and backup.manifest.why == "schedule"
    return not by_itself and age < settings.BACKUP_KEEP_DAYS


def _day_of(backup: Backup) -> date:
    if backup.manifest is None:
        raise ValueError(backup.name)
    return timezone.localtime(backup.manifest.moment).date()


def _day(day: date) -> tuple[int, ...]:
    return (day.toordinal(),)


def _week(day: date) -> tuple[int, ...]:
    return day.isocalendar()[:2]


def _month(day: date) -> tuple[int, ...]:
    return (day.year, day.month)
