"""Statements put together faster than Django does it, word for word the same.

To put a statement together costs more than to answer it, and most of that goes to the columns it
asks for. Django's own compilers are the yardstick: `tests/core/test_statements.py`.
"""

from functools import cache
from typing import Any

from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models.expressions import Col
from django.db.models.sql import compiler


class Selecting(compiler.SQLCompiler):
    """Writes a column down at once, and looks for no name of a field among the columns."""

    def compile(self, node: Any) -> tuple[str, Any]:
        """Return the text for a part of the statement, and the values that it carries."""
        if type(node) is Col and node.alias and (column := node.target.column):
            quoted = self.quote_name_unless_alias
            return f"{quoted(node.alias)}.{quoted(column)}", []
        written: tuple[str, Any] = super().compile(node)
        return written

    def get_order_by(self) -> list[Any]:
        """Return what the rows are sorted by, as expressions and as text.

        Django compares it with each column that is asked for, which takes as long as all the rest.
        A field's name is nobody's but that of a column with a name of its own, and a whole model
        has none of those; what is combined of several statements is sorted by their columns.
        """
        asked = self.select
        named_alone = all(isinstance(name, str) for name in self._order())
        if not named_alone or self.query.combinator or any(name for _, _, name in asked or ()):
            return super().get_order_by()
        self.select = []
        try:
            return super().get_order_by()
        finally:
            self.select = asked

    def _order(self) -> Any:
        query, meta = self.query, self.query.get_meta()
        by_default = meta.ordering if query.default_ordering and meta else ()
        return query.extra_order_by or query.order_by or by_default


@cache
def _selecting(django: Any) -> type[compiler.SQLCompiler]:
    return type("SQLCompiler", (Selecting, django), {})


class Operations(BaseDatabaseOperations):
    """Mixed into an engine's operations: lets what Django compiles be compiled as above."""

    def compiler(self, compiler_name: str) -> type[compiler.SQLCompiler]:
        """Return the compiler that the engine has under this name, `Selecting` where it selects."""
        django: Any = super().compiler(compiler_name)
        given: type[compiler.SQLCompiler] = django
        if compiler_name == "SQLCompiler":
            given = _selecting(django)
        return given
