"""Rows that nobody may change or delete: triggers for SQLite and PostgreSQL, as one migration step.

A person who owns the database can still drop a trigger; the audit chain is what shows it then.
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper

TABLES: list[str] = [
    "audit_entry",
    "documents_signature",
    "documents_version",
    "documents_printing",
    "documents_withdrawal",
    "documents_passkeyproof",
    "documents_certificateproof",
    "covenants_passedturn",
    "covenants_extension",
    "covenants_declineanswer",
]
MESSAGE = "append-only: this row is a record and may not be changed or deleted"


def install(connection: BaseDatabaseWrapper, table: str) -> None:
    """Make every UPDATE and DELETE on ``table`` fail (and TRUNCATE on PostgreSQL).

    May be asked for again: after a migration that made the table anew on SQLite.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} "
                    f"ON {table} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
                )
            return
        cursor.execute(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
        )
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
        cursor.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def remove(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the triggers away: for undoing the migration, and for emptying a test database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
            return
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")


class AppendOnly(migrations.RunPython):
    """The migration step that makes ``table`` append-only, and back."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(self._install, self._remove)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.table], {}

    def _install(self, _apps: Any, schema_editor: Any) -> None:
        install(schema_editor.connection, self.table)

    def _remove(self, _apps: Any, schema_editor: Any) -> None:
        remove(schema_editor.connection, self.table)
