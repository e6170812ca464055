"""Making a backup: the database as it stood at one moment, and every file it knows."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.db import connections
from django.db.models import AutoField, Model, QuerySet
from django.db.models.fields import AutoFieldMixin
from django.utils import timezone
from django.utils.translation import gettext as _

from thidua.core import clock
from thidua.keeping import shelf as shelves
from thidua.keeping.contents import LIST, Former, Kept, Step, keep_files, refuse_too_little_room
from thidua.keeping.errors import CannotKeep, told_in_a_sentence
from thidua.keeping.manifests import MANIFEST, ChainEnd, Manifest, Part, text_of
from thidua.keeping.rows import Counted, filled, lines_of, packed
from thidua.keeping.seals import Seal, keep_gpg_key, seal_for
from thidua.keeping.shelf import Backup, backups_in, held, new_name, unfinished
from thidua.keeping.snapshot import sequences, snapshot
from thidua.keeping.state import Applied, applied_in, models_at
from thidua.keeping.streams import Pulled, Writing, new_file

WANTED = ".wanted"
KEY_FILE = "secret_key"


def silent(_done: int, _of: int) -> None:
    """Tell nobody how far it has come."""


@dataclass(frozen=True)
class Seen:
    """What was read of the database at the one moment."""

    migrations: Applied
    tables: dict[str, Part]
    sequences: dict[str, int]
    chains: list[ChainEnd]
    at: str
    file_count: int


def make_backup(
    shelf: Path, *, recipients: list[str] | None = None, why: str, step: Step = silent
) -> Backup:
    """Back up database and files into the folder of backups ``shelf``; return the backup.

    ``recipients`` close it (age1…, ssh-…, or a key of GPG); ``why`` is shown in the list;
    ``step(done, of)`` is told the files done. Raises `CannotKeep` with nothing left behind.
    """
    shelf = shelves.prepare(shelf)
    with ExitStack() as around:
        around.enter_context(held(shelf))
        before = next((b for b in backups_in(shelf) if b.manifest), None)
        former_seal = before.manifest.seal if before and before.manifest else None
        seal, gpg_key = seal_for(recipients or [], former_seal)
        name = new_name(shelf)
        folder = around.enter_context(unfinished(shelf, name))
        around.enter_context(told_in_a_sentence(shelf))
        seen = _rows(folder, seal)
        former = Former(before.folder, seal.suffix, former_seal == seal) if before else None
        files, kept = _files(shelf, folder, former, seal, seen.file_count, step)
        if seal.kind == "gpg":
            keep_gpg_key(folder, gpg_key, before.folder if before else None)
        numbers = [b.manifest.number for b in backups_in(shelf) if b.manifest]
        manifest = _manifest(name, max(numbers, default=0) + 1, why, seen, files, kept, seal)
        with new_file(folder / MANIFEST) as file:
            file.write(text_of(manifest).encode("utf-8"))
        keep_secret_key(shelf, seal)
    return next(b for b in backups_in(shelf) if b.name == name)


def _manifest(
    name: str, number: int, why: str, seen: Seen, files: Part, kept: Kept, seal: Seal
) -> Manifest:
    return Manifest(
        name=name,
        number=number,
        made_at=seen.at,
        why=why,
        database=connections["default"].vendor,
        migrations=seen.migrations,
        tables=seen.tables,
        sequences=seen.sequences,
        files=files,
        file_count=kept.count,
        file_bytes=kept.size,
        new_bytes=kept.new_bytes + sum(part.size for part in [*seen.tables.values(), files]),
        chains=seen.chains,
        encryption=seal.as_told(),
        missing=kept.missing,
        damaged=kept.damaged,
        blanked=kept.blanked,
    )


def _rows(folder: Path, seal: Seal) -> Seen:
    """Write every table as it stood at one moment, and the list of the files wanted."""
    with snapshot() as alias:
        at = timezone.localtime(clock.now()).isoformat()
        migrations = applied_in(alias)
        models = {model._meta.label_lower: model for model in models_at(migrations)}
        if "audit.head" not in models:
            raise CannotKeep(_("Cơ sở dữ liệu còn trống: chưa có gì để sao lưu."))
        tables, full = {}, filled(models.values(), alias)
        for label, model in models.items():
            path = folder / "rows" / f"{label}.jsonl.gz{seal.suffix}"
            lines = lines_of(model, alias, is_empty=model not in full)
            tables[label] = _written(lines, path, seal)
        heads: QuerySet[Any] = QuerySet(models["audit.head"], using=alias).order_by("chain")
        chains = [ChainEnd(*row) for row in heads.values_list("chain", "number", "digest")]
        numbers = sequences(alias, numbered(list(models.values())))
        count = _want(folder / WANTED, models["files.blob"], alias)
    return Seen(migrations, tables, numbers, chains, at, count)


def numbered(models: list[type[Model]]) -> dict[str, str]:
    """Return the tables that number their rows by themselves, with the column of the number."""
    return {
        model._meta.db_table: str(model._meta.pk.column)
        for model in models
        if isinstance(model._meta.pk, AutoField | AutoFieldMixin)
    }


def _written(lines: Iterator[bytes], path: Path, seal: Seal) -> Part:
    """Write the lines of one table to a new file at ``path``; return what is known of it."""
    counted = Counted()
    with new_file(path) as file:
        writing = Writing(file)
        seal.close(Pulled(packed(lines, counted)), writing)
    name = f"{path.parent.name}/{path.name}"
    return Part(name, writing.size, writing.digest, counted.rows, counted.content)


def _want(path: Path, blob: type[Model], alias: str) -> int:
    """Note which files there are to keep, so that the moment need not last until they are."""
    found: QuerySet[Any] = QuerySet(blob, using=alias).filter(blanked_at=None).order_by("digest")
    count = 0
    with new_file(path) as file:
        for row in found.values_list("digest", "size").iterator():
            digest, size = cast(tuple[str, int], row)
            file.write(f"{digest} {size}\n".encode("ascii"))
            count += 1
    return count


def _wanted(path: Path) -> Iterator[tuple[str, int]]:
    with path.open("r", encoding="ascii") as file:
        for line in file:
            digest, _space, size = line.partition(" ")
            yield digest, int(size)


def _files(
    shelf: Path, folder: Path, former: Former | None, seal: Seal, of: int, step: Step
) -> tuple[Part, Kept]:
    """Bring the files wanted into the backup, and write their list."""
    wanted, kept, counted = folder / WANTED, Kept(), Counted()
    refuse_too_little_room(_wanted(wanted), shelf, former)
    lines = keep_files(
        _wanted(wanted), folder, former, seal, kept=kept, step=lambda done, _of: step(done, of)
    )
    with new_file(folder / LIST) as file:
        writing = Writing(file)
        Seal().close(Pulled(packed(lines, counted)), writing)
    wanted.unlink()
    return Part(LIST, writing.size, writing.digest, counted.rows, counted.content), kept


def secret_key_path() -> Path | None:
    """Return the file of the secret key; None where it comes from the environment."""
    path = Path(settings.DATA_DIR) / KEY_FILE
    try:
        is_it = path.read_text(encoding="ascii").strip() == settings.SECRET_KEY
    except (OSError, UnicodeDecodeError):
        return None
    return path if is_it else None


def keep_secret_key(shelf: Path, seal: Seal) -> None:
    """Keep the secret key beside the backups, not within one: who copies one has not the key."""
    path = secret_key_path()
    if path is None:
        return
    target = shelf / f"{KEY_FILE}{seal.suffix}"
    waiting = shelf / f"{shelves.UNFINISHED}{KEY_FILE}"
    waiting.unlink(missing_ok=True)
    with path.open("rb") as source, new_file(waiting) as file:
        seal.close(source, Writing(file))
    waiting.replace(target)


def told(backup: Backup) -> dict[str, Any]:
    """Return what a sentence about a backup needs: name, counts, megabytes."""
    manifest = backup.manifest
    if manifest is None:
        return {"name": backup.name}
    return {
        "name": backup.name,
        "tables": len(manifest.tables),
        "rows": manifest.rows,
        "files": manifest.file_count,
        "size": round(Decimal(manifest.size) / 1_000_000, 1),
        "new": round(Decimal(manifest.new_bytes) / 1_000_000, 1),
        "entries": manifest.entries,
    }
