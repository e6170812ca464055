"""A backup is being made while it, or the database under it, is killed; and the whole way round.

Afterwards nothing half looks whole, the backup before is as good as it was, and the next one works.
"""

import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from tests import factories as make
from tests.files import samples
from tests.kills.house import BACKENDS, House, kill, moment, victims, wait_for
from thidua.accounts.acting import NOBODY
from thidua.audit.models import Entry
from thidua.files.actions import keep_file
from thidua.files.verification import faults
from thidua.keeping.backup import make_backup, silent
from thidua.keeping.checking import checked
from thidua.keeping.rows import digest_of_rows
from thidua.keeping.shelf import UNFINISHED, backups_in
from thidua.keeping.state import known, models_at

MANY, WEIGHT = 30, 400_000  # files and their bytes: enough to be killed among them
LONGEST = 0.3  # seconds that a backup of them takes
# What a restore itself writes.
ITS_OWN = {"audit.entry", "audit.head", "keeping.restoration"}


@pytest.fixture(autouse=True)
def _files(house: House, settings) -> None:
    """Let this process keep files where the installation's processes find them."""
    folder = house.folder / "files"
    kept = {"BACKEND": "thidua.files.storage.KeptFiles", "OPTIONS": {"location": folder}}
    settings.STORAGES = {**settings.STORAGES, "files": kept}
    settings.FILES_DIR, settings.INCOMING_DIR = folder, folder / "incoming"
    settings.DATA_DIR = house.folder


def bring_files(count: int) -> None:
    """Keep files that nobody kept before."""
    for _n in range(count):
        content = samples.PDF + uuid4().hex.encode() * (WEIGHT // 32) + b"\n%%EOF\n"
        keep_file(samples.sent(content, "a.pdf"), by=NOBODY)


def begun(shelf: Path) -> list[Path]:
    return [entry for entry in shelf.glob(f"{UNFINISHED}*") if entry.is_dir()]


@victims("backup", "database")
def test_what_was_killed_is_no_backup_and_the_next_one_works(house, victim, round_number, tmp_path):
    """A backup killed in the middle, or with the database under it."""
    shelf = tmp_path / "backups"
    make.an_organization(f"Hội {uuid4().hex}")
    first = make_backup(shelf, why="by_hand")
    bring_files(MANY)
    connection.close()

    process = house.start("manage.py", "backup", str(shelf))
    wait_for(lambda: begun(shelf) or process.poll() is not None, "the backup to begin")
    time.sleep(moment(round_number, LONGEST))
    if victim == "database":
        house.kill("database")
        process.wait(timeout=30)
    kill(process)

    whole = backups_in(shelf)
    assert first.name in {backup.name for backup in whole}
    assert [backup.fault for backup in whole] == [""] * len(whole)
    for backup in whole:
        assert checked(backup.folder, step=silent)[1] == []
    latest = make_backup(shelf, why="by_hand")
    assert not latest.manifest.is_faulty
    assert latest.manifest.number == len(whole) + 1
    assert not begun(shelf)


def wipe(house: House) -> None:
    """Take the database and all files away."""
    connection.close()
    for path in house.folder.glob("thidua.sqlite3*"):
        path.unlink()
    if house.server is not None:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connection.close()
    for path in (house.folder / "files").glob("??/??/*"):
        path.unlink()


@pytest.mark.parametrize("house_of", BACKENDS, indirect=True, scope="session")
def test_a_failed_upgrade_an_empty_machine_and_an_older_backup_end_well(house, tmp_path):
    """“A restore over a newer database, from a damaged or truncated backup, on another version.”
    Here: another version, which is older than the program; and the whole way round."""
    shelf = tmp_path / "backups"
    make.a_bloc(2)
    bring_files(2)
    house.kill("web", "worker")
    make_it_older(house)

    said = must_fail(house, "manage.py", "upgrade", "--backup", str(shelf))

    back = "đã trở lại như trước" if house.server is None else "--force --no-backup"
    assert back in said
    (backup,) = backups_in(shelf)
    assert backup.manifest.migrations != known()

    wipe(house)
    said = house.run("manage.py", "restore", str(shelf), "--yes", "--by", "Trần Văn Vận Hành")

    assert f"Đã phục hồi {backup.name}" in said
    digests = {
        model._meta.label_lower: digest_of_rows(model, "default").content
        for model in models_at(backup.manifest.migrations)
    }
    noted = {label: part.content for label, part in backup.manifest.tables.items()}
    assert {k: d for k, d in digests.items() if d != noted[k]}.keys() <= ITS_OWN
    assert Entry.objects.get(code="database.restored").actor_name == "Trần Văn Vận Hành"
    assert list(faults()) == []
    assert "Đã nâng cấp xong" in house.run("manage.py", "upgrade", "--backup", str(shelf))


def make_it_older(house: House) -> None:
    """Take the last tables away, and put in their place what no upgrade gets past."""
    house.run("manage.py", "migrate", "keeping", "zero", "--verbosity", "0")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE keeping_restoration (a integer)")
    connection.close()


def must_fail(house: House, *arguments: str) -> str:
    """Run a command that fails; return the last line that it said."""
    assert house.start(*arguments).wait(timeout=120) == 1
    return house.log().strip().splitlines()[-1]
