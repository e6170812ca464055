"""What the tests of keeping stand on: a small world with files, and quick databases beside it."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from tests import factories as make
from tests.files import samples
from thidua.accounts.acting import NOBODY
from thidua.core import append_only
from thidua.files.actions import keep_file
from thidua.keeping.side import SIDE
from thidua.keeping.snapshot import SNAPSHOT
from thidua.keeping.state import Applied, in_order

_SCHEMAS: dict[str, list[str]] = {}


@pytest.fixture
def folder(tmp_path, settings):
    """Return the empty folder of kept files that the storage writes to."""
    settings.FILES_DIR = tmp_path / "files"
    settings.INCOMING_DIR = tmp_path / "files" / "incoming"
    settings.STORAGES = {
        **settings.STORAGES,
        "files": {**settings.STORAGES["files"], "OPTIONS": {"location": settings.FILES_DIR}},
    }
    return settings.FILES_DIR


@pytest.fixture(autouse=True)
def _sides_may_be_opened(db, monkeypatch):
    """Let a side database be opened, which Django's tests forbid for aliases they do not know."""
    guarded = BaseDatabaseWrapper.ensure_connection

    def opened(self):
        if self.connection is None and self.alias in {SIDE, SNAPSHOT, "elsewhere"}:
            self.connect()
        else:
            guarded(self)

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", opened)


@pytest.fixture
def shelf(tmp_path) -> Path:
    """Return where backups go."""
    return tmp_path / "backups"


@pytest.fixture
def world(db, request):
    """Make a bloc with its year and two files."""
    found = make.a_bloc(2)  # before the settings are changed: see tests/kept.py
    request.getfixturevalue("folder")
    found.blobs = [keep(samples.PDF), keep(samples.PDF.replace(b"%%EOF", b"%later\n%%EOF"))]
    return found


def keep(content: bytes, name: str = "a.pdf"):
    """Keep a file; return its row."""
    return keep_file(samples.sent(content, name), by=NOBODY)


def as_models_say(alias: str, applied: Applied) -> None:
    """Make an empty database as the models tell it: what the migrations come to, in a tenth
    of their time, without the indexes that only find rows sooner. `tests/kills/test_backup.py`
    goes through them."""
    beside = connections[alias]
    if beside.vendor == connection.vendor == "sqlite":
        _copy_schema(beside)
    else:
        with beside.cursor() as cursor:
            for statement in _schema(beside):
                cursor.execute(statement)
        for table in append_only.TABLES:
            append_only.install(beside, table)
    recorder = MigrationRecorder(beside)
    recorder.ensure_schema()
    recorder.migration_qs.bulk_create(
        recorder.Migration(app=app, name=name) for app, names in applied.items() for name in names
    )


def _schema(beside) -> list[str]:
    """Return what Django says to make the tables: thought out once for each kind of database."""
    if beside.vendor not in _SCHEMAS:
        with beside.schema_editor(collect_sql=True) as editor:
            for model in in_order(apps.get_models()):
                if model._meta.managed and not model._meta.proxy:
                    editor.create_model(model)
        told = [sql for sql in editor.collected_sql if not sql.startswith("CREATE INDEX")]
        several = beside.vendor == "postgresql"  # it takes several statements at a time
        _SCHEMAS[beside.vendor] = ["\n".join(told)] if several else told
    return _SCHEMAS[beside.vendor]


def _copy_schema(beside) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE sql NOT LIKE 'CREATE INDEX%%' "
            "AND name NOT LIKE 'sqlite_%%' AND tbl_name NOT IN "
            "('django_migrations', 'shared_cache') ORDER BY type = 'trigger'"
        )
        statements = [row[0] for row in cursor.fetchall()]
    with beside.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
