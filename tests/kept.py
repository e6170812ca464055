"""Factories whose second call puts back, row by row, what the deeds of the first one left.

Most tests begin with the same bloc, and making it is a hundred statements of real deeds. A factory
marked `@kept` does its deeds once in a run; asked for the same again, with the same before it
and on the same day, it writes their rows as they were, ids and moments included, and returns a copy
of what it returned then. `tests/shape/test_kept.py` holds the two ways against each other.
On SQLite one worker puts back what the other has done; on PostgreSQL each keeps its own, since its
sequences would not know of the other's ids.

That is done only while it is known what stands in the database: from the empty one on, through kept
factories alone. Whatever else writes, a rollback or another connection ends it for the test, and
then every factory does its deeds. So a kept factory must leave nothing but rows: no file, no mail,
nothing in a cache. A test that commits is served too, but what it does is not kept: what a deed
leaves for after its commit is done at once there, and would not be seen.
"""

import functools
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.conf import UserSettingsHolder, settings
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.utils import translation

from thidua.core import clock

P = ParamSpec("P")
R = TypeVar("R")
Row = tuple[Any, ...]
Rows = dict[Any, Row]
Statement = tuple[str, list[Any] | None]
WRITING = {"INSERT", "UPDATE", "DELETE"}
HARMLESS = {"SELECT", "SAVEPOINT", "RELEASE", "BEGIN", "SET", "PRAGMA"}


@dataclass(frozen=True)
class Step:
    """What one call of a factory came to: see `Standing` for ``number``.

    ``tables`` has the rows of the tables that it wrote to, and ``digest`` is of all the others.
    """

    result: bytes
    number: int
    tables: dict[str, Rows]
    statements: list[Statement]
    digest: str


@dataclass
class Standing:
    """What is known of the database of the running test.

    ``after`` is the digest of the steps that led to it: "" for none, None when it is not known.
    It tells one worker's rows from the other's, whose ids and moments may differ. ``tables``
    has the rows, by their keys, of each table that these steps wrote to, and ``number`` is the
    last one given out. ``written`` are the tables that the step under way has written to.
    ``commits`` where no transaction stands around the test.
    """

    after: str | None = None
    tables: dict[str, Rows] = field(default_factory=dict)
    number: int = 0
    written: set[str] | None = None
    commits: bool = False


_now = Standing()
_steps: dict[str, Step] = {}


def begin(*, is_known: bool = True, commits: bool = False, after: int = 0) -> None:
    """Start a test. ``is_known`` is false where others may write over connections they have.

    Numbers go on ``after`` one, where the database is not empty. ``commits``: see `Standing`.
    """
    if commits:
        connection.ensure_connection()  # each one that is opened later is another's
    _now.after, _now.tables, _now.number, _now.written = "", {}, after, None
    _now.commits = commits
    if _watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watch)
    if not is_known:
        _lose()


def number() -> int:
    """Return the next number for a name; each test begins with 1."""
    _now.number += 1
    return _now.number


def kept(factory: Callable[P, R]) -> Callable[P, R]:
    """Mark a factory, as told above. It works on copies of what it is given."""
    if "<" in factory.__qualname__:
        raise TypeError(f"{factory.__qualname__} has no name that tells it from others")

    @functools.wraps(factory)
    def keeping(*args: P.args, **kwargs: P.kwargs) -> R:
        if _now.written is not None or not _is_known():
            return factory(*args, **kwargs)
        given = pickle.dumps((args, kwargs))
        name = _name(factory, given)
        step = _steps.get(name) or _taken_from_shelf(name)
        if step is None and _now.commits:
            _lose()
            return factory(*args, **kwargs)
        if step is None:
            step = _do(name, factory, given)
            if _now.after is not None:
                _put_on_shelf(name, step)
        else:
            _put_back(step)
        if _now.after is not None:
            _steps[name] = step
            _now.after, _now.tables = step.digest, {**_now.tables, **step.tables}
        result: R = pickle.loads(step.result)
        return result

    return keeping


def _is_known() -> bool:
    """Say whether all that stands there was written by kept factories of this test."""
    # Whoever stands around the test may have written, and so may the test while a thread asks.
    outer = len(connection.atomic_blocks) - (0 if _now.commits else 1)
    is_other = _watch not in connection.execute_wrappers
    if outer or is_other or isinstance(vars(settings).get("_wrapped"), UserSettingsHolder):
        _lose()
    return _now.after is not None


def _lose() -> None:
    _now.after = None
    if _watch in connection.execute_wrappers:
        connection.execute_wrappers.remove(_watch)


