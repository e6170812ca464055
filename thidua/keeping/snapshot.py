"""Reading a whole database as it stood at one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

SNAPSHOT = "keeping_snapshot"


@contextmanager
def snapshot() -> Iterator[str]:
    """Yield the alias of a connection that sees one moment only, and writes nothing.

    On SQLite a reader of the write-ahead log, which holds up nobody; on PostgreSQL a transaction
    that is REPEATABLE READ. Within an open transaction it is that one: what it wrote belongs to it.
    """
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        yield DEFAULT_DB_ALIAS
        return
    wanted = deepcopy(connections.databases[DEFAULT_DB_ALIAS])
    wanted["NAME"] = connections[DEFAULT_DB_ALIAS].settings_dict["NAME"]
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
        wanted["OPTIONS"] = {**wanted["OPTIONS"], "transaction_mode": "DEFERRED"}
    with another(SNAPSHOT, wanted), transaction.atomic(using=SNAPSHOT):
        with connections[SNAPSHOT].cursor() as cursor:
            if connections[SNAPSHOT].vendor == "postgresql":
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            else:
                cursor.execute("SELECT count(*) FROM django_migrations")  # the moment is now
        yield SNAPSHOT


@contextmanager
def another(alias: str, wanted: dict[str, Any]) -> Iterator[str]:
    """Make one more database known as ``alias`` for the time of the block."""
    connections.databases[alias] = wanted
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def sequences(alias: str, tables: dict[str, str]) -> dict[str, int]:
    """Return the last number that each table (with its key's column) has given out; 0 for none.

    An id that was given and deleted again must not come back: the trail names things by id.
    """
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            found = dict(cursor.fetchall())
            return {table: int(found[table]) for table in tables if found.get(table)}
        cursor.execute(
            "SELECT name, pg_sequence_last_value(pg_get_serial_sequence(quote_ident(name), key)) "
            "FROM unnest(%s::text[], %s::text[]) AS numbered (name, key)",
            [[*tables], [*tables.values()]],
        )
        return {table: int(number) for table, number in cursor.fetchall() if number}


def set_sequences(alias: str, tables: dict[str, str], numbers: dict[str, int]) -> None:
    """Let each table go on after the number noted, or after its highest id."""
    connection = connections[alias]
    highest = (f'SELECT \'{table}\', MAX("{key}") FROM "{table}"' for table, key in tables.items())  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(highest))
        for table, found in cursor.fetchall():
            last = max(int(found or 0), numbers.get(table, 0))
            if not last:
                continue
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, last])
            else:
                told = "SELECT setval(pg_get_serial_sequence(%s, %s), %s)"
                cursor.execute(told, [f'"{table}"', tables[table], last])
