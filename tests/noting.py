"""What makes one statement another in the eyes of a database: see docs/decisions/0011.

A statement is told by its text without the counts of rows it names, by how it is fetched and
whether it locks, and by what came of it. Beside that each kind of value at each place is a thing
of its own: databases differ in what they take for a text, a number, a date. What a test asks by
itself, to see what has become of its rows, is not told, for the program never asks it; what it is
refused is.
"""

import functools
import re
from bisect import bisect_left
from typing import Any

from django.apps import apps
from django.db.models import CharField, TextField

SEVERAL = re.compile(r"(?<=IN \()[^()]*%s[^()]*(?=\))|(?<=VALUES )\(.*\)(?= RETURNING|$)")
LISTS = re.compile(r"IN \(…\)|VALUES …")
COLUMN = re.compile(r'"\w+"\."\w+"')
COUNTS = re.compile(r"\b(LIMIT|OFFSET) \d+")
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d\d-\d\d")
# Frames of `tests.kept`: what keeps the factories fast is no statement of anybody's.
OURS = {"_put_back", "_rows_of", "_joined"}
PROGRAM = ("thidua.", "django.core.handlers.")
LISTENING = {"tests.kept", "tests.repeats"}  # stand between who asks and the database
LENGTHS = (0, 100, 255, 500, 1000)  # what columns of text hold, roughly
NUMBERS = (2**15, 2**31, 2**63)  # what PostgreSQL's three kinds of whole numbers hold


@functools.cache
def without_counts(sql: str) -> str:
    """Return the statement without how many rows it names, inserts or asks for."""
    if sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK TO")):
        return sql.partition('"')[0]
    return COUNTS.sub(r"\1 …", SEVERAL.sub("…", sql))


@functools.cache
def sorts_text(told: str) -> bool:
    """Say whether the statement, as told, puts its rows in the order of some text."""
    _asked, is_sorted, order = told.rpartition(" ORDER BY ")
    if not is_sorted or not told.startswith("SELECT"):
        return False
    return not _columns_of_text().isdisjoint(COLUMN.findall(order))


@functools.cache
def _columns_of_text() -> frozenset[str]:
    return frozenset(
        f'"{model._meta.db_table}"."{field.column}"'
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, CharField | TextField)
    )


def kinds(params: Any, text: str) -> tuple[str, ...]:
    """Tell what a database minds about each value, and at which place of ``text`` it stands.

    Where the statement has a list of any length, its values have no place.
    """
    found = [_kind(value) for value in params or ()]
    if has_list(text):
        return tuple(sorted(set(found)))
    return tuple(f"{place}: {kind}" for place, kind in enumerate(found))


@functools.cache
def has_list(text: str) -> bool:
    """Say whether the statement, without its counts, has a list of any length."""
    return LISTS.search(text) is not None


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return _kind_of_text(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return "negative" if value < 0 else f"int {bisect_left(NUMBERS, value + 1)}"
    return type(value).__name__


@functools.lru_cache(maxsize=20_000)
def _kind_of_text(value: str) -> str:
    """Numbers with decimals, days and moments come as text too: so SQLite keeps them."""
    if NUMBER.fullmatch(value):
        return f"number{' negative' * (value[0] == '-')}{' wide' * (len(value) > 15)}"
    if MOMENT.match(value):
        return "moment"
    told = f"text {bisect_left(LENGTHS, len(value))}"
    if not value.isascii():
        told += " letters"
    if not value.isprintable():
        told += " lines" if value.replace("\n", "").isprintable() else " control"
    if "\0" in value or "\\u0000" in value:
        told += " NUL"
    return told + " backslash" * ("\\" in value)


def manner(frame: Any) -> tuple[str, bool] | None:
    """Say what SQLite's text hides, rows locked or fetched in pieces, and whether a program asks.

    ``frame`` is that of whoever executes. None: not to be noted.
    """
    told, steps = "", 0
    while frame is not None:
        name = frame.f_code.co_name
        if steps < 6 and name in OURS:
            return None
        if steps < 6 and name == "execute_sql":
            seen = frame.f_locals
            locks = getattr(seen["self"].query, "select_for_update", False)
            told = f"{' FOR UPDATE' * bool(locks)}{' IN PIECES' * bool(seen.get('chunked_fetch'))}"
        module = frame.f_globals.get("__name__", "")
        if module.startswith(PROGRAM):
            return told, True
        if module.startswith("tests.") and module not in LISTENING:
            return told, False
        frame, steps = frame.f_back, steps + 1
    return told, False
