"""Django's SQLite, whose statements are put together and searched for placeholders faster."""

from collections.abc import Sequence
from functools import lru_cache

from django.db.backends.sqlite3 import base, operations

from thidua.core.statements import Operations

# Longer ones are rows in bulk, seldom the same twice.
LONGEST = 10_000


@lru_cache(maxsize=1_000)
def _with_question_marks(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that remembers how statements read to SQLite."""

    def convert_query(self, query: str, *, param_names: Sequence[str] | None = None) -> str:
        """Return the statement with "?" for each "%s", as SQLite wants it."""
        if param_names is None and len(query) <= LONGEST:
            return _with_question_marks(str(query))
        converted: str = super().convert_query(query, param_names=param_names)
        return converted


class DatabaseOperations(Operations, operations.DatabaseOperations):
    """Django's, with the compiler of `thidua.core.statements`."""


class DatabaseWrapper(base.DatabaseWrapper):
    """What Django finds here by its name, with the cursor above."""

    ops_class = DatabaseOperations

    def create_cursor(self, name: str | None = None) -> Cursor:
        """Return a cursor; SQLite has no names for them."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor
