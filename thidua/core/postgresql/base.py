"""Django's PostgreSQL, whose statements are put together faster."""

from django.db.backends.postgresql import base, operations

from thidua.core.statements import Operations


class DatabaseOperations(Operations, operations.DatabaseOperations):
    """Django's, with the compiler of `thidua.core.statements`."""


class DatabaseWrapper(base.DatabaseWrapper):
    """What Django finds here by its name."""

    ops_class = DatabaseOperations
