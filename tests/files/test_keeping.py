"""Bytes are kept once, whole or not at all, where only this account reads them."""

import errno
import hashlib
import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import IntegrityError, connection, transaction

from tests.files import samples
from tests.files.conftest import sentence_of
from thidua.accounts.acting import NOBODY
from thidua.audit.models import Entry
from thidua.core.deeds import deed
from thidua.core.errors import Invalid
from thidua.files import storage
from thidua.files.actions import keep_file
from thidua.files.models import Blob
from thidua.files.storage import open_bytes, store, sweep_leftovers

pytestmark = pytest.mark.django_db
DIGEST = hashlib.sha256(samples.PDF).hexdigest()
PLACE = f"{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}"


def keep(content=samples.PDF, name="báo cáo.pdf"):
    return keep_file(samples.sent(content, name), by=NOBODY)


def test_a_file_is_kept_under_its_digest_as_it_came(lying):
    blob = keep()

    assert (blob.digest, blob.size) == (DIGEST, len(samples.PDF))
    assert (blob.media_type, blob.suffix) == ("application/pdf", ".pdf")
    assert lying() == [PLACE]
    with open_bytes(blob) as file:
        assert file.read() == samples.PDF
    entry = Entry.objects.get()
    assert (entry.code, entry.facts["digest"]) == ("file.kept", DIGEST)


def test_only_this_account_may_read_it(folder):
    keep()

    for path in [folder / PLACE, *(folder / PLACE).parents][:3]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o600 if path.is_file() else 0o700)


def test_a_kept_file_has_no_address(folder):
    with pytest.raises(ValueError, match="reached only through a row"):
        store().url(PLACE)


def test_the_same_content_is_kept_once_whatever_its_name(lying):
    first, second = keep(), keep(name="minh chứng khác.pdf")

    assert first == second
    assert lying() == [PLACE]
    assert Entry.objects.count() == 1


def test_a_large_upload_that_lies_on_the_disk_already_is_kept_alike(lying, folder):
    storage.incoming_folder()
    upload = TemporaryUploadedFile("a.pdf", "text/html", len(samples.PDF), None)
    upload.write(samples.PDF)

    assert keep_file(upload, by=NOBODY).digest == DIGEST
    upload.close()
    assert lying() == [PLACE]


def test_a_damaged_file_is_mended_when_its_content_comes_again(folder):
    blob = keep()
    (folder / PLACE).write_bytes(b"rust")

    keep()

    with open_bytes(blob) as file:
        assert file.read() == samples.PDF


@pytest.mark.django_db(transaction=True)
def test_the_same_content_coming_twice_at_once_is_kept_once(lying):
    gate = Barrier(4)

    def run(_n):
        try:
            gate.wait(20)
            return keep().pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(run, range(4), timeout=30))

    assert len(keys) == 1
    assert Blob.objects.count() == 1
    assert Entry.objects.count() == 1
    assert lying() == [PLACE]


def test_what_is_refused_leaves_no_row_and_no_file(lying):
    with pytest.raises(Invalid):
        keep(samples.EXE)

    assert lying() == []
    assert not Blob.objects.exists()
    assert not Entry.objects.exists()


def test_a_fault_while_writing_leaves_nothing_in_the_incoming_folder(lying, monkeypatch):
    def fails(_file):
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="input/output error"):
        keep()

    assert lying() == []
    assert not Blob.objects.exists()


def test_a_full_disk_is_told_beside_the_field(lying, monkeypatch):
    def fails(_file):
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(Invalid) as refusal:
        keep()

    assert "hết chỗ chứa tệp" in sentence_of(refusal)
    assert lying() == []


def test_a_deed_that_is_taken_back_keeps_no_row(folder):
    with suppress(Invalid), deed():
        keep()
        raise Invalid("việc khác không xong")

    assert not Blob.objects.exists()


def test_what_came_in_halfway_is_swept_after_a_day_and_not_before(folder, lying):
    old, young = storage.incoming_folder() / "cũ.upload", storage.incoming_folder() / "mới.upload"
    for path, age in ((old, 25), (young, 23)):
        path.write_bytes(b"half")
        os.utime(path, (time.time() - age * 3600,) * 2)

    keep()

    assert lying() == [PLACE, "incoming/mới.upload"]
    assert sweep_leftovers() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"digest": "a" * 63},
        {"size": 0},
        {"blank_reason": "vì"},
        {"blanked_at": "2026-01-01T00:00Z", "blank_reason": "vì"},
        {"blanked_at": "2026-01-01T00:00Z", "blank_basis": "Đơn"},
    ],
    ids=["short digest", "no bytes", "reason alone", "without a basis", "without a reason"],
)
def test_the_database_refuses_a_row_that_cannot_be(wrong):
    facts = {"digest": "a" * 64, "size": 1, "kept_at": "2026-01-01T00:00Z", **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        Blob.objects.create(**facts)
