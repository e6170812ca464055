"""News from below: a copied year takes its periods along."""

from typing import Any

from django.dispatch import receiver

from thidua.core.clock import years_later
from thidua.cycles.models import Cycle
from thidua.cycles.signals import cycle_copied
from thidua.reporting.models import Period


@receiver(cycle_copied)
def copy_periods(sender: type[Cycle], *, old: Cycle, new: Cycle, **_news: Any) -> None:
    """Give the new year the periods of the old one, their days moved by as many years."""
    shift = new.year - old.year
    Period.objects.bulk_create(
        Period(
            cycle=new,
            kind=period.kind,
            name=period.name,
            opens_on=years_later(period.opens_on, shift),
            due_on=years_later(period.due_on, shift),
            closes_on=years_later(period.closes_on, shift) if period.closes_on else None,
            source=period.source,
        )
        for period in Period.objects.filter(cycle=old)
    )
