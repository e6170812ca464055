"""How a deed begins: the covenant as it is now, its year and its row locked."""

from collections.abc import Callable

from django.db.models import QuerySet

from thidua.core.locks import lock
from thidua.covenants.models import Covenant
from thidua.covenants.queries import for_a_deed
from thidua.cycles.models import Cycle

Carrying = Callable[[QuerySet[Covenant]], QuerySet[Covenant]]


def reread(covenant: Covenant, carrying: Carrying = for_a_deed) -> Covenant:
    """Return the covenant with what an act reads of it; its year and its row stay locked."""
    mine = Covenant.objects.filter(pk=covenant.pk)
    lock(Cycle.objects.filter(pk=covenant.cycle_id))
    lock(mine)
    return carrying(mine).get()
