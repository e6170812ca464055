"""An upgrade: what is there is backed up first, and an embedded database is put back by itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from thidua.audit.models import Head
from thidua.audit.verification import verify
from thidua.keeping.backup import make_backup
from thidua.keeping.errors import CannotKeep
from thidua.keeping.places import copy_file

Say = Callable[[str], None]


def waiting_steps() -> int:
    """Return how many migrations the database lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_new() -> bool:
    """Say whether there is nothing yet that could be backed up."""
    return Head._meta.db_table not in connection.introspection.table_names()


def upgrade(shelf: Path, recipients: list[str], *, say: Say) -> None:
    """Back up into ``shelf``, bring the database to this program's state, prepare, check.

    Raises `CannotKeep` with what to do next; an embedded database is then as it was before.
    """
    name = ""
    if not is_new():
        name = make_backup(shelf, recipients=recipients, why="before_upgrade").name
        say(_("Đã sao lưu: %(name)s.") % {"name": shelf / name})
    with _put_back(shelf / name if name else None):
        say(_("Cơ sở dữ liệu: %(count)d bước.") % {"count": waiting_steps()})
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("compile_messages", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("check")
        count, faults = verify()
        if faults:
            raise CannotKeep(f"{faults[0].chain} #{faults[0].number}: {faults[0].sentence}")
        say(_("Chuỗi dấu vết nguyên vẹn: %(count)d mục.") % {"count": count})


@contextmanager
def _put_back(backup: Path | None) -> Iterator[None]:
    """When the block fails put an embedded database back, and say what is to be done."""
    copy = None
    if connection.vendor == "sqlite" and backup is not None:
        live = Path(str(connection.settings_dict["NAME"]))
        copy = live.with_name(f"{live.name}.before-upgrade")
        copy.unlink(missing_ok=True)
        connection.close()
        copy_file(live, copy)
    try:
        yield
    except Exception as fault:
        why = " ".join(str(fault).split()) or type(fault).__name__
        connection.close()
        if copy is not None:
            copy_file(copy, live)
        raise CannotKeep(_way_back(why, backup, is_back=copy is not None)) from fault
    finally:
        if copy is not None:
            copy.unlink(missing_ok=True)


def _way_back(why: str, backup: Path | None, *, is_back: bool) -> str:
    told = {"why": why, "backup": backup}
    if is_back:
        sentence = _(
            "Nâng cấp không xong: %(why)s. Cơ sở dữ liệu đã trở lại như trước khi nâng cấp. Hãy "
            "lấy lại bản chương trình trước (git checkout) rồi chạy; bản sao lưu: %(backup)s."
        )
    elif backup is not None:
        sentence = _(
            "Nâng cấp không xong: %(why)s. Để trở lại: lấy lại bản chương trình trước "
            "(git checkout), rồi: manage.py restore %(backup)s --force --no-backup."
        )
    else:
        sentence = _("Nâng cấp không xong: %(why)s. Cơ sở dữ liệu chưa có gì.")
    return sentence % told
