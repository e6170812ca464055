"""Looking a backup over before anything is done with it: nothing is opened, all is read."""

from pathlib import Path

from django.utils.translation import gettext as _

from thidua.keeping.contents import Content, Step, check_files
from thidua.keeping.errors import Damaged
from thidua.keeping.manifests import Manifest, read_manifest
from thidua.keeping.side import refuse_newer
from thidua.keeping.state import strange_to_us
from thidua.keeping.streams import digest_of


def checked(folder: Path, *, step: Step) -> tuple[Manifest, list[Content]]:
    """Return what the backup says of itself, and its files that are missing or changed.

    Every byte was read by then. `Damaged` when a part of the database is missing, cut off or
    changed; `WillNotRestore` when a newer program made it.
    """
    manifest = read_manifest(folder)
    refuse_newer(manifest, strange_to_us(manifest.migrations))
    for part in manifest.parts:
        try:
            found = digest_of(folder / part.name)
        except FileNotFoundError as fault:
            sentence = _("Bản sao lưu %(name)s bị hỏng: thiếu %(part)s.")
            raise Damaged(sentence % {"name": folder.name, "part": part.name}) from fault
        if found != (part.digest, part.size):
            sentence = _("Bản sao lưu %(name)s bị hỏng: %(part)s bị cụt hoặc bị sửa.")
            raise Damaged(sentence % {"name": folder.name, "part": part.name})
    return manifest, check_files(folder, manifest, step)


def refuse_faulty(manifest: Manifest, faulty: list[Content]) -> None:
    """Refuse a backup some of whose files are missing or changed."""
    if faulty:
        sentence = _(
            "Bản sao lưu %(name)s bị hỏng: %(count)d tệp bị thiếu hoặc bị sửa (%(digest)s…). "
            "Hãy lấy bản khác; hoặc thêm --force để lấy phần còn lại."
        )
        told = {"name": manifest.name, "count": len(faulty), "digest": faulty[0].digest[:12]}
        raise Damaged(sentence % told)
