"""What is done by the schedule: the nightly backup, its thinning out, the monthly drill."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from thidua.core import clock
from thidua.keeping import policy
from thidua.keeping.backup import make_backup, silent
from thidua.keeping.contents import Step
from thidua.keeping.drill import Outcome, drill
from thidua.keeping.shelf import Backup, Drill, backups_in, held, prepare, remove

DRILL_EVERY = timedelta(days=30)


def shelf_set() -> Path | None:
    """Return the folder of backups; None where none is set."""
    return Path(settings.BACKUP_DIR).expanduser().absolute() if settings.BACKUP_DIR else None


def last_good(shelf: Path) -> Backup | None:
    """Return the newest backup against which nothing is known."""
    return next((backup for backup in backups_in(shelf) if backup.is_good), None)


def last_drill(shelf: Path) -> Drill | None:
    """Return the newest drill with any of the backups."""
    drills = [backup.drill for backup in backups_in(shelf) if backup.drill]
    return max(drills, key=lambda drill: drill.at, default=None)


def came_due(now: datetime) -> datetime:
    """Return when the last nightly backup was to be made: the last passing of the hour set."""
    today = timezone.localtime(now).replace(
        hour=settings.BACKUP_HOUR % 24, minute=0, second=0, microsecond=0
    )
    return today if today <= now else today - timedelta(days=1)


def is_due(shelf: Path) -> bool:
    """Say whether a backup is missing since the hour set; so a machine that slept makes it up."""
    last, now = last_good(shelf), clock.now()
    return not (last and last.manifest and came_due(now) <= last.manifest.moment <= now)


def is_drill_due(shelf: Path) -> bool:
    """Say whether the last drill was long ago."""
    last = last_drill(shelf)
    return bool(backups_in(shelf)) and (last is None or clock.now() - last.at >= DRILL_EVERY)


def back_up(shelf: Path, *, why: str, step: Step = silent) -> Backup:
    """Make a backup as the settings want it, and let go of those that have served their time."""
    made = make_backup(shelf, recipients=settings.BACKUP_RECIPIENTS, why=why, step=step)
    thin_out(shelf)
    return made


def thin_out(shelf: Path) -> list[str]:
    """Delete the backups that the settings no longer keep; return their names."""
    with held(prepare(shelf)):
        leaving = policy.to_leave(backups_in(shelf))
        for backup in leaving:
            remove(backup)
    return [backup.name for backup in leaving]


def hold_drill(shelf: Path, *, step: Step = silent) -> Outcome:
    """Hold a drill with the last backup, with the key that is set, if there is one."""
    identity = Path(settings.BACKUP_IDENTITY).expanduser() if settings.BACKUP_IDENTITY else None
    return drill(shelf, identity=identity, step=step)
