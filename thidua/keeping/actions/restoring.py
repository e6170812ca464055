"""Recording that the database was restored: the trail shows where it goes on from another day."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_noop

from thidua.audit.actions import record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.text import one_line
from thidua.keeping.manifests import Manifest
from thidua.keeping.models import Restoration
from thidua.notifications.models import Mail
from thidua.notifications.models.mail import Trouble

RESTORED = "database.restored"
WAITING = [Mail.State.QUEUED, Mail.State.TAKEN, Mail.State.HANDING]


@dataclass(frozen=True)
class AtTheMachine:
    """Who works at the machine itself, as the trail names them."""

    actor_name: str
    actor_id: int | None = None
    organization_id: int | None = None
    organization_name: str = ""


@deed()
def record_restore(manifest: Manifest, *, lost: int, by: str) -> Restoration:
    """Note the restore in the database that was just restored; ``lost`` entries are not in it.

    Mail that waited when the backup was made may have gone out since: it becomes unsure, and waits
    for the operator instead of going out twice.
    """
    name = one_line(by) or gettext_noop("Người vận hành")
    done = Restoration.objects.create(
        backup=manifest.name,
        made_at=manifest.moment,
        restored_at=clock.now(),
        by=name[:200],
        lost=lost,
    )
    waiting = Mail.objects.filter(state__in=WAITING)
    waiting.update(
        state=Mail.State.UNSURE, turn="restored", since=clock.now(), trouble=Trouble.STOPPED
    )
    made_at = timezone.localtime(manifest.moment).strftime("%H:%M %d/%m/%Y")
    record(
        RESTORED,
        by=AtTheMachine(name),
        on=done,
        backup=manifest.name,
        made_at=made_at,
        lost=lost,
    )
    return done
