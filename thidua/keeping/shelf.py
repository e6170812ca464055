"""The folder of backups: which are there, which is the last, and that only one is made at a time.

A backup is written into a folder whose name begins with a dot and is renamed when it is whole, so
that one that was stopped halfway can be taken for no other.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.core import clock
from thidua.core.errors import DomainError
from thidua.keeping.errors import CannotKeep, told_in_a_sentence
from thidua.keeping.manifests import MANIFEST, Manifest, read_manifest

PREFIX = "thidua-"
UNFINISHED, LEAVING = ".unfinished-", ".leaving-"
LOCK, DRILL = ".lock", "drill.json"


@dataclass(frozen=True)
class Drill:
    """What the last drill with a backup came to."""

    at: datetime
    is_well: bool
    line: str


@dataclass(frozen=True)
class Backup:
    """A backup that lies there: its folder, what it says of itself (None when damaged), a drill."""

    folder: Path
    manifest: Manifest | None
    fault: str = ""
    drill: Drill | None = None

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.name

    @property
    def is_good(self) -> bool:
        """Whether nothing is known against it."""
        return self.manifest is not None and (self.drill is None or self.drill.is_well)


def backups_in(shelf: Path) -> list[Backup]:
    """Return the backups in the folder, the newest first; those that are damaged come last."""
    try:
        folders = [entry for entry in shelf.iterdir() if entry.name.startswith(PREFIX)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    found = [_backup(folder) for folder in sorted(folders, reverse=True)]
    return sorted(found, key=lambda b: b.manifest.number if b.manifest else 0, reverse=True)


def _backup(folder: Path) -> Backup:
    try:
        return Backup(folder, read_manifest(folder), drill=_drill(folder))
    except DomainError as fault:
        return Backup(folder, None, fault.sentence)


def _drill(folder: Path) -> Drill | None:
    try:
        told: dict[str, Any] = json.loads((folder / DRILL).read_text(encoding="utf-8"))
        return Drill(datetime.fromisoformat(told["at"]), bool(told["is_well"]), str(told["line"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note_drill(folder: Path, *, is_well: bool, line: str) -> None:
    """Write beside the backup what a drill with it came to."""
    told = {"at": clock.now().isoformat(), "is_well": is_well, "line": line}
    unfinished = folder / f".{DRILL}"
    unfinished.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(folder / DRILL)


def latest_of(path: Path, *, but: str = "") -> Path:
    """Return the folder of the backup meant: ``path`` itself, or the last whole one in it.

    ``but`` leaves out those made for that reason: a restore that is asked for twice must not bring
    back what the first one put aside.
    """
    if (path / MANIFEST).exists() or path.name.startswith(PREFIX):
        return path
    whole = [b for b in backups_in(path) if b.manifest and b.manifest.why != but]
    if not whole:
        raise CannotKeep(_("Không có bản sao lưu trọn vẹn nào trong %(path)s.") % {"path": path})
    return whole[0].folder


def new_name(shelf: Path) -> str:
    """Return a name from the present moment in Asia/Ho_Chi_Minh that nothing there bears."""
    name = PREFIX + timezone.localtime(clock.now()).strftime("%Y-%m-%d-%H%M%S")
    taken = {entry.name for entry in shelf.iterdir()}
    return next(n for n in _variants(name) if n not in taken)


def _variants(name: str) -> Iterator[str]:
    yield name
    number = 1
    while True:
        number += 1
        yield f"{name}-{number}"


def prepare(shelf: Path) -> Path:
    """Return the folder as an absolute path, made (mode 700) where it was not there."""
    shelf = shelf.expanduser().absolute()
    files = Path(settings.FILES_DIR).absolute()
    if shelf == files or files in shelf.parents:
        raise CannotKeep(_("Không sao lưu vào trong thư mục tệp %(path)s.") % {"path": files})
    with told_in_a_sentence(shelf):
        shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
    return shelf


@contextmanager
def held(shelf: Path) -> Iterator[None]:
    """Hold the folder alone, and clear away what others left halfway.

    The lock goes with the process that holds it: a killed one leaves none.
    """
    with told_in_a_sentence(shelf), (shelf / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held_by_another:
            sentence = _("Một lần sao lưu khác đang chạy ở %(path)s. Hãy đợi nó xong.")
            raise CannotKeep(sentence % {"path": shelf}) from held_by_another
        for entry in shelf.iterdir():
            if entry.name.startswith((UNFINISHED, LEAVING)):
                shutil.rmtree(entry, ignore_errors=True)
        yield


@contextmanager
def unfinished(shelf: Path, name: str) -> Iterator[Path]:
    """Yield a new folder that becomes the backup ``name`` at the end of the block.

    Everything is on the disk before it gets its name. When the block fails, nothing of it stays.
    """
    folder = shelf / f"{UNFINISHED}{name}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
        os.sync()
        folder.rename(shelf / name)
        _sync(shelf)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def remove(backup: Backup) -> None:
    """Delete a backup; it loses its name first, so that no half of it looks whole."""
    leaving = backup.folder.with_name(f"{LEAVING}{backup.name}")
    backup.folder.rename(leaving)
    shutil.rmtree(leaving, ignore_errors=True)


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
