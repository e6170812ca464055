"""The drill: the last backup is restored beside the work; one line says how it went."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from thidua.core.errors import DomainError
from thidua.keeping.backup import silent
from thidua.keeping.checking import checked
from thidua.keeping.contents import Content, Step, listed, open_content, path_in
from thidua.keeping.errors import Damaged, told_in_a_sentence
from thidua.keeping.manifests import Manifest
from thidua.keeping.seals import Key, key_for
from thidua.keeping.shelf import latest_of, note_drill
from thidua.keeping.side import (
    Build,
    bring_forward,
    build,
    differences,
    faults_of_trail,
    migrate_to,
    side_file,
)


@dataclass(frozen=True)
class Outcome:
    """How the drill ended: well or not, in one line, and all that was found wrong."""

    is_well: bool
    line: str
    faults: list[str]


def drill(
    path: Path,
    *,
    identity: Path | None = None,
    side: Path | None = None,
    step: Step = silent,
    make: Build = migrate_to,
) -> Outcome:
    """Restore the backup at ``path``, or the last one in it, into a side folder and compare.

    The folder is made in ``side`` (default: where the backup lies) and is gone afterwards. The
    database is always an embedded one there, whatever the one at work is. A backup that is closed
    and whose key is not given has only its digests checked, and the line says so.
    """
    folder, started = latest_of(path.absolute()), time.monotonic()
    try:
        with told_in_a_sentence(side or folder.parent):
            manifest, key, faults = _tried(folder, identity, side, step, make)
    except DomainError as refusal:
        return _ended(folder, [refusal.sentence])
    if faults:
        return _ended(folder, faults)
    told = {
        "name": folder.name,
        "tables": len(manifest.tables),
        "rows": manifest.rows,
        "files": manifest.file_count,
        "entries": manifest.entries,
        "seconds": max(1, round(time.monotonic() - started)),
    }
    sentence = _(
        "TỐT: %(name)s phục hồi được, khớp từng mã băm: %(tables)d bảng, %(rows)d dòng, "
        "%(files)d tệp; chuỗi dấu vết %(entries)d mục nguyên vẹn; mất %(seconds)d giây."
    )
    if key is None:
        sentence = _(
            "TỐT: %(name)s còn nguyên từng byte (%(tables)d bảng, %(files)d tệp). Bản này đã mã "
            "hóa: muốn phục hồi thử, hãy chạy lại với --identity trên máy giữ chìa khóa."
        )
    return _ended(folder, [], sentence % told)


def _tried(
    folder: Path, identity: Path | None, side: Path | None, step: Step, make: Build
) -> tuple[Manifest, Key | None, list[str]]:
    """Do all that a restore does, elsewhere; return what was found wrong."""
    manifest, faulty = checked(folder, step=step)
    faults = [_set_aside(folder, manifest, content) for content in faulty]
    key = key_for(manifest.seal, folder, identity)
    if key is None or faults:
        return manifest, key, faults
    with TemporaryDirectory(prefix=".drill-", dir=side or folder.parent) as there:
        with side_file(Path(there) / "side.sqlite3") as alias:
            build(alias, folder, manifest, key, make)
            faults += differences(alias, manifest)
            bring_forward(alias)
            faults += faults_of_trail(alias, manifest)
        faults += _files_brought(folder, manifest, key, Path(there) / "files")
    return manifest, key, faults


def _set_aside(folder: Path, manifest: Manifest, content: Content) -> str:
    """Take a changed file out of the backup, so that the next one keeps it anew instead of it."""
    path = path_in(folder, content.digest, manifest.seal.suffix)
    if path.exists():
        path.rename(path.with_name(f"{path.name}.damaged"))
    return _("tệp %(digest)s bị thiếu hoặc bị sửa") % {"digest": content.digest}


def _files_brought(folder: Path, manifest: Manifest, key: Key, there: Path) -> list[str]:
    """Bring each file to the side folder and see that it is what its name says.

    One after another: a drill needs room for the largest file and not for all of them.
    """
    there.mkdir(mode=0o700)
    faults = []
    for content in listed(folder):
        try:
            with (there / "content").open("wb") as file:
                open_content(folder, manifest, content, key, file)
        except Damaged as fault:
            faults.append(fault.sentence)
    shutil.rmtree(there)
    return faults


def _ended(folder: Path, faults: list[str], line: str = "") -> Outcome:
    """Write down how it ended, and return it."""
    if faults:
        told = {"name": folder.name, "fault": faults[0].rstrip("."), "more": len(faults) - 1}
        sentence = _("HỎNG: %(name)s không dùng được: %(fault)s.")
        if len(faults) > 1:
            sentence = _("HỎNG: %(name)s không dùng được: %(fault)s; và %(more)d chỗ khác.")
        line = sentence % told
    note_drill(folder, is_well=not faults, line=line)
    return Outcome(not faults, line, faults)
