"""What was backed up comes back as it was, on either database, or nothing is touched."""

import gzip
import json
from copy import deepcopy
from dataclasses import replace

import pytest
from django.db import Error, connection, connections
from django.utils.timezone import now

from tests import factories as make
from tests.files import samples
from tests.keeping.conftest import as_models_say, keep
from thidua.audit.models import Entry, Head
from thidua.core.errors import DomainError
from thidua.files.models import Blob
from thidua.files.storage import place_of
from thidua.keeping.actions.restoring import record_restore
from thidua.keeping.backup import make_backup, silent
from thidua.keeping.contents import restore_files
from thidua.keeping.errors import Damaged
from thidua.keeping.manifests import MANIFEST, ChainEnd, text_of
from thidua.keeping.models import Restoration
from thidua.keeping.places import FilePlace, SchemaPlace
from thidua.keeping.restore import Wishes, built, newer_work, restore, work_there
from thidua.keeping.rows import digest_of_rows
from thidua.keeping.seals import Key
from thidua.keeping.side import faults_of_trail
from thidua.keeping.snapshot import another
from thidua.keeping.state import models_at
from thidua.notifications.models import Mail
from thidua.web.trail import sentence_of

pytestmark = [pytest.mark.django_db, pytest.mark.twice]
ELSEWHERE = "elsewhere"


@pytest.fixture
def backup(world, shelf):
    """Make a backup of the small world."""
    return make_backup(shelf, why="by_hand")


@pytest.fixture
def place(tmp_path):
    """Return a place of the kind of the database at work, and how to look into it."""
    wanted = deepcopy(connections.databases["default"])
    if connection.vendor == "sqlite":
        place = FilePlace(tmp_path / "elsewhere.sqlite3")
        wanted |= {"NAME": str(place.path), "OPTIONS": {}}
        with another(ELSEWHERE, wanted):
            yield place
        return
    place = SchemaPlace(ELSEWHERE)
    wanted["NAME"] = connection.settings_dict["NAME"]
    wanted["OPTIONS"]["options"] = f"-c search_path={ELSEWHERE}"
    with another(ELSEWHERE, wanted):
        yield place
        with connections[ELSEWHERE].cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {ELSEWHERE} CASCADE")


def put(backup, place):
    """Restore the database of the backup to ``place``."""
    with built(backup.folder, backup.manifest, Key(), place, make=as_models_say) as take:
        take()


def digests_in(alias, manifest):
    """Return the digest of every table."""
    models = models_at(manifest.migrations)
    return {model._meta.label_lower: digest_of_rows(model, alias).content for model in models}


def test_backup_wipe_restore_gives_the_same_digests_and_a_chain_that_verifies(backup, place):
    """Nor can an entry of the trail be changed after a restore."""
    put(backup, place)

    noted = {label: part.content for label, part in backup.manifest.tables.items()}
    assert digests_in(ELSEWHERE, backup.manifest) == noted
    assert faults_of_trail(ELSEWHERE, backup.manifest) == []
    with pytest.raises(Error, match="append-only"):
        Entry.objects.using(ELSEWHERE).update(code="other")


