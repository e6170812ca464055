"""Django's PostgreSQL, whose statements are put together faster."""

from django.db.backends.postgresql import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    """Leads to the compilers beside this file."""

    compiler_module = "thidua.core.postgresql.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """What Django finds here by its name."""

    ops_class = DatabaseOperations
