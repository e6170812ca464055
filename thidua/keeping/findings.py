"""What the check page and `manage.py doctor` say of backups."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.core import clock
from thidua.house.checks import Finding, check, fine, missing, worth_a_look
from thidua.keeping.shelf import Backup
from thidua.keeping.upkeep import last_drill, last_good, shelf_set

LATE = timedelta(hours=36)  # a night and a morning in which somebody would have mended it
PAGE = "keeping:index"


def _backup() -> Finding:
    shelf = shelf_set()
    if shelf is None:
        return worth_a_look(
            _("Chưa đặt nơi sao lưu, nên không có bản sao lưu tự động nào."),
            command="BACKUP_DIR=/srv/backup (.env)",
        )
    last = last_good(shelf)
    if last is None or last.manifest is None:
        return missing(
            _("Chưa có bản sao lưu trọn vẹn nào."),
            mend=_("Sao lưu ngay"),
            at=PAGE,
            command="manage.py backup",
        )
    return _about(shelf, last)


def _about(shelf: Path, last: Backup) -> Finding:
    """Say how old the last good backup is, and where it lies."""
    moment = last.manifest.moment if last.manifest else clock.now()
    told = {"when": timezone.localtime(moment).strftime("%H:%M %d/%m/%Y")}
    if clock.now() - moment > LATE:
        sentence = _("Bản sao lưu gần nhất đã cũ: %(when)s.")
        return missing(sentence % told, mend=_("Sao lưu ngay"), at=PAGE, command="manage.py backup")
    if _shares_a_disk(shelf):
        sentence = _(
            "Bản sao lưu gần nhất: %(when)s, nhưng cùng ổ đĩa với dữ liệu: ổ hỏng là mất cả hai."
        )
        return worth_a_look(sentence % told)
    return fine(_("Bản sao lưu gần nhất: %(when)s.") % told)


def _shares_a_disk(shelf: Path) -> bool:
    return shelf.stat().st_dev == Path(settings.DATA_DIR).stat().st_dev


def _drill() -> Finding | None:
    shelf = shelf_set()
    if shelf is None or last_good(shelf) is None:
        return None
    last = last_drill(shelf)
    if last is None:
        sentence = _("Chưa diễn tập phục hồi lần nào.")
        return worth_a_look(sentence, command="manage.py drill")
    told = {"when": timezone.localtime(last.at).strftime("%d/%m/%Y"), "line": last.line}
    if not last.is_well:
        return missing(_("Diễn tập ngày %(when)s: %(line)s") % told, command="manage.py drill")
    return fine(_("Diễn tập phục hồi ngày %(when)s: tốt.") % told)


def register() -> None:
    """Put both into the register."""
    check("keeping.backup", gettext_lazy("Sao lưu"), _backup, rank=60)
    check("keeping.drill", gettext_lazy("Diễn tập phục hồi"), _drill, rank=61)
