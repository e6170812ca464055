"""A sheet is being written while the worker, or the database under it, is killed.

Afterwards all of its rows are there or none, and the import goes on by itself to its end.
"""

import time
from uuid import uuid4

import pytest
from django.db import connection

from tests import factories as make
from tests.imports.sheets import brought, rows_of, unit
from tests.kills.house import House, moment, victims, wait_for
from thidua.audit.models import Entry
from thidua.imports.actions.writing import confirm_import
from thidua.imports.models import Import, ImportedRow
from thidua.jobs.queries import state_of
from thidua.organizations.models import Organization

MANY = 400  # more than are written at once
LONGEST = 0.8  # seconds that reading and writing them take
State = Import.State


@pytest.fixture(autouse=True)
def _files(house: House, settings) -> None:
    """Let this process keep files where the installation's workers find them."""
    folder = house.folder / "files"
    kept = {"BACKEND": "thidua.files.storage.KeptFiles", "OPTIONS": {"location": folder}}
    settings.STORAGES = {**settings.STORAGES, "files": kept}
    settings.INCOMING_DIR = folder / "incoming"


def fresh(imported: Import) -> Import:
    connection.close()
    return Import.objects.get(pk=imported.pk)


def must_be_whole(imported: Import, mark: str) -> None:
    """Assert that what the state says is what is there: all rows, or none."""
    expected = MANY if fresh(imported).state == State.DONE else 0
    units = Organization.objects.filter(name__startswith=mark)
    entries = Entry.objects.filter(code="organization.founded", subject_name__startswith=mark)
    rows = ImportedRow.objects.filter(import_of=imported)
    assert (units.count(), entries.count(), rows.count()) == (expected,) * 3


@victims("worker", "database")
def test_a_sheet_is_written_whole_or_not_at_all(house, victim, round_number):
    """“A worker killed in the middle”, and likewise the database, of an import."""
    mark = uuid4().hex
    board = make.board(make.an_organization(kind="board"))
    rows = rows_of("organizations", *(unit(f"{mark} {n}") for n in range(MANY)))
    imported = confirm_import(brought("organizations", rows, board), by=board)
    assert imported.state == State.WRITING
    house.start_worker()
    wait_for(lambda: state_of(imported.job).word != "waiting", "the import to begin")
    time.sleep(moment(round_number, LONGEST))
    house.kill(victim)
    house.kill("worker")
    must_be_whole(imported, mark)

    house.start_worker()
    wait_for(lambda: fresh(imported).state == State.DONE, "the import")

    must_be_whole(imported, mark)
