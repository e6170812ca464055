"""The files in a backup: each is read once, and one that the backup before has is linked, not read.

`files/ab/cd/<digest>` as in the storage. The list of them is never closed: it tells digests and
sizes alone, and the next backup must be able to read it without a key.
"""

import gzip
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from django.utils.translation import gettext as _

from thidua.files.models import Blob
from thidua.files.storage import incoming_file, place_of, put, store
from thidua.keeping.errors import CannotKeep, Damaged
from thidua.keeping.manifests import Manifest
from thidua.keeping.seals import Key, Seal
from thidua.keeping.streams import Reading, Writing, digest_of, new_file, pour

LIST = "files.jsonl.gz"
COLUMNS = ["digest", "size", "stored_digest", "stored_size"]
Step = Callable[[int, int], None]


class Content(NamedTuple):
    """One content: what it is, and what lies in the backup, which differs when it is closed."""

    digest: str
    size: int
    stored_digest: str
    stored_size: int


@dataclass
class Kept:
    """What became of the files of a backup."""

    count: int = 0
    size: int = 0
    new_bytes: int = 0
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    blanked: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Former:
    """The backup before, whose contents can be linked when they are closed in the same way."""

    folder: Path
    suffix: str
    is_alike: bool

    def contents(self) -> Iterator[Content]:
        """Yield its contents by digest; nothing where its list cannot be read."""
        if self.is_alike:
            try:
                yield from listed(self.folder)
            except Damaged:
                return


def path_in(folder: Path, digest: str, suffix: str) -> Path:
    """Return where a content lies in the backup ``folder``."""
    return folder / "files" / f"{place_of(digest)}{suffix}"


def listed(folder: Path) -> Iterator[Content]:
    """Yield the contents that the backup in ``folder`` lists, by digest."""
    try:
        with gzip.open(folder / LIST, "rt", encoding="utf-8") as file:
            if json.loads(next(file, "null")) != {"model": "files", "columns": COLUMNS}:
                raise ValueError("its first line")
            for line in file:
                yield Content(*json.loads(line))
    except (OSError, EOFError, ValueError, TypeError) as fault:
        raise Damaged(_("Danh sách tệp của bản sao lưu bị hỏng.")) from fault


def keep_files(
    wanted: Iterable[tuple[str, int]],
    folder: Path,
    former: Former | None,
    seal: Seal,
    *,
    kept: Kept,
    step: Step,
) -> Iterator[bytes]:
    """Bring the wanted contents into ``folder``; yield the lines of their list as they come.

    ``wanted`` are digests and sizes, by digest. ``kept`` is told what became of them: what is
    missing or damaged in the storage does not stop a backup of all the rest.
    """
    yield _line({"model": "files", "columns": COLUMNS})
    before = former.contents() if former else iter(())
    at_hand = next(before, None)
    for number, (digest, size) in enumerate(wanted, 1):
        while at_hand and at_hand.digest < digest:
            at_hand = next(before, None)
        content = None
        target = path_in(folder, digest, seal.suffix)
        if former and at_hand and at_hand.digest == digest:
            content = _link(at_hand, path_in(former.folder, digest, former.suffix), target)
        content = content or _copy(digest, size, target, seal, kept)
        if content:
            kept.count, kept.size = kept.count + 1, kept.size + content.stored_size
            yield _line(content)
        step(number, 0)


def _line(data: object) -> bytes:
    return json.dumps(data).encode("ascii") + b"\n"


def _link(content: Content, source: Path, target: Path) -> Content | None:
    """Let the content stand in this backup too; None where the disk knows no links."""
    try:
        if source.stat().st_size != content.stored_size:
            return None
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.link(source, target)
    except OSError:
        return None
    return content


def _copy(digest: str, size: int, target: Path, seal: Seal, kept: Kept) -> Content | None:
    """Read a content through once, write it, and see that it is what its name says."""
    try:
        source = store().open(place_of(digest), "rb")
    except FileNotFoundError:
        gone = Blob.objects.filter(digest=digest).exclude(blanked_at=None).exists()
        (kept.blanked if gone else kept.missing).append(digest)
        return None
    with source, new_file(target) as file:
        reading, writing = Reading(source), Writing(file)
        seal.close(reading, writing)
    if (reading.digest, reading.size) != (digest, size):
        target.unlink()
        kept.damaged.append(digest)
        return None
    kept.new_bytes += writing.size
    return Content(digest, size, writing.digest, writing.size)


def refuse_too_little_room(
    wanted: Iterable[tuple[str, int]], shelf: Path, former: Former | None
) -> None:
    """Say before the work begins that the disk cannot take what is new."""
    needed = 0
    for digest, size in wanted:
        there = former and former.is_alike and path_in(former.folder, digest, former.suffix)
        if not (there and there.exists()):
            needed += size
    free = shutil.disk_usage(shelf).free
    if needed > free:
        sentence = _(
            "Ổ đĩa chứa %(place)s còn %(free)d MB, cần %(needed)d MB: chưa có bản sao lưu mới, "
            "các bản cũ còn nguyên. Hãy dọn chỗ rồi chạy lại."
        )
        told = {"place": shelf, "free": free // 1_000_000, "needed": needed // 1_000_000 + 1}
        raise CannotKeep(sentence % told)


def check_files(folder: Path, manifest: Manifest, step: Step) -> list[Content]:
    """Read every content of a backup; return those that are missing or changed."""
    faulty, count = [], 0
    for count, content in enumerate(listed(folder), 1):
        try:
            found = digest_of(path_in(folder, content.digest, manifest.seal.suffix))
        except FileNotFoundError:
            found = ("", 0)
        if found != (content.stored_digest, content.stored_size):
            faulty.append(content)
        step(count, manifest.file_count)
    if count != manifest.file_count:
        raise Damaged(_("Danh sách tệp của bản sao lưu bị hỏng."))
    return faulty


def restore_files(folder: Path, manifest: Manifest, key: Key, *, but: set[str], step: Step) -> int:
    """Bring back into the storage each content that is not there whole; return how many.

    ``but`` are digests that the backup lacks, which the operator accepts.
    """
    brought = 0
    for count, content in enumerate(listed(folder), 1):
        if content.digest not in but and not _is_whole(content):
            with incoming_file() as path:
                with path.open("wb") as file:
                    open_content(folder, manifest, content, key, file)
                    os.fsync(file.fileno())
                put(path, content.digest)
            brought += 1
        step(count, manifest.file_count)
    return brought


def _is_whole(content: Content) -> bool:
    """Say whether the storage has the content unchanged."""
    try:
        with store().open(place_of(content.digest), "rb") as file:
            reading = Reading(file)
            pour(reading, Writing())
    except FileNotFoundError:
        return False
    return reading.digest == content.digest


def open_content(
    folder: Path, manifest: Manifest, content: Content, key: Key, sink: IO[bytes] | None
) -> None:
    """Write a content as it was before it was closed; `Damaged` when it is another now."""
    writing = Writing(sink)
    with path_in(folder, content.digest, manifest.seal.suffix).open("rb") as file:
        key.open(file, writing)
    if writing.digest != content.digest:
        sentence = _("Tệp %(digest)s trong bản sao lưu đã bị thay đổi.")
        raise Damaged(sentence % {"digest": content.digest})