@receiver(connection_created)
def _lose_to_another(**_told: Any) -> None:
    """Know nothing any more: who has a new connection may write where it is not seen."""
    _now.after = None


def _name(factory: Callable[..., Any], given: bytes) -> str:
    """Return a name for this call after the steps before it, on this day, in this language."""
    moment = clock.now() if clock.is_set() else clock.today()
    told = [_now.after, _now.number, factory.__module__, factory.__qualname__, moment]
    return sha256(repr([*told, translation.get_language()]).encode() + given).hexdigest()


@functools.cache
def _shelf() -> Path | None:
    """Return the folder that the workers of this run share; None where nothing is shared."""
    shelf = os.environ.get("KEPT_SHELF")
    return Path(shelf) if shelf else None


def _taken_from_shelf(name: str) -> Step | None:
    shelf = _shelf()
    if shelf is None or not (path := shelf / name).exists():
        return None
    found: Step = pickle.loads(path.read_bytes())
    return found


def _put_on_shelf(name: str, step: Step) -> None:
    """Let the other worker have the step, whole or not at all."""
    shelf = _shelf()
    if shelf is not None:
        unfinished = shelf / f"{name}.{os.getpid()}"
        unfinished.write_bytes(pickle.dumps(step))
        unfinished.replace(shelf / name)


def _do(name: str, factory: Callable[..., Any], given: bytes) -> Step:
    """Do the deeds, and see in the tables that they wrote to what has become of them."""
    args, kwargs = pickle.loads(given)
    later = len(connection.run_on_commit)
    with _recording() as written:
        result = pickle.dumps(factory(*args, **kwargs))
    if len(connection.run_on_commit) != later:
        _lose()
    found = {table: _rows_of(table) for table in sorted(written)}
    statements: list[Statement] = []
    for table, rows in found.items():
        statements += _changes(table, _now.tables.get(table, {}), rows)
    digest = sha256(name.encode() + result + pickle.dumps(statements)).hexdigest()
    return Step(result, _now.number, found, _joined(statements), digest)


def _put_back(step: Step) -> None:
    with _recording(), transaction.atomic(savepoint=False), connection.cursor() as cursor:
        for sql, params in step.statements:
            cursor.execute(sql, params)
    _now.number = step.number


@contextmanager
def _recording() -> Iterator[set[str]]:
    """Collect the names of the tables that are written to meanwhile."""
    _now.written = written = set[str]()
    try:
        yield written
    except BaseException:
        _lose()
        raise
    finally:
        _now.written = None


def _watch(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Note which table a statement writes to; see `connection.execute_wrapper`."""
    verb, _, rest = str(sql).partition(" ")
    if verb not in HARMLESS:
        table = rest.split('"')[1] if verb in WRITING and '"' in rest else ""
        if table and _now.written is not None:
            _now.written.add(table)
        else:
            _lose()
    return execute(sql, params, many, context)


@functools.cache
def _columns(table: str) -> list[str]:
    """Return the columns of ``table`` in quotes, its key first."""
    models = apps.get_models(include_auto_created=True)
    meta = next(model._meta for model in models if model._meta.db_table == table)
    fields = sorted(meta.concrete_fields, key=lambda field: not field.primary_key)
    return [f'"{field.column}"' for field in fields]


def _rows_of(table: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {", ".join(_columns(table))} FROM "{table}"')
        return {row[0]: tuple(row) for row in cursor.fetchall()}


def _changes(table: str, before: Rows, after: Rows) -> list[Statement]:
    """Return the statements that make ``after`` of ``before``."""
    key, *others = _columns(table)
    change = f"{', '.join(f'{name} = %s' for name in others)} WHERE {key} = %s"
    statements: list[Statement] = [
        (f'DELETE FROM "{table}" WHERE {key} = %s', [pk]) for pk in before.keys() - after.keys()
    ]
    statements += [
        (f'UPDATE "{table}" SET {change}', [*row[1:], pk])
        for pk, row in after.items()
        if pk in before and before[pk] != row
    ]
    new = [row for pk, row in after.items() if pk not in before]
    if new:
        places = ", ".join([f"({', '.join(['%s'] * len(new[0]))})"] * len(new))
        into = f'INSERT INTO "{table}" ({", ".join(_columns(table))}) VALUES {places}'
        statements.append((into, [value for row in new for value in row]))
    return statements


def _joined(statements: list[Statement]) -> list[Statement]:
    """Return the statements as one where the database takes several at a time."""
    if connection.vendor != "postgresql" or not statements:
        return statements
    with connection.cursor() as cursor:
        return [("; ".join(cursor.mogrify(*statement) for statement in statements), None)]
