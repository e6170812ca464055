"""The rows of a table as lines of JSON, and back: the same text from SQLite and from PostgreSQL.

The first line names the model and its columns; each other line is one row, by its key. A moment
is written in UTC with its microseconds, a decimal as text, so that nothing depends on where it lay.
"""

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import CharField, Field, Model, TextField
from django.utils.translation import gettext as _

from thidua.keeping.errors import Damaged
from thidua.keeping.streams import Writing

BATCH = 2_000
PACKED = 3  # gzip's level: three quarters of the best in a fifth of the time
GZIP = 31  # zlib's name for "with gzip's head"


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _bytes(value: Any) -> str:
    return base64.b64encode(bytes(value)).decode("ascii")


def _micro(value: timedelta) -> int:
    return value // timedelta(microseconds=1)


Change = Callable[[Any], Any]
# By Django's name for the kind of column: how it is written, and how it is read. All other kinds
# are text, numbers and yes or no, which JSON has itself.
KINDS: dict[str, tuple[Change | None, Change | None]] = {
    "DateTimeField": (_moment, datetime.fromisoformat),
    "DateField": (date.isoformat, date.fromisoformat),
    "TimeField": (time.isoformat, time.fromisoformat),
    "DurationField": (_micro, lambda value: timedelta(microseconds=value)),
    "DecimalField": (str, Decimal),
    "UUIDField": (str, UUID),
    "BinaryField": (_bytes, base64.b64decode),
    "JSONField": (None, lambda value: value),
}


def columns_of(model: type[Model]) -> list["Field[Any, Any]"]:
    """Return the columns that a row is made of; those that the database computes are left out."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def _pointed_at(field: Any) -> Any:
    """Return the column itself, or what a foreign key points at in the end."""
    while field.remote_field is not None:
        field = field.target_field
    return field


def _kind(field: "Field[Any, Any]") -> str:
    """Return Django's name for the column; a foreign key is of the kind of what it points at."""
    return str(_pointed_at(field).get_internal_type())


def filled(models: Iterable[type[Model]], alias: str) -> set[type[Model]]:
    """Return the models whose tables hold a row: many hold none, and one statement tells them."""
    connection, tables = connections[alias], {model._meta.db_table: model for model in models}
    quoted = connection.ops.quote_name
    looks = (f"SELECT %s WHERE EXISTS (SELECT 1 FROM {quoted(table)})" for table in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(looks), [*tables])
        return {tables[table] for (table,) in cursor.fetchall()}


def lines_of(model: type[Model], alias: str, *, is_empty: bool = False) -> Iterator[bytes]:
    """Yield the first line and then one for each row; ``is_empty`` spares asking for them."""
    fields = columns_of(model)
    yield _line({"model": model._meta.label_lower, "columns": [field.column for field in fields]})
    if is_empty:
        return
    changes = [(n, change) for n, field in enumerate(fields) for change in _writers(field, alias)]
    with connections[alias].chunked_cursor() as cursor:
        cursor.execute(_question(model, alias))
        while rows := cursor.fetchmany(BATCH):
            for found in rows:
                row = list(found)
                for n, change in changes:
                    if row[n] is not None:
                        row[n] = change(row[n])
                yield _line(row)


def _question(model: type[Model], alias: str) -> str:
    """Return the statement that asks for all rows by their key, text by its bytes.

    Django's own would say the same, and take longer to make than a small table to read.
    """
    connection, key = connections[alias], model._meta.pk
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(str(field.column)) for field in columns_of(model))
    order = quoted(str(key.column))
    if isinstance(_pointed_at(key), CharField | TextField) and connection.vendor == "postgresql":
        order += ' COLLATE "C"'  # whatever the server's order of letters is
    return f"SELECT {names} FROM {quoted(model._meta.db_table)} ORDER BY {order}"  # noqa: S608


def _writers(field: "Field[Any, Any]", alias: str) -> Iterator[Change]:
    """Yield what makes a value of the database into one of Python, and then of JSON."""
    connection, column = connections[alias], field.get_col(field.model._meta.db_table)
    for convert in (
        *connection.ops.get_db_converters(column),
        *column.get_db_converters(connection),
    ):
        yield partial(_converted, convert, column, connection)
    write = KINDS.get(_kind(field), (None, None))[0]
    if write is not None:
        yield write


