"""Tables made as the models tell them, on which the quick tests stand, are those of a migration.

Here because an installation is here that went through every migration from nothing, on each
database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests.conftest import complete_tables
from tests.kills.house import BACKENDS, House

# Each of them gives rows of two: what a thing is called, and what it is.
OF_POSTGRESQL = [
    """SELECT c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod) || ' '
              || a.attnotnull || ' ' || a.attidentity::text || ' '
              || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || ' ' || a.attcollation
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
       WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
       AND c.relnamespace = 'public'::regnamespace""",
    """SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    """SELECT proname, pg_get_functiondef(oid) FROM pg_proc
       WHERE pronamespace = 'public'::regnamespace""",
    "SELECT sequencename, data_type::text FROM pg_sequences WHERE schemaname = 'public'",
]
OF_SQLITE = ["SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL"]

# What is no affair of a migration, and how wide a number is in a table that Django itself puts
# between two models: by the settings when migrated, by its own app when told by the models.
BESIDE = ("shared_cache", "auth_group_permissions")


def schema() -> dict[str, object]:
    """Return all that the database is made of, by name."""
    found: dict[str, object] = {}
    for question in OF_SQLITE if connection.vendor == "sqlite" else OF_POSTGRESQL:
        with connection.cursor() as cursor:
            cursor.execute(question)
            found |= {k: v for k, v in cursor.fetchall() if not any(b in k for b in BESIDE)}
    if connection.vendor == "sqlite":
        return {name: _lines(str(sql)) for name, sql in found.items()}
    return found


def _lines(sql: str) -> list[str]:
    """Return the lines of a statement in an order of their own: a migration adds at the end."""
    head, bracket, rest = sql.partition("(")
    return [head + bracket, *sorted(split(rest.removesuffix(")")))]


def split(text: str) -> list[str]:
    """Return what stands between the commas of ``text`` that stand in no bracket."""
    found, depth = [""], 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return [part.strip() for part in found]


@contextmanager
def made_from_models(folder: Path) -> Iterator[None]:
    """Look into a database made as the tests' own is."""
    before = connection.settings_dict["NAME"]
    name = str(folder / "models.sqlite3") if connection.vendor == "sqlite" else "of_models"
    connection.settings_dict["TEST"].update({"MIGRATE": False, "NAME": name})
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        complete_tables()
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


@pytest.mark.parametrize("house_of", BACKENDS, indirect=True, scope="session")
def test_migrating_from_nothing_comes_to_what_the_models_tell(house: House, tmp_path: Path):
    migrated = schema()
    with made_from_models(tmp_path):
        told = schema()

    assert len(migrated) > 100
    assert {name for name in migrated if "append_only" in name or "no_delete" in name}
    assert migrated == told
