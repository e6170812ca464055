"""The backups that lie there, when and how they were tried, and making one now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.core.numbers import format_number
from thidua.jobs.actions import later
from thidua.jobs.queries import State, is_unattended, state_of
from thidua.jobs.queue import is_under_way, of_work
from thidua.keeping.findings import LATE
from thidua.keeping.models import Restoration
from thidua.keeping.shelf import Backup, Drill, backups_in
from thidua.keeping.upkeep import shelf_set
from thidua.web.access import acting, require, signed_in

NOW, NIGHTLY = "keeping.now", "keeping.nightly"
MOST_SHOWN = 60
WHY: dict[str, str | Promise] = {
    "schedule": gettext_lazy("theo lịch"),
    "by_hand": gettext_lazy("làm tay"),
    "before_upgrade": gettext_lazy("trước khi nâng cấp"),
    "before_restore": gettext_lazy("trước khi phục hồi"),
}


@dataclass(frozen=True)
class Line:
    """One backup as the page shows it."""

    name: str
    at: datetime | None
    why: str | Promise
    size: str
    new: str
    files: int
    is_closed: bool
    lacks: int
    fault: str
    drill: Drill | None


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the backups, the newest first, and whether all is as it should be."""
    _keeper(request)
    shelf = shelf_set()
    found = backups_in(shelf) if shelf else []
    good = next((backup for backup in found if backup.is_good), None)
    moment = good.manifest.moment if good and good.manifest else None
    told = {
        "shelf": shelf,
        "is_writable": shelf is None or _is_writable(shelf),
        "lines": lines_of(found[:MOST_SHOWN]),
        "last": moment,
        "is_late": moment is None or clock.now() - moment > LATE,
        "drill": next((backup.drill for backup in found if backup.drill), None),
        "job": _job(),
        "is_unattended": is_unattended(),
        "restorations": Restoration.objects.all()[:5],
        "keeps": settings,
        "hour": f"{settings.BACKUP_HOUR % 24}:00",
    }
    return render(request, "keeping/index.html", told)


@signed_in
@require_POST
def now(request: HttpRequest) -> HttpResponse:
    """Ask for a backup in the background; the page then shows how far it is."""
    _keeper(request)
    if shelf_set() is None:
        messages.error(request, _("Chưa đặt nơi sao lưu (BACKUP_DIR), nên chưa sao lưu được."))
    elif is_under_way(NOW):
        messages.info(request, _("Đang sao lưu rồi. Trang này cho biết khi nào xong."))
    else:
        later(NOW)
        messages.success(
            request, _("Đã nhận việc sao lưu. Bạn làm việc khác được, chương trình vẫn chạy.")
        )
    return redirect("keeping:index")


def lines_of(backups: Iterable[Backup]) -> list[Line]:
    """Return the backups as lines."""
    return [_line(backup) for backup in backups]


def _line(backup: Backup) -> Line:
    manifest = backup.manifest
    if manifest is None:
        return Line(backup.name, None, "", "", "", 0, False, 0, backup.fault, backup.drill)
    return Line(
        name=backup.name,
        at=manifest.moment,
        why=WHY.get(manifest.why, ""),
        size=megabytes(manifest.size),
        new=megabytes(manifest.new_bytes),
        files=manifest.file_count,
        is_closed=bool(manifest.seal.kind),
        lacks=len(manifest.missing) + len(manifest.damaged),
        fault="",
        drill=backup.drill,
    )


def megabytes(size: int) -> str:
    """Return a size as "12,3"; the page says that these are megabytes."""
    return format_number((Decimal(size) / 1_000_000).quantize(Decimal("0.1")))


def _job() -> State | None:
    """Return how far the backup under way is, and the last one that failed; None when neither."""
    newest = of_work(NOW).order_by("-enqueued_at").first()
    for name in (NIGHTLY, NOW):
        if is_under_way(name):
            running = of_work(name).order_by("-enqueued_at").first()
            return state_of(str(running.pk)) if running else None
    if newest is None:
        return None
    state = state_of(str(newest.pk))
    return state if state.word == "failed" else None


def _is_writable(shelf: Path) -> bool:
    return shelf.is_dir() or not shelf.exists()


def _keeper(request: HttpRequest) -> Acting:
    who = acting(request)
    require(who, "keeping.keep_backups")
    return who
