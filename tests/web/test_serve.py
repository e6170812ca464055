"""`manage.py serve`: what it refuses to serve, and how it says so."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import Error, connection
from pytest_django import Settings

from scripts.checks import ROOT
from tests.factories import an_organization
from thidua.web.management.commands import serve

pytestmark = pytest.mark.programs


def start(tmp_path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the real command until it refuses; it must not come to serving."""
    return manage(tmp_path, "serve", **settings)


def manage(tmp_path: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "READ_DOTENV": "0", **settings}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def assert_one_sentence(done: subprocess.CompletedProcess[str], english: str) -> None:
    """Assert that the program ended with a Vietnamese and this English line, and nothing else."""
    assert done.returncode == 1
    vietnamese, said = done.stderr.splitlines()
    assert english in said
    assert not vietnamese.isascii()


def test_an_unreachable_database_is_told(tmp_path: Path) -> None:
    done = start(tmp_path, DATABASE_URL="postgres://somebody:secret@127.0.0.1:1/thidua")
    assert_one_sentence(done, "The database “thidua” (127.0.0.1) cannot be used")
    assert "secret" not in done.stderr


def test_a_locked_database_is_told(tmp_path: Path) -> None:
    """A database locked or read-only: here one held by another program."""
    path = tmp_path / "held.sqlite3"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("BEGIN IMMEDIATE")
    done = start(tmp_path, DATABASE_URL=f"sqlite:///{path}", SQLITE_TIMEOUT="0")
    other.close()
    assert_one_sentence(done, "(database is locked)")


def test_a_read_only_database_is_told(tmp_path: Path) -> None:
    """A database locked or read-only: here a file that takes no writing."""
    path = tmp_path / "kept.sqlite3"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE kept (id)")
    other.close()
    # A format newer than SQLite can write makes the file read-only, even for root.
    with path.open("r+b") as file:
        file.seek(18)
        file.write(b"\x03")
    done = start(tmp_path, DATABASE_URL=f"sqlite:///{path}")
    assert_one_sentence(done, "(attempt to write a readonly database)")


def test_a_demonstration_is_refused_to_the_world_before_it_is_built(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite3"
    done = start(tmp_path, DATABASE_URL=f"sqlite:///{path}", HOST="0.0.0.0")
    assert_one_sentence(done, "A demonstration is served to this machine alone")
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == []
    other.close()


@pytest.mark.django_db(transaction=True)
def test_what_an_older_program_left_is_backed_up_before_it_is_brought_forward(
    tmp_path: Path,
) -> None:
    path = tmp_path / "old.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    url = f"sqlite:///{path}"
    made = "from tests.factories import a_bloc; bloc = a_bloc(1).bloc; bloc.is_illustration = True"
    assert manage(tmp_path, "shell", "-c", f"{made}; bloc.save()", DATABASE_URL=url).returncode == 0
    assert manage(tmp_path, "migrate", "ceremonies", "zero", DATABASE_URL=url).returncode == 0

    done = start(tmp_path, DATABASE_URL=url, HOST="0.0.0.0")  # so that it ends before it serves

    assert_one_sentence(done, "A demonstration is served to this machine alone")
    told = re.search(r"Đã sao lưu: (.+)\.$", done.stdout, re.MULTILINE)
    assert told
    assert Path(told[1]).parent == tmp_path / "backups"
    assert Path(told[1]).exists()
    with sqlite3.connect(path) as other:
        tables = {name for (name,) in other.execute("SELECT name FROM sqlite_master")}
    other.close()
    assert "ceremonies_ceremony" in tables
    assert start(tmp_path, DATABASE_URL=url, HOST="0.0.0.0").stdout == ""


def test_a_demonstration_with_a_public_address_is_refused(settings: Settings) -> None:
    settings.PUBLIC_HOST = "thidua.example"
    settings.DEMO_PUBLIC = False
    with pytest.raises(SystemExit, match=r"PUBLIC_URL must be 127\.0\.0\.1"):
        serve.refuse_public_demonstration("127.0.0.1")


def test_a_demonstration_may_be_shown_on_purpose(settings: Settings) -> None:
    settings.PUBLIC_HOST = "thidua.example"
    settings.DEMO_PUBLIC = True
    serve.refuse_public_demonstration("0.0.0.0")


def test_a_demonstration_at_home_is_served(settings: Settings) -> None:
    settings.PUBLIC_HOST = "localhost"
    serve.refuse_public_demonstration("127.0.0.1")


@pytest.mark.django_db
def test_a_database_with_an_organisation_is_not_empty() -> None:
    assert serve.is_empty()
    an_organization()
    assert not serve.is_empty()


def test_the_address_is_never_told_with_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", "db.example")
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "secret")
    with (
        pytest.raises(SystemExit, match=r"\(db\.example\)") as ended,
        serve.faults_said_in_a_sentence(),
    ):
        raise Error("down")
    assert "secret" not in str(ended.value)


def test_a_full_disk_while_preparing_is_told() -> None:
    with (
        pytest.raises(SystemExit, match="/data/static cannot be written: the disk is full"),
        serve.faults_said_in_a_sentence(),
    ):
        raise OSError(28, "No space left on device", "/data/static")
