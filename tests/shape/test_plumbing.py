"""The ground that other tests stand on: emptying between tests, threads, the browser."""

import contextlib
import threading
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from tests.conftest import PHONE, OpenPage
from thidua.audit.models import Entry
from thidua.core import append_only


def add_entry() -> None:
    """Write one entry past the action: here only its row matters."""
    Entry.objects.create(
        chain="house",
        number=1,
        code="test.written",
        at=datetime(2026, 1, 1, tzinfo=UTC),
        subject_id=1,
        digest="0" * 64,
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_empty_tables_and_their_triggers(turn: int) -> None:
    assert Entry.objects.count() == 0
    add_entry()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.all().delete()
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_no_change_of_a_model_waits_for_its_migration(capsys: pytest.CaptureFixture[str]) -> None:
    """The tests' own tables come from the models: `tests/kills/test_schema.py` compares them."""
    with contextlib.suppress(SystemExit):
        call_command("makemigrations", check=True, dry_run=True)
    assert capsys.readouterr().out == "No changes detected\n"


@pytest.mark.django_db(transaction=True)
def test_another_thread_sees_what_was_committed_through_its_own_connection() -> None:
    add_entry()
    seen: list[int] = []

    def look() -> None:
        seen.append(Entry.objects.count())
        seen.append(id(connection.connection))
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen[0] == 1
    assert seen[1] != id(connection.connection)


def test_the_live_server_answers_a_browser(open_page: OpenPage) -> None:
    page = open_page(size=PHONE, scheme="dark")
    response = page.goto("/healthz")
    assert response is not None
    assert response.status == 200
    assert page.evaluate("[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]") == [
        390,
        True,
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("table", append_only.TABLES)
def test_every_table_of_records_has_its_triggers_after_the_last_migration(table: str) -> None:
    """A later migration that makes a table anew on SQLite would lose them without a word."""
    asked = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    if connection.vendor == "postgresql":
        asked = (
            "SELECT count(*) * 2 FROM pg_trigger "
            "WHERE tgrelid = %s::regclass AND tgname LIKE '%%append_only'"
        )
    with connection.cursor() as cursor:
        cursor.execute(asked, [table])
        assert cursor.fetchone()[0] == 2
