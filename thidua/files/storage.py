"""Where bytes lie: `ab/cd/<digest>` in the storage named "files", and what is still coming in.

The storage is Django's own interface, so that a bucket can take the place of the folder.
"""

import errno
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from thidua.files.models import Blob

CHUNK = 64 * 1024
LEFT_AFTER = 24 * 3600  # seconds; no upload takes a day
INCOMING = "incoming"
# EFBIG: a limit on the size of one file is, for whoever reads the sentence, a full disk.
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class KeptFiles(FileSystemStorage):
    """A folder that only this account reads, where a file is there whole or not at all."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("file_permissions_mode", 0o600)
        options.setdefault("directory_permissions_mode", 0o700)
        # The name is the digest: what would be overwritten is the same bytes, or damaged ones.
        options.setdefault("allow_overwrite", True)
        super().__init__(**options)

    def _save(self, name: str, content: "File[Any]") -> str:
        kept: str = super()._save(name, content)  # type: ignore[misc]
        _sync_folder(Path(self.path(kept)).parent)
        return kept

    def url(self, name: str | None) -> str:
        """Refuse: no kept file has an address of its own."""
        raise ValueError("kept files are reached only through a row that the person may see")


class _Waiting(File):
    """A finished file of the incoming folder: a storage on the same disk moves it in one step."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        super().__init__(file, name=path.name)
        self.path = path

    def temporary_file_path(self) -> str:
        """Return where it lies (asked by `FileSystemStorage`)."""
        return str(self.path)


def store() -> Storage:
    """Return the storage that holds the bytes."""
    return storages["files"]


def place_of(digest: str) -> str:
    """Return the name under which the bytes of ``digest`` lie in the storage."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def put(path: Path, digest: str) -> None:
    """Move the finished file at ``path`` to its place; a file that is there already is renewed."""
    with path.open("rb") as file:
        store().save(place_of(digest), _Waiting(file, path))


def remove(digest: str) -> None:
    """Take the bytes of ``digest`` away; it is no fault when they are gone already."""
    store().delete(place_of(digest))


def open_bytes(blob: Blob) -> "File[bytes]":
    """Open the bytes for reading; the caller closes them. `FileNotFoundError` when blanked."""
    if blob.is_blanked:
        raise FileNotFoundError(blob.digest)
    return store().open(place_of(blob.digest), "rb")


def digest_of(file: "IO[bytes] | File[bytes]") -> str:
    """Return the SHA-256 of what is left to read in ``file``, read piece by piece."""
    found = hashlib.sha256()
    while piece := file.read(CHUNK):
        found.update(piece)
    return found.hexdigest()


def incoming_folder() -> Path:
    """Return the folder of what is still coming in, made if it was not there."""
    folder = Path(settings.INCOMING_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def incoming_file() -> Iterator[Path]:
    """Yield the path of a new, empty file of this account alone; afterwards it is gone."""
    path = incoming_folder() / f"part-{os.urandom(16).hex()}"
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def sweep_leftovers() -> int:
    """Delete what came in halfway and was left more than a day ago; return how many files."""
    swept = 0
    # The disk's own clock: the house's may be set, for the demonstration.
    oldest = time.time() - LEFT_AFTER
    for entry in os.scandir(incoming_folder()):
        try:
            if entry.is_file(follow_symlinks=False) and entry.stat().st_mtime < oldest:
                Path(entry.path).unlink(missing_ok=True)
                swept += 1
        except FileNotFoundError:
            continue  # another process swept it
    return swept


def all_names() -> Iterator[str]:
    """Yield the place of every file in the storage, but not of what is still coming in."""
    yield from _names("")


def _names(folder: str) -> Iterator[str]:
    try:
        folders, files = store().listdir(folder)
    except FileNotFoundError:
        return  # nothing was ever kept
    yield from (f"{folder}/{name}".lstrip("/") for name in files)
    for name in folders:
        if folder or name != INCOMING:
            yield from _names(f"{folder}/{name}".lstrip("/"))


def _sync_folder(folder: Path) -> None:
    """Let the new name survive a power cut, as the row that will point at it does."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
