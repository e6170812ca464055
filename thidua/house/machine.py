"""What is looked at on the machine: database, folders, secrets, address, clock, worker."""

import shutil
import tempfile
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.numbers import format_number
from thidua.house.checks import Finding, check, fine, missing, worth_a_look
from thidua.jobs.models import Tick

GIGABYTE = 1024**3
LEAST_FREE, GOOD_FREE = 1 * GIGABYTE, 5 * GIGABYTE
SLIP = timedelta(minutes=2)  # by which two clocks may differ without harm
ADDRESS = "PUBLIC_URL=https://…"
WORKER_SILENCE = timedelta(minutes=15)  # `house.pulse` comes due three times in it


def _database() -> Finding:
    with connection.cursor() as cursor:
        asked = (
            "SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version"
        )
        cursor.execute(asked)
        version = cursor.fetchone()[0]
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    told = {"kind": connection.display_name, "version": version, "count": len(waiting)}
    if waiting:
        sentence = _("%(kind)s %(version)s: còn %(count)d bước nâng cấp cơ sở dữ liệu chưa chạy.")
        return missing(sentence % told, command="manage.py migrate")
    return fine(_("%(kind)s %(version)s, đã ở bản mới nhất.") % told)


def _folders() -> Finding:
    places = {Path(settings.DATA_DIR), Path(settings.FILES_DIR)}
    for place in sorted(places):
        try:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=place, prefix=".probe-"):
                pass
        except OSError as trouble:
            told = {"place": place, "reason": trouble.strerror}
            return missing(_("Không ghi được vào thư mục %(place)s (%(reason)s).") % told)
    free = min(shutil.disk_usage(place).free for place in places)
    told = {"free": format_number(Decimal(free * 10 // GIGABYTE) / 10)}
    if free < LEAST_FREE:
        return missing(_("Ổ đĩa chỉ còn trống %(free)s GB. Hãy dọn hoặc thêm chỗ.") % told)
    if free < GOOD_FREE:
        return worth_a_look(_("Ổ đĩa còn trống %(free)s GB: sắp thiếu chỗ cho tệp.") % told)
    return fine(_("Ghi được vào các thư mục, ổ đĩa còn trống %(free)s GB.") % told)


def _secrets() -> Finding:
    """The key signs sessions and codes, the mail file holds a password: for their owner alone."""
    places = [Path(settings.DATA_DIR) / name for name in ("secret_key", "mail.json")]
    readable = [place for place in places if place.exists() and place.stat().st_mode & 0o077]
    if readable:
        names = " ".join(map(str, readable))
        return missing(
            _("Người khác trên máy này đọc được: %(names)s.") % {"names": names},
            command=f"chmod 600 {names}",
        )
    if len(settings.SECRET_KEY) < 32:
        return missing(_("SECRET_KEY quá ngắn: cần ít nhất 32 chữ, ngẫu nhiên."))
    return fine(_("Khóa bí mật chỉ tài khoản chạy chương trình đọc được."))


def _address() -> Finding:
    told = {"address": settings.PUBLIC_URL}
    if settings.PUBLIC_HOST in settings.LOOPBACK_HOSTS:
        sentence = _(
            "Địa chỉ trong thư và phiếu mời đang là %(address)s, chỉ mở được trên máy chủ này. "
            "Hãy đặt PUBLIC_URL là địa chỉ mọi người dùng."
        )
        return missing(sentence % told, command=ADDRESS)
    if not settings.IS_HTTPS:
        told_so = _("Địa chỉ %(address)s chưa bảo mật: cần bắt đầu bằng https://.")
        return missing(told_so % told, command=ADDRESS)
    if not settings.SECURE_PROXY_SSL_HEADER:
        return worth_a_look(_("Dùng https nhưng chưa đặt BEHIND_PROXY=1.") % told)
    return fine(_("Mọi người vào bằng %(address)s.") % told)


def _debugging() -> Finding | None:
    if not settings.DEBUG:
        return None
    return missing(_("DEBUG đang bật: lỗi sẽ hiện cả mã nguồn cho người dùng. Hãy tắt đi."))


def _clock() -> Finding:
    now = clock.now()
    newest = Entry.objects.order_by("-at").values_list("at", flat=True).first()
    if newest and newest > now + SLIP:
        return missing(
            _("Đồng hồ máy này đi lùi: đã có việc ghi lúc %(at)s.")
            % {"at": timezone.localtime(newest).strftime("%H:%M %d/%m/%Y")},
            command="timedatectl",
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs(cursor.fetchone()[0] - now)
        if apart > SLIP and not clock.is_set():
            return missing(_("Đồng hồ của máy này và của cơ sở dữ liệu lệch nhau."))
    return fine(timezone.localtime(now).strftime("%H:%M %d/%m/%Y"))


def _worker() -> Finding:
    newest = Tick.objects.order_by("-at").values_list("at", flat=True).first()
    if newest and newest > clock.now() - WORKER_SILENCE:
        return fine(_("Máy chạy nền đang làm việc."))
    return missing(
        _("Máy chạy nền không làm việc: thư và lời nhắc đang nằm chờ."),
        mend=_("Xem việc chạy nền"),
        at="jobs:index",
        command="manage.py worker",
    )


def register() -> None:
    """Put them into the register; the app does it when it is ready."""
    check("machine.address", gettext_lazy("Địa chỉ"), _address, rank=5)
    check("machine.worker", gettext_lazy("Việc chạy nền"), _worker, rank=25)
    check("machine.database", gettext_lazy("Cơ sở dữ liệu"), _database, rank=70, shell_only=True)
    check("machine.folders", gettext_lazy("Thư mục dữ liệu"), _folders, rank=71)
    check("machine.secrets", gettext_lazy("Khóa bí mật"), _secrets, rank=72, shell_only=True)
    check("machine.clock", gettext_lazy("Đồng hồ"), _clock, rank=73)
    check("machine.debug", gettext_lazy("Chế độ dò lỗi"), _debugging, rank=74)
