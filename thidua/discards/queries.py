"""Reads about deleted drafts."""

from django.db.models import QuerySet

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.discards.models import KEPT_FOR, Discard


def discards_for(acting: Acting) -> QuerySet[Discard]:
    """Return what one's organisation deleted in the last month, newest first."""
    if not acting.appointments:
        return Discard.objects.none()
    return Discard.objects.filter(
        organization=acting.organization, at__gte=clock.now() - KEPT_FOR
    ).select_related("by__person", "restored_by__person")
