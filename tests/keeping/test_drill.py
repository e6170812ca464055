"""A drill restores the last backup beside the work, and one line says how it went."""

import pytest

from tests.keeping.conftest import as_models_say
from thidua.files.storage import place_of
from thidua.keeping.backup import make_backup
from thidua.keeping.contents import path_in
from thidua.keeping.drill import drill
from thidua.keeping.shelf import backups_in

pytestmark = [pytest.mark.django_db, pytest.mark.twice]


def test_the_drill_says_in_one_line_that_all_is_well(world, shelf):
    backup = make_backup(shelf, why="by_hand")

    outcome = drill(shelf, make=as_models_say)

    assert outcome.is_well, outcome.line
    assert outcome.line.startswith(f"TỐT: {backup.name} phục hồi được")
    assert "\n" not in outcome.line
    assert backups_in(shelf)[0].drill.is_well
    assert not list(shelf.glob(".drill-*"))


def test_a_changed_file_is_told_and_kept_anew_by_the_next_backup(world, shelf):
    backup = make_backup(shelf, why="by_hand")
    digest = world.blobs[0].digest
    path_in(backup.folder, digest, "").write_bytes(b"rotten")

    outcome = drill(shelf, make=as_models_say)

    assert not outcome.is_well
    assert outcome.line.startswith(f"HỎNG: {backup.name} không dùng được: tệp {digest}")
    assert not backups_in(shelf)[0].is_good
    later = make_backup(shelf, why="by_hand")
    assert not later.manifest.is_faulty
    assert path_in(later.folder, digest, "").stat().st_size == world.blobs[0].size


def test_a_cut_off_part_is_told_and_the_backup_is_not_taken_for_good(world, shelf):
    backup = make_backup(shelf, why="by_hand")
    path = backup.folder / backup.manifest.tables["audit.entry"].name
    path.write_bytes(path.read_bytes()[:-20])

    outcome = drill(shelf, make=as_models_say)

    assert "audit.entry" in outcome.line
    assert not backups_in(shelf)[0].is_good


def test_a_drill_touches_nothing_at_work(world, shelf, folder):
    make_backup(shelf, why="by_hand")
    lost = folder / place_of(world.blobs[0].digest)
    lost.unlink()

    assert drill(shelf, make=as_models_say).is_well
    assert not lost.exists()
