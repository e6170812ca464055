"""Changing a record behind the program's back, as whoever owns the database still can."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from thidua.core import append_only
from thidua.documents.models import Version


@contextmanager
def behind_the_back(*tables: str) -> Iterator[None]:
    """Take the triggers of these tables away (of versions, if none is named), and put them back."""
    named = tables or ("documents_version",)
    if connection.vendor == "postgresql":
        connection.check_constraints()  # no trigger is taken away while a check still waits
    for table in named:
        append_only.remove(connection, table)
    try:
        yield
    finally:
        if connection.vendor == "postgresql":
            connection.check_constraints()
        for table in named:
            append_only.install(connection, table)


def alter(version_id: int | None, **columns: str) -> None:
    """Change a frozen version as it stands in the database."""
    assert version_id is not None
    with behind_the_back():
        Version.objects.filter(pk=version_id or 0).update(**columns)