def test_numbers_that_were_given_out_and_deleted_do_not_come_back(backup, place, world, shelf):
    gone = keep(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%gone\n%%EOF\n")
    number = gone.pk
    gone.delete()
    later = make_backup(shelf, why="by_hand")

    put(later, place)

    blob = Blob(digest="f" * 64, size=1, media_type="text/plain", suffix=".txt", kept_at=now())
    blob.save(using=ELSEWHERE)
    assert blob.pk > number


def test_what_was_there_before_gives_way_whole(backup, place, world, shelf):
    keep(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%later\n%%EOF\n")
    put(make_backup(shelf, why="by_hand"), place)
    put(backup, place)

    assert Blob.objects.using(ELSEWHERE).count() == 2


def test_files_come_back_where_they_are_missing_or_changed(backup, world, folder):
    lost, changed = (folder / place_of(blob.digest) for blob in world.blobs)
    lost.unlink()
    changed.write_bytes(b"other")

    brought = restore_files(backup.folder, backup.manifest, Key(), but=set(), step=silent)

    assert brought == 2
    assert lost.read_bytes() == samples.PDF
    assert restore_files(backup.folder, backup.manifest, Key(), but=set(), step=silent) == 0


def _refused(path, match, **wishes):
    """Ask for a restore that is refused; see that nothing at all was written meanwhile."""
    before = Head.objects.get(chain="house").digest
    with pytest.raises(DomainError, match=match) as refusal:
        restore(path, Wishes(**wishes))
    assert Head.objects.get(chain="house").digest == before
    assert "%(" not in refusal.value.sentence
    return refusal.value.sentence


def test_a_restore_over_a_newer_database_says_what_would_be_lost(backup):
    """“A restore over a newer database, from a damaged or truncated backup, on another version.”
    Here: a newer database."""
    deeds = 3
    for n in range(deeds):
        make.an_organization(f"Hội sau sao lưu {n}")

    said = _refused(backup.folder, "mới hơn bản sao lưu")

    assert f"có {deeds} việc" in said
    assert "--force" in said


def test_a_database_that_went_another_way_counts_as_all_lost(backup):
    make.an_organization("Hội sau sao lưu")
    other = replace(backup.manifest, chains=[ChainEnd("house", 1, "0" * 64)])

    work = work_there()
    assert newer_work(work, other) == sum(number for number, _digest in work.heads.values())
    assert newer_work(work, backup.manifest) == 1


@pytest.mark.parametrize("harm", ["cut", "changed", "gone", "manifest cut", "manifest changed"])
def test_a_damaged_or_truncated_backup_is_refused_before_anything_is_touched(backup, harm):
    """“A restore over a newer database, from a damaged or truncated backup, on another version.”
    Here: from a damaged or truncated backup."""
    name = MANIFEST if "manifest" in harm else backup.manifest.tables["audit.entry"].name
    path = backup.folder / name
    content = path.read_bytes()
    if harm == "gone":
        path.unlink()
    elif "cut" in harm:
        path.write_bytes(content[: len(content) // 2])
    else:
        path.write_bytes(content.replace(b"20", b"21") if "manifest" in harm else content[::-1])

    said = _refused(backup.folder, "bị hỏng", force=True)

    assert name.rpartition("/")[2] in said or "rows/" in said


def test_a_backup_that_lacks_a_file_is_refused_unless_the_rest_is_wanted(backup, world):
    (backup.folder / "files" / place_of(world.blobs[0].digest)).unlink()

    assert "--force" in _refused(backup.folder, "1 tệp bị thiếu hoặc bị sửa")


def test_what_was_left_halfway_is_no_backup(backup, shelf):
    (backup.folder / MANIFEST).unlink()

    _refused(backup.folder, "không phải một bản sao lưu trọn vẹn")
    _refused(shelf, "Không có bản sao lưu trọn vẹn nào")


def _rewritten(backup, **changes):
    """Let the backup say something else of itself, with a digest that fits."""
    path = backup.folder / MANIFEST
    path.write_text(text_of(replace(backup.manifest, **changes)), encoding="utf-8")


def test_a_backup_of_a_newer_version_is_refused_even_by_force(backup):
    """“A restore over a newer database, from a damaged or truncated backup, on another version.”
    Here: another version, which is newer than the program."""
    migrations = {**backup.manifest.migrations, "audit": ["0001_initial", "0999_of_tomorrow"]}
    _rewritten(backup, migrations=migrations)

    said = _refused(backup.folder, "mới hơn", force=True)

    assert "audit.0999_of_tomorrow" in said
    assert "nâng cấp" in said


def test_a_backup_in_a_newer_form_is_refused_with_what_to_do(backup):
    _rewritten(backup, format=99)

    assert "nâng cấp" in _refused(backup.folder, "khuôn mới")


def test_rows_that_do_not_fit_each_other_are_not_put_in_place(backup, place):
    label = "organizations.name"
    part = backup.manifest.tables[label]
    lines = gzip.decompress((backup.folder / part.name).read_bytes()).splitlines(keepends=True)
    columns = json.loads(lines[0])["columns"]
    row = json.loads(lines[1])
    row[columns.index("organization_id")] = 999_999
    content = b"".join([lines[0], json.dumps(row).encode() + b"\n", *lines[2:]])
    (backup.folder / part.name).write_bytes(gzip.compress(content))

    with pytest.raises(Damaged, match="không khớp nhau"):
        put(backup, place)

    assert "organizations_organization" not in connections[ELSEWHERE].introspection.table_names()


def test_a_trail_that_was_changed_before_it_was_backed_up_is_told(backup, place):
    chains = [replace(end, digest="1" * 64) for end in backup.manifest.chains]

    with pytest.raises(Damaged, match="không còn trong chuỗi nào"):
        put(replace(backup, manifest=replace(backup.manifest, chains=chains)), place)


def test_a_restore_is_recorded_and_mail_that_waited_is_not_sent_twice(backup, world):
    user = world.heads[0].user
    mail = Mail.objects.create(
        key="thử", user=user, address="a@example.vn", queued_at=now(), next_at=now()
    )

    record_restore(backup.manifest, lost=4, by="Trần Văn Vận Hành")

    entry = Entry.objects.get(code="database.restored")
    assert (entry.actor_name, entry.facts["lost"]) == ("Trần Văn Vận Hành", 4)
    assert Restoration.objects.get().backup == backup.name
    mail.refresh_from_db()
    assert mail.state == Mail.State.UNSURE
    assert "phục hồi cơ sở dữ liệu" in sentence_of(entry)
