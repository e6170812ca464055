"""What one backup says of itself: `manifest.json`, the last file that is written of it."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from thidua.core.digest import digest_data
from thidua.keeping.errors import Damaged, WillNotRestore
from thidua.keeping.seals import Seal, seal_told
from thidua.keeping.state import Applied

MANIFEST = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class Part:
    """One file of a backup: its name, its bytes as they lie there, and what it holds.

    ``rows`` is the number of lines in it, ``content`` the SHA-256 of these before packing.
    """

    name: str
    size: int
    digest: str
    rows: int
    content: str


@dataclass(frozen=True)
class ChainEnd:
    """Where a chain of the trail stood."""

    chain: str
    number: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    """All that is known of a backup without opening it.

    ``tables`` holds the part of each model (`app.model`); ``files`` is the list of the contents
    and ``file_count`` and ``file_bytes`` are of these. ``missing`` and ``damaged`` are digests of
    files that could not be kept, ``blanked`` of those deleted on request meanwhile.
    """

    name: str
    number: int
    made_at: str
    why: str
    database: str
    migrations: Applied
    tables: dict[str, Part]
    sequences: dict[str, int]
    files: Part
    file_count: int
    file_bytes: int
    new_bytes: int
    chains: list[ChainEnd]
    encryption: dict[str, Any]
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    blanked: list[str] = field(default_factory=list)
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        """When the database was seen."""
        return datetime.fromisoformat(self.made_at)

    @property
    def seal(self) -> Seal:
        """How its parts are closed."""
        return seal_told(self.encryption)

    @property
    def parts(self) -> list[Part]:
        """All parts, the list of files last."""
        return [*self.tables.values(), self.files]

    @property
    def rows(self) -> int:
        """How many rows there are in all tables."""
        return sum(part.rows for part in self.tables.values())

    @property
    def entries(self) -> int:
        """How many entries the trail had."""
        return sum(end.number for end in self.chains)

    @property
    def size(self) -> int:
        """How many bytes it would take by itself."""
        return self.file_bytes + sum(part.size for part in self.parts)

    @property
    def is_faulty(self) -> bool:
        """Whether some files could not be kept."""
        return bool(self.missing or self.damaged)


def text_of(manifest: Manifest) -> str:
    """Return the manifest as it is written: JSON that ends with its own digest."""
    told = asdict(manifest)
    return json.dumps({**told, "digest": digest_data(told)}, ensure_ascii=False, indent=1) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """Read what the backup in ``folder`` says of itself.

    `Damaged` when it is not whole, `WillNotRestore` when a newer program wrote it in another form.
    """
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if told["format"] > FORMAT:
            sentence = _(
                "Bản sao lưu %(name)s do bản chương trình mới hơn ghi, theo khuôn mới. "
                "Hãy nâng cấp chương trình rồi phục hồi."
            )
            raise WillNotRestore(sentence % {"name": folder.name})
        if told.pop("digest") != digest_data(told):
            raise ValueError("its digest")
        return _manifest(told)
    except FileNotFoundError as fault:
        sentence = _("%(folder)s không phải một bản sao lưu trọn vẹn: không có %(file)s.")
        raise Damaged(sentence % {"folder": folder, "file": MANIFEST}) from fault
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        sentence = _("Bản sao lưu %(name)s bị hỏng: %(file)s bị cụt hoặc bị sửa.")
        raise Damaged(sentence % {"name": folder.name, "file": MANIFEST}) from fault


def _manifest(told: dict[str, Any]) -> Manifest:
    tables = {model: Part(**part) for model, part in told.pop("tables").items()}
    files, chains = Part(**told.pop("files")), [ChainEnd(**end) for end in told.pop("chains")]
    return Manifest(tables=tables, files=files, chains=chains, **told)
