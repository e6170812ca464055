"""What is kept safe in the background: the nightly backup, one asked for, the drill, retention."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta
from pathlib import Path

from django.core.cache import cache
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from thidua.core.errors import DomainError
from thidua.jobs.errors import Hopeless
from thidua.jobs.progress import progress
from thidua.jobs.work import work
from thidua.keeping import upkeep
from thidua.keeping.actions.telling import tell_operators
from thidua.keeping.retention import let_go
from thidua.keeping.shelf import Backup

QUIET = timedelta(hours=6)  # after a fault: then it is tried, and told, again


@work(name="keeping.nightly", title=_("Sao lưu hằng đêm"), every=timedelta(hours=1), tries=1)
def nightly() -> str:
    """Back up when the hour set has passed since the last good one; return its name.

    It is asked each hour, so that a machine that was off at night makes up for it.
    """
    shelf = upkeep.shelf_set()
    if shelf is None or not upkeep.is_due(shelf) or cache.get("keeping.nightly"):
        return ""
    with _faults_told("keeping.nightly"):
        return _backed_up(shelf, "schedule")


@work(name="keeping.now", title=_("Sao lưu ngay"), tries=1)
def now() -> str:
    """Back up because somebody asked for it; return its name."""
    shelf = upkeep.shelf_set()
    if shelf is None:
        raise Hopeless(_now("Chưa đặt BACKUP_DIR nên không có chỗ để sao lưu."))
    with _faults_told(""):
        return _backed_up(shelf, "by_hand")


@work(name="keeping.drill", title=_("Diễn tập phục hồi"), every=timedelta(hours=6), tries=1)
def monthly_drill() -> str:
    """Hold a drill a month after the last; return its line."""
    shelf = upkeep.shelf_set()
    if shelf is None or not upkeep.is_drill_due(shelf):
        return ""
    outcome = upkeep.hold_drill(shelf, step=progress)
    if not outcome.is_well:
        tell_operators(outcome.line)
    return outcome.line


@work(
    name="keeping.let_go", title=_("Xóa thứ hết hạn giữ"), every=timedelta(days=1), at=time(2, 30)
)
def nightly_letting_go() -> int:
    """Delete what has served its purpose; return how many rows."""
    return sum(let_go().values())


def _backed_up(shelf: Path, why: str) -> str:
    made: Backup = upkeep.back_up(shelf, why=why, step=progress)
    manifest = made.manifest
    if manifest and manifest.is_faulty:
        count = len(manifest.missing) + len(manifest.damaged)
        with override("vi"):
            sentence = _now(
                "Bản sao lưu %(name)s thiếu %(count)d tệp đã mất hoặc bị sửa trên đĩa: hãy chạy "
                "manage.py check_files."
            )
            tell_operators(sentence % {"name": made.name, "count": count})
    return made.name


@contextmanager
def _faults_told(quiet: str) -> Iterator[None]:
    """Tell the operators why it could not be done; under the name ``quiet`` rest for a while."""
    try:
        yield
    except DomainError as refusal:
        if quiet:
            cache.set(quiet, 1, QUIET.total_seconds())
        tell_operators(refusal.sentence)
        raise Hopeless(refusal.sentence) from refusal
