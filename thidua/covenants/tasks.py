"""What runs in the background: telling members that a signing round is over."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from thidua.core import clock
from thidua.covenants.actions.running import tell_expired
from thidua.covenants.models import Covenant, Expiry
from thidua.cycles.models import Cycle
from thidua.jobs.work import work


@work(name="covenants.expire", title=_("Báo hết hạn ký giao ước"), every=timedelta(minutes=10))
def expire() -> int:
    """Tell the members of each round whose last day is over; return of how many rounds.

    Each day set is told of once: a round that was extended is told of again when that is over.
    """
    told = Expiry.objects.filter(version=OuterRef("version"), sign_by=OuterRef("sign_by"))
    over = Covenant.objects.filter(
        state=Covenant.State.SIGNING,
        sign_by__lt=clock.today(),
        cycle__state__in=[Cycle.State.DRAFT, Cycle.State.OPEN],
    ).exclude(Exists(told))
    return sum(tell_expired(covenant) for covenant in over)
