"""Where a restored database goes: the file, or the schema, of the one at work.

Each knows how to make a side of its own kind and how the side takes its place, whole or not at all.
"""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Protocol

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils.translation import gettext as _

from thidua.keeping.errors import CannotKeep
from thidua.keeping.side import SCHEMA, side_file, side_schema

PATIENCE = 20.0  # seconds to wait for whoever is writing


class Place(Protocol):
    """A database that a side can take the place of."""

    def side(self) -> AbstractContextManager[str]:
        """Yield the alias of an empty database of the same kind."""

    def take(self, alias: str) -> None:
        """Let the side take the place, in one step."""


@dataclass(frozen=True)
class FilePlace:
    """An SQLite file."""

    path: Path

    @contextmanager
    def side(self) -> Iterator[str]:
        """Yield an empty database on the same disk."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = Path(mkdtemp(prefix=".restoring-", dir=self.path.parent))
        try:
            with side_file(folder / "side.sqlite3") as alias:
                yield alias
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def take(self, alias: str) -> None:
        """Write the side over the database in one transaction of SQLite itself.

        So whoever has it open sees the old one or the new one, and a power cut leaves one of them.
        A file that SQLite does not take for a database is replaced as a file.
        """
        side = Path(str(connections[alias].settings_dict["NAME"]))
        connections[alias].close()
        if self.path.exists() and self._written_over(side):
            return
        with side.open("rb") as file:
            os.fsync(file.fileno())
        for tail in ("-wal", "-shm"):
            self.path.with_name(f"{self.path.name}{tail}").unlink(missing_ok=True)
        side.chmod(0o600)
        side.replace(self.path)

    def _written_over(self, side: Path) -> bool:
        try:
            copy_file(side, self.path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return False  # what lies there is no database any more
        return True


def copy_file(source: Path, target: Path) -> None:
    """Copy one SQLite database over another, while both may be in use; all or nothing."""
    until = time.monotonic() + PATIENCE

    def patience(status: int, _left: int, _of: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            sentence = _("Cơ sở dữ liệu đang bận: hãy dừng chương trình rồi chạy lại.")
            raise CannotKeep(sentence)

    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new, progress=patience)


@dataclass(frozen=True)
class SchemaPlace:
    """A schema of PostgreSQL; the program's own is the one that its connection writes to."""

    schema: str

    def side(self) -> AbstractContextManager[str]:
        """Yield an empty schema of the same database."""
        return side_schema()

    def take(self, alias: str) -> None:
        """Drop what is in the schema and move the side's tables there, in one transaction."""
        quoted = connections[alias].ops.quote_name
        place, side = quoted(self.schema), quoted(SCHEMA)
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {place}")
            for table in _names(cursor, "tablename", "pg_tables", "schemaname", self.schema):
                cursor.execute(f"DROP TABLE {place}.{quoted(table)} CASCADE")
            for function in _functions(cursor, self.schema):
                cursor.execute(f"DROP FUNCTION {place}.{quoted(function)}() CASCADE")
            for table in _names(cursor, "tablename", "pg_tables", "schemaname", SCHEMA):
                cursor.execute(f"ALTER TABLE {side}.{quoted(table)} SET SCHEMA {place}")
            for function in _functions(cursor, SCHEMA):
                cursor.execute(f"ALTER FUNCTION {side}.{quoted(function)}() SET SCHEMA {place}")


def _names(cursor: object, name: str, catalogue: str, by: str, schema: str) -> list[str]:
    cursor.execute(f"SELECT {name} FROM {catalogue} WHERE {by} = %s ORDER BY 1", [schema])  # type: ignore[attr-defined]  # noqa: S608
    return [row[0] for row in cursor.fetchall()]  # type: ignore[attr-defined]


def _functions(cursor: object, schema: str) -> list[str]:
    """Return the trigger functions in the schema that no extension brought."""
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT proname FROM pg_proc WHERE pronamespace = to_regnamespace(%s) "
        "AND prorettype = 'trigger'::regtype AND NOT EXISTS "
        "(SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')",
        [schema],
    )
    return [row[0] for row in cursor.fetchall()]  # type: ignore[attr-defined]


def at_work() -> Place:
    """Return the place of the database that the program works with."""
    live = connections[DEFAULT_DB_ALIAS]
    if live.vendor == "sqlite":
        return FilePlace(Path(str(live.settings_dict["NAME"])))
    with live.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone()
    return SchemaPlace(str(schema or "public"))
