"""Restoring: looked over first, built beside the work, then put in its place in one step."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from thidua.audit.models import Entry, Head
from thidua.files.models import TIME_OVER, Blob
from thidua.keeping.actions.restoring import RESTORED, record_restore
from thidua.keeping.backup import make_backup, silent
from thidua.keeping.checking import checked, refuse_faulty
from thidua.keeping.contents import Step, restore_files
from thidua.keeping.errors import CannotKeep, Damaged, WillNotRestore, told_while_restoring
from thidua.keeping.manifests import Manifest
from thidua.keeping.models import Erasure
from thidua.keeping.places import Place, at_work
from thidua.keeping.seals import Key, key_for
from thidua.keeping.shelf import latest_of
from thidua.keeping.side import (
    Build,
    bring_forward,
    build,
    differences,
    faults_of_trail,
    migrate_to,
)

BEFORE = "before_restore"


@dataclass(frozen=True)
class Wishes:
    """How one wants to restore. ``force`` accepts that newer work is lost, or files are missing."""

    identity: Path | None = None
    force: bool = False
    backup_first: bool = True
    by: str = ""


@dataclass
class Restored:
    """What a restore came to.

    ``again`` and ``people_again`` are digests of files and numbers of people that were deleted on
    request after the backup: they have come back.
    """

    manifest: Manifest
    files_brought: int = 0
    lost: int = 0
    saved: str = ""
    again: list[str] = field(default_factory=list)
    people_again: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Work:
    """What stands in the database at work: where its chains end, and since when."""

    heads: dict[str, tuple[int, str]]
    last_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever recorded in it."""
        return not any(number for number, _digest in self.heads.values())


def work_there() -> Work | None:
    """Return what stands in the database at work; None when it cannot be read."""
    try:
        tables = set(connection.introspection.table_names())
        if Head._meta.db_table not in tables:
            return Work({})
        rows = Head.objects.values_list("chain", "number", "digest")
        heads = {chain: (number, digest) for chain, number, digest in rows}
        return Work(heads, Entry.objects.order_by("-at").values_list("at", flat=True).first())
    except DatabaseError:
        if connection.vendor == "postgresql":
            raise  # it is not there at all: nothing can be restored to it
        connection.close()
        return None


def newer_work(work: Work, manifest: Manifest) -> int:
    """Return how many entries of the trail at work the backup does not have.

    Those of a chain that went another way are all counted; that one restored is no work.
    """
    lost = 0
    kept = {end.chain: end for end in manifest.chains}
    for chain, (number, _digest) in work.heads.items():
        end = kept.get(chain)
        if end is None or (number >= end.number and not _same_until(chain, end.number, end.digest)):
            lost += number
        else:
            later = Entry.objects.filter(chain=chain, number__gt=end.number)
            lost += later.exclude(code=RESTORED).count()
    return lost


def _same_until(chain: str, number: int, digest: str) -> bool:
    return number == 0 or Entry.objects.filter(chain=chain, number=number, digest=digest).exists()


def restore(
    path: Path, wishes: Wishes, *, step: Step = silent, make: Build = migrate_to
) -> Restored:
    """Restore the backup at ``path``, or the last one in it, over the database and files at work.

    Everything is checked before anything is touched; the database is built beside the one at work
    and takes its place in one step. What was there is backed up first. Raises `DomainError`.
    """
    folder = latest_of(path.absolute(), but=BEFORE)
    manifest, faulty = checked(folder, step=step)
    if not wishes.force:
        refuse_faulty(manifest, faulty)
    key = key_for(manifest.seal, folder, wishes.identity)
    if key is None:
        sentence = _("Bản sao lưu %(name)s đã mã hóa: hãy thêm --identity TỆP_CHÌA_KHÓA.")
        raise CannotKeep(sentence % {"name": manifest.name})
    done = Restored(manifest)
    work = work_there()
    _weigh(work, wishes, done)
    if work and not work.is_empty:
        _note_deleted(manifest, done)
        if wishes.backup_first:
            done.saved = make_backup(
                folder.parent, recipients=settings.BACKUP_RECIPIENTS, why=BEFORE
            ).name
    with told_while_restoring(Path(settings.DATA_DIR)):
        connection.close()
        lacking = {content.digest for content in faulty}
        with built(folder, manifest, key, at_work(), make=make) as take:
            done.files_brought = restore_files(folder, manifest, key, but=lacking, step=step)
            take()
        record_restore(manifest, lost=done.lost, by=wishes.by)
    return done


def _weigh(work: Work | None, wishes: Wishes, done: Restored) -> None:
    """Refuse to lose what was done after the backup, unless that is wanted."""
    if work is None:
        if wishes.backup_first:
            sentence = _(
                "Cơ sở dữ liệu đang có không đọc được nên không sao lưu trước được. "
                "Muốn thay nó bằng bản sao lưu, hãy thêm --no-backup."
            )
            raise WillNotRestore(sentence)
        return
    done.lost = newer_work(work, done.manifest)
    if done.lost and not wishes.force:
        sentence = _(
            "Cơ sở dữ liệu đang dùng mới hơn bản sao lưu %(name)s: có %(count)d việc ghi trong dấu "
            "vết mà bản sao lưu không có, phục hồi sẽ mất những việc đó. Muốn vậy, thêm --force."
        )
        raise WillNotRestore(sentence % {"name": done.manifest.name, "count": done.lost})


def _note_deleted(manifest: Manifest, done: Restored) -> None:
    """Note what was deleted on lawful request after the backup, as far as it can be read."""
    blobs = Blob.objects.filter(blanked_at__gt=manifest.moment).exclude(blank_basis=TIME_OVER)
    people = Erasure.objects.filter(ended_at__gt=manifest.moment, state=Erasure.State.DONE)
    with suppress(DatabaseError):  # a database of another version may lack the columns
        done.again = [*blobs.order_by("digest").values_list("digest", flat=True)]
        done.people_again = [*people.order_by("person").values_list("person", flat=True)]


@contextmanager
def built(
    folder: Path, manifest: Manifest, key: Key, place: Place, *, make: Build = migrate_to
) -> Iterator[Callable[[], None]]:
    """Build the database beside ``place`` and compare it with what was noted.

    Yields what lets it take the place; until that is called nothing there is touched.
    """
    with place.side() as alias:
        build(alias, folder, manifest, key, make)
        faults = differences(alias, manifest)
        bring_forward(alias)
        faults += faults_of_trail(alias, manifest)
        if faults:
            sentence = _("Bản sao lưu %(name)s không dùng được: %(fault)s")
            raise Damaged(sentence % {"name": manifest.name, "fault": faults[0]})
        yield lambda: place.take(alias)