def _converted(convert: Any, column: Any, connection: Any, value: Any) -> Any:
    return convert(value, column, connection)


def _line(data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8") + b"\n"


@dataclass
class Counted:
    """What went through: how many rows, and the SHA-256 of the lines before packing."""

    rows: int = 0
    content: str = ""


def packed(lines: Iterator[bytes], counted: Counted) -> Iterator[bytes]:
    """Yield the lines packed as gzip; ``counted`` is told what went through, at the end."""
    packer = zlib.compressobj(PACKED, wbits=GZIP)
    digest = Writing()
    for number, line in enumerate(lines):
        counted.rows = number  # the first line is no row
        digest.write(line)
        if piece := packer.compress(line):
            yield piece
    counted.content = digest.digest
    yield packer.flush()


def digest_of_rows(model: type[Model], alias: str, *, is_empty: bool = False) -> Counted:
    """Return what a backup of this table would note, without writing it."""
    counted, digest = Counted(), Writing()
    for number, line in enumerate(lines_of(model, alias, is_empty=is_empty)):
        counted.rows = number
        digest.write(line)
    counted.content = digest.digest
    return counted


class Unpacking:
    """A sink for packed lines: hands each line, read as JSON, to ``take``."""

    def __init__(self, take: Callable[[Any], None]) -> None:
        self.take = take
        self.unpacker = zlib.decompressobj(wbits=GZIP)
        self.left = b""

    def write(self, piece: bytes) -> int:
        """Take in the next packed bytes."""
        try:
            whole = self.left + self.unpacker.decompress(piece)
        except zlib.error as fault:
            raise Damaged(_("Một phần của bản sao lưu không giải nén được.")) from fault
        *lines, self.left = whole.split(b"\n")
        for line in lines:
            self.take(json.loads(line))
        return len(piece)

    def close(self) -> None:
        """See that it came to its end."""
        if self.left or not self.unpacker.eof:
            raise Damaged(_("Một phần của bản sao lưu bị cụt."))


class Filling:
    """Takes the lines of one table and writes the rows into the database ``alias``.

    Call it once for each line: the first must name the model's own columns.
    """

    def __init__(self, model: type[Model], alias: str) -> None:
        self.model, self.connection = model, connections[alias]
        self.fields = columns_of(model)
        self.readers = [self._reader(field) for field in self.fields]
        self.rows, self.batch = 0, list[list[Any]]()
        self.begun = False

    def __call__(self, line: Any) -> None:
        if not self.begun:
            self._begin(line)
            return
        self.batch.append([read(value) for read, value in zip(self.readers, line, strict=True)])
        if len(self.batch) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        if not self.batch:
            return
        quoted = self.connection.ops.quote_name
        table = quoted(self.model._meta.db_table)
        names = ", ".join(quoted(str(field.column)) for field in self.fields)
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in self.batch:
                        copy.write_row(row)
            else:
                places = ", ".join(["%s"] * len(self.fields))
                into = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608
                cursor.executemany(into, self.batch)
        self.rows += len(self.batch)
        self.batch = []

    def _begin(self, head: Any) -> None:
        expected = {
            "model": self.model._meta.label_lower,
            "columns": [field.column for field in self.fields],
        }
        if head != expected:
            sentence = _("Bảng %(model)s trong bản sao lưu không như chương trình mong đợi.")
            raise Damaged(sentence % {"model": self.model._meta.label_lower})
        self.begun = True

    def _reader(self, field: "Field[Any, Any]") -> Change:
        """Return what makes a value of a line into what the database driver takes."""
        kind = _kind(field)
        if kind not in KINDS:
            return _as_it_is
        read, connection = KINDS[kind][1] or _as_it_is, self.connection
        column = _pointed_at(field)

        def prepared(value: Any) -> Any:
            if value is None and (field.null or kind != "JSONField"):
                return None
            return column.get_db_prep_save(read(value), connection)

        return prepared


def _as_it_is(value: Any) -> Any:
    return value
