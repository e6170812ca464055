"""A database that does not take the work now: a sentence, and what was typed can be sent again."""

from contextlib import contextmanager

import pytest
from django.db import Error, connection, connections
from django.urls import reverse

from tests import factories as make
from thidua.movements.models import Movement
from thidua.web.management.commands import serve

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = "Phong trào đang gõ dở"


@contextmanager
def locked():
    """Let another program hold what is to be written, longer than we wait."""
    other = connection.copy()
    try:
        with other.cursor() as cursor, connection.cursor() as ours:
            if connection.vendor == "sqlite":
                ours.execute("PRAGMA busy_timeout = 50")
                cursor.execute("BEGIN IMMEDIATE")
            else:
                ours.execute("SET lock_timeout = '50ms'")
                cursor.execute("BEGIN")
                cursor.execute("LOCK TABLE movements_movement IN ACCESS EXCLUSIVE MODE")
            yield
            cursor.execute("ROLLBACK")
    finally:
        other.close()
        connections["default"].close()


@contextmanager
def read_only():
    """Let the database refuse every write, as a full disk or a standby does."""
    postgres, sqlite = "SET default_transaction_read_only = on", "PRAGMA query_only = ON"
    with connection.cursor() as cursor:
        cursor.execute(sqlite if connection.vendor == "sqlite" else postgres)
    try:
        yield
    finally:
        connections["default"].close()


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [(locked, "Cơ sở dữ liệu đang bận"), (read_only, "chế độ chỉ đọc")],
)
def test_what_was_typed_is_kept_and_nothing_is_written(client, trouble, sentence):
    """A database locked or read-only."""
    acting = make.head(make.an_organization())
    client.force_login(make.user_of(acting))

    with trouble():
        response = client.post(
            reverse("movements:new"), {"name": TYPED, "level": "province", "kind": "thematic"}
        )

    page = response.content.decode()
    assert response.status_code == 503
    assert sentence in page
    assert TYPED in page
    assert Movement.objects.count() == 0


def test_the_health_page_says_when_the_database_answers(client):
    assert client.get(reverse("healthz")).status_code == 200


@pytest.mark.django_db
def test_a_read_only_server_is_told() -> None:
    if connection.vendor != "postgresql":  # asked here: either database may still come
        pytest.skip("no PostgreSQL here, whose read-only mode this asks")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")
    with pytest.raises(Error, match="read-only"):
        serve.check_database()
