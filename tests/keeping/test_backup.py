"""A backup holds all rows and files at one moment; one that was stopped never looks whole."""

import json
import os

import pytest
from django.db import connection

from tests.files.full import files_of_at_most
from tests.keeping.conftest import keep
from thidua.files.storage import place_of
from thidua.keeping.backup import make_backup
from thidua.keeping.contents import listed
from thidua.keeping.errors import CannotKeep
from thidua.keeping.shelf import LOCK, backups_in, held, latest_of, prepare

pytestmark = [pytest.mark.django_db, pytest.mark.twice]


def test_a_backup_says_what_it_holds(world, shelf):
    backup = make_backup(shelf, why="by_hand")

    manifest = backup.manifest
    assert manifest.tables["organizations.organization"].rows == 3
    assert manifest.rows > 40
    assert manifest.file_count == 2
    assert {content.digest for content in listed(backup.folder)} == {
        blob.digest for blob in world.blobs
    }
    assert {end.chain for end in manifest.chains} == {"house", f"bloc:{world.bloc.pk}"}
    assert not manifest.is_faulty


def test_sessions_are_in_no_backup(world, shelf, client):
    client.force_login(world.heads[0].user)

    assert "sessions.session" not in make_backup(shelf, why="by_hand").manifest.tables


def test_what_is_kept_is_read_by_this_account_alone(world, shelf):
    make_backup(shelf, why="by_hand")

    modes = {oct(path.stat().st_mode & 0o077) for path in shelf.rglob("*") if path.name != LOCK}
    assert modes <= {"0o0", "0o55"}  # folders within one that nobody else enters
    assert shelf.stat().st_mode & 0o077 == 0


def test_a_second_backup_links_what_has_not_changed(world, shelf):
    first = make_backup(shelf, why="by_hand")
    later = keep(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%new\n%%EOF\n")
    second = make_backup(shelf, why="by_hand")

    same = f"files/{place_of(world.blobs[0].digest)}"
    assert (first.folder / same).stat().st_ino == (second.folder / same).stat().st_ino
    assert second.manifest.number == 2
    assert second.manifest.file_count == 3
    rows = sum(part.size for part in second.manifest.parts)
    assert second.manifest.new_bytes == rows + later.size


def test_the_same_rows_give_the_same_digests(world, shelf):
    first, second = (make_backup(shelf, why="by_hand").manifest for _n in range(2))

    assert {k: p.content for k, p in first.tables.items()} == {
        k: p.content for k, p in second.tables.items()
    }


def test_a_missing_and_a_damaged_file_do_not_stop_the_rest(world, shelf, folder):
    lost, changed = world.blobs
    (folder / place_of(lost.digest)).unlink()
    (folder / place_of(changed.digest)).write_bytes(b"other")

    manifest = make_backup(shelf, why="by_hand").manifest

    assert (manifest.missing, manifest.damaged) == ([lost.digest], [changed.digest])
    assert manifest.file_count == 0
    assert manifest.is_faulty


def test_a_damaged_file_stays_whole_where_the_backup_before_has_it(world, shelf, folder):
    make_backup(shelf, why="by_hand")
    (folder / place_of(world.blobs[0].digest)).write_bytes(b"other")

    assert not make_backup(shelf, why="by_hand").manifest.is_faulty


def _nothing_but_whole_ones(shelf) -> bool:
    return all(
        (entry / "manifest.json").exists() for entry in shelf.glob("[!.]*") if entry.is_dir()
    )


def test_a_full_disk_is_one_sentence_and_leaves_nothing_that_looks_whole(world, shelf, folder):
    """“The disk full during an upload and during a backup.”: the backup."""
    make_backup(shelf, why="by_hand")
    big = folder / place_of(world.blobs[0].digest)
    blob = world.blobs[0]
    blob.digest, blob.size = _sparse(folder, 24_000_000)
    blob.save()

    with files_of_at_most(16_000_000), pytest.raises(CannotKeep, match="đã đầy") as refusal:
        make_backup(shelf, why="by_hand")

    assert "bản cũ còn nguyên" in refusal.value.sentence
    assert big.exists()
    assert len(backups_in(shelf)) == 1
    assert _nothing_but_whole_ones(shelf)
    assert not list(shelf.glob(".unfinished*"))


def _sparse(folder, size):
    """Put a file of zeros into the storage; return its digest and size."""
    import hashlib

    digest = hashlib.sha256(bytes(size)).hexdigest()
    path = folder / place_of(digest)
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        file.truncate(size)
    return digest, size


def test_too_little_room_is_told_before_the_work_begins(world, shelf):
    blob = world.blobs[0]
    blob.size = 10**17
    blob.save()

    with pytest.raises(CannotKeep, match="cần 100000000"):
        make_backup(shelf, why="by_hand")

    assert backups_in(shelf) == []


def test_only_one_backup_is_made_at_a_time(world, shelf):
    with held(prepare(shelf)), pytest.raises(CannotKeep, match="đang chạy"):
        make_backup(shelf, why="by_hand")


def test_what_a_killed_backup_left_is_cleared_away_and_never_taken_for_one(world, shelf):
    whole = make_backup(shelf, why="by_hand")
    left = shelf / ".unfinished-thidua-2026-01-01-000000"
    left.mkdir()
    (left / "manifest.json").write_text("{")

    assert latest_of(shelf) == whole.folder
    make_backup(shelf, why="by_hand")

    assert not left.exists()


def test_a_backup_into_the_files_themselves_is_refused(world, folder):
    with pytest.raises(CannotKeep, match="Không sao lưu vào trong thư mục tệp"):
        make_backup(folder / "backups", why="by_hand")


def test_the_secret_key_lies_beside_the_backups_and_not_in_one(world, shelf, settings, tmp_path):
    settings.DATA_DIR, settings.SECRET_KEY = tmp_path, "the key of this house"
    (tmp_path / "secret_key").write_text("the key of this house")

    backup = make_backup(shelf, why="by_hand")

    assert (shelf / "secret_key").read_text() == "the key of this house"
    assert os.stat(shelf / "secret_key").st_mode & 0o777 == 0o600
    assert not list(backup.folder.rglob("*secret*"))


def test_a_backup_made_with_the_clock_set_back_is_still_the_last(world, shelf):
    from datetime import date

    from thidua.core import clock

    with clock.at(date(2026, 5, 2)):
        make_backup(shelf, why="by_hand")
    with clock.at(date(2026, 5, 1)):
        last = make_backup(shelf, why="by_hand")

    assert latest_of(shelf) == last.folder


def test_a_manifest_is_read_by_people_too(world, shelf):
    told = json.loads((make_backup(shelf, why="by_hand").folder / "manifest.json").read_text())

    assert told["database"] == connection.vendor
    assert told["format"] == 1
