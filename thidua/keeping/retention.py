"""How long things stay that served a purpose and have no further one. The rest stays: see docs.

Nothing that is an act is here: signatures, marks, reports, the trail and evidence are records.
Background jobs that are over are deleted by `thidua.jobs.tasks`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import ManyToOneRel, QuerySet
from django.utils import timezone

from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.files.actions import let_go_of
from thidua.files.models import Blob
from thidua.imports.found import OF_ROWS
from thidua.imports.models import Import
from thidua.notifications.models import Mail, Notice

PIECE = 1_000
OVER_MAIL = [Mail.State.SENT, Mail.State.FAILED, Mail.State.DROPPED]
OVER_IMPORT = [Import.State.DONE, Import.State.UNDONE, Import.State.REFUSED, Import.State.DROPPED]


def let_go() -> dict[str, int]:
    """Delete what is older than the settings keep; return how many of each kind.

    Piece by piece, so that nobody waits for it; twice does no harm.
    """
    return {name: act() for name, act in KINDS.items()}


def _sessions() -> int:
    # The machine's clock: sessions end by it, whatever the house's is set to.
    return _delete(Session.objects.filter(expire_date__lt=timezone.now()))


def _notices() -> int:
    before = _before(settings.KEEP_NOTICES_DAYS)
    return _delete(Notice.objects.filter(read_at__lt=before)) if before else 0


def _mail() -> int:
    before = _before(settings.KEEP_MAIL_DAYS)
    if before is None:
        return 0
    over = Mail.objects.filter(state__in=OVER_MAIL, ended_at__lt=before)
    count = 0
    while keys := list(over.values_list("pk", flat=True)[:PIECE]):
        with transaction.atomic():
            Notice.objects.filter(mail__in=keys).update(mail=None)  # a notice stays longer
            count += Mail.objects.filter(pk__in=keys).delete()[0]
    return count


def _sheets() -> int:
    """Delete the bytes of sheets that were imported long ago, unless they are used elsewhere.

    What was read in their rows goes in any case: names and addresses of people stand there.
    """
    before = _before(settings.KEEP_SHEETS_DAYS)
    if before is None:
        return 0
    old = Import.objects.filter(state__in=OVER_IMPORT, brought_at__lt=before)
    for imported in old.only("found").iterator():
        if any(imported.found.get(name) for name in OF_ROWS):
            imported.found |= {name: [] for name in OF_ROWS}
            imported.save(update_fields=["found"])
    sheets = Blob.objects.filter(pk__in=old.values("blob"), blanked_at=None)
    going = [blob for blob in sheets.order_by("pk") if not _is_used(blob, old)]
    for blob in going:
        let_go_of(blob, by=NOBODY)
    return len(going)


def _is_used(blob: Blob, old: "QuerySet[Import]") -> bool:
    """Say whether anything but these imports points at the file."""
    for relation in Blob._meta.get_fields(include_hidden=True):  # most name no way back ("+")
        if not isinstance(relation, ManyToOneRel):
            continue
        rows: QuerySet[Any] = relation.related_model._default_manager.filter(
            **{relation.field.name: blob}
        )
        if relation.related_model is Import:
            rows = rows.exclude(pk__in=old.values("pk"))
        if rows.exists():
            return True
    return False


def _before(days: int) -> datetime | None:
    return clock.now() - timedelta(days=days) if days else None


def _delete(rows: "QuerySet[Any]") -> int:
    count = 0
    while keys := list(rows.values_list("pk", flat=True)[:PIECE]):
        count += rows.model._default_manager.filter(pk__in=keys).delete()[0]
    return count


KINDS: dict[str, Callable[[], int]] = {
    "sessions": _sessions,
    "notices": _notices,
    "mail": _mail,
    "sheets": _sheets,
}
