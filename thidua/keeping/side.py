"""A database beside the one at work: built from a backup, looked at, and then used or thrown away.

It begins empty, has the migrations that the backup's had, takes in the rows, is compared with what
the backup noted, and is brought forward to what this program wants.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.utils.translation import gettext as _

from thidua.audit.verification import verify
from thidua.keeping.backup import numbered
from thidua.keeping.errors import Damaged, WillNotRestore
from thidua.keeping.manifests import Manifest
from thidua.keeping.rows import Filling, Unpacking, digest_of_rows, filled
from thidua.keeping.seals import Key
from thidua.keeping.snapshot import another, sequences, set_sequences
from thidua.keeping.state import Applied, is_ours, known, models_at, targets

SIDE = "keeping_side"
SCHEMA = "thidua_restoring"
Build = Callable[[str, Applied], None]
_looked_at: ContextVar[str | None] = ContextVar("looked_at", default=None)


class Looking:
    """The database router: within `looking_at`, whoever names no database means that one.

    Not every migration of a library names the database that it is run on.
    """

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Return the database that is looked at."""
        return _looked_at.get()

    db_for_write = db_for_read


@contextmanager
def looking_at(alias: str) -> Iterator[None]:
    """Let all queries of this thread go to ``alias`` within the block."""
    token = _looked_at.set(alias)
    try:
        yield
    finally:
        _looked_at.reset(token)


@contextmanager
def side_file(path: Path) -> Iterator[str]:
    """Yield the alias of an SQLite database in the file at ``path``, which must not be there."""
    wanted = {
        **_plain(),
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # Nobody else sees it, and it is written out to the disk when it takes its place.
        "OPTIONS": {"init_command": "PRAGMA synchronous=OFF;"},
    }
    with another(SIDE, wanted):
        yield SIDE


@contextmanager
def side_schema() -> Iterator[str]:
    """Yield the alias of a new, empty schema of the PostgreSQL at work; it is dropped afterwards.

    Whoever wants its tables has moved them by then.
    """
    live = connections[DEFAULT_DB_ALIAS]
    wanted = deepcopy(connections.databases[DEFAULT_DB_ALIAS])
    wanted["NAME"] = live.settings_dict["NAME"]
    given = str(wanted["OPTIONS"].get("options", ""))
    wanted["OPTIONS"]["options"] = f"{given} -c search_path={SCHEMA}".strip()
    with another(SIDE, wanted):
        try:
            _run(SIDE, f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE", f"CREATE SCHEMA {SCHEMA}")
            yield SIDE
        finally:
            _run(SIDE, f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def _plain() -> dict[str, Any]:
    """Return the settings that Django fills in for every database."""
    keys = ("ATOMIC_REQUESTS", "AUTOCOMMIT", "CONN_MAX_AGE", "CONN_HEALTH_CHECKS", "TIME_ZONE")
    live = connections.databases[DEFAULT_DB_ALIAS]
    empty = dict.fromkeys(("USER", "PASSWORD", "HOST", "PORT"), "")
    return {**{key: live[key] for key in keys}, "TEST": deepcopy(live["TEST"]), **empty}


def _run(alias: str, *statements: str) -> None:
    with connections[alias].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def migrate_to(alias: str, applied: Applied) -> None:
    """Bring the database to the state ``applied``, from before it."""
    with looking_at(alias):
        executor = MigrationExecutor(connections[alias])
        executor.migrate(targets(applied))


def build(alias: str, folder: Path, manifest: Manifest, key: Key, make: Build = migrate_to) -> None:
    """Make the database ``alias`` what the backup in ``folder`` holds, in the backup's own state.

    `Damaged` where what came in is not what the backup noted; then the side is to be thrown away.
    """
    make(alias, manifest.migrations)
    models = {model._meta.label_lower: model for model in models_at(manifest.migrations)}
    if models.keys() != manifest.tables.keys():
        raise Damaged(_("Bản sao lưu không có đủ bảng."))
    try:
        with transaction.atomic(using=alias):
            entered = filled(models.values(), alias)  # by a migration
            for model in reversed(models.values()):
                if model in entered:
                    _run(alias, f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608
            for label, model in models.items():
                _fill(alias, model, folder / manifest.tables[label].name, key)
            set_sequences(alias, numbered([*models.values()]), manifest.sequences)
        connections[alias].check_constraints()
    except IntegrityError as fault:
        raise Damaged(_("Các bảng trong bản sao lưu không khớp nhau.")) from fault


def _fill(alias: str, model: type[Model], path: Path, key: Key) -> None:
    filling = Filling(model, alias)
    unpacking = Unpacking(filling)
    with path.open("rb") as file:
        key.open(file, unpacking)
    unpacking.close()
    filling.flush()


def differences(alias: str, manifest: Manifest) -> list[str]:
    """Read the side through again; return what is not as the backup noted, in sentences."""
    found = []
    models = models_at(manifest.migrations)
    full = filled(models, alias)
    for model in models:
        part = manifest.tables[model._meta.label_lower]
        counted = digest_of_rows(model, alias, is_empty=model not in full)
        told = {"table": model._meta.db_table, "rows": counted.rows, "noted": part.rows}
        if counted.rows != part.rows:
            sentence = _("Bảng %(table)s có %(rows)d dòng, bản sao lưu ghi %(noted)d.")
            found.append(sentence % told)
        elif counted.content != part.content:
            found.append(_("Bảng %(table)s khác nội dung đã sao lưu.") % told)
    if sequences(alias, numbered(models)) != manifest.sequences:
        found.append(_("Số thứ tự kế tiếp của một bảng khác bản sao lưu."))
    return found


def bring_forward(alias: str) -> None:
    """Give the side the migrations that it lacks, and the table of the cache."""
    migrate_to(alias, known())
    with looking_at(alias):
        call_command("createcachetable", database=alias, verbosity=0)


def faults_of_trail(alias: str, manifest: Manifest) -> list[str]:
    """Check the chains of the side, and that each still holds the head that the backup noted.

    The side must have been brought forward: the trail is read with today's models.
    """
    with looking_at(alias):
        _count, faults = verify([end.digest for end in manifest.chains if end.number])
    return [f"{fault.chain} #{fault.number}: {fault.sentence}" for fault in faults]


def refuse_newer(manifest: Manifest, strange: list[str]) -> None:
    """Refuse a backup whose database has had migrations that this program does not know."""
    if strange:
        sentence = _(
            "Bản sao lưu %(name)s do bản chương trình khác, mới hơn, tạo ra (có %(migration)s mà "
            "bản này không biết). Hãy nâng cấp chương trình lên bản đó rồi phục hồi."
        )
        raise WillNotRestore(sentence % {"name": manifest.name, "migration": strange[0]})


def is_as_old(manifest: Manifest) -> bool:
    """Say whether the backup is of this very version."""
    return is_ours(manifest.migrations)
