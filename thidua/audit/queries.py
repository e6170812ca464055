"""Reading the trail."""

from django.db.models import Model, QuerySet

from thidua.audit.models import Entry, Head

HOUSE = "house"
START = "0" * 64


def chain_of_bloc(bloc_id: int | None) -> str:
    """Return the chain's name for a bloc, or the house's chain for None."""
    return f"bloc:{bloc_id}" if bloc_id else HOUSE


def trail_of(*things: Model) -> QuerySet[Entry]:
    """Return the entries about any of ``things``, newest first."""
    found = Entry.objects.none()
    for thing in things:
        found |= Entry.objects.filter(subject_type=thing._meta.label_lower, subject_id=thing.pk)
    return found.order_by("-at", "-number")


def head_digest(chain: str) -> str:
    """Return the digest at the head of ``chain``; 64 zeros when nothing is recorded yet."""
    head = Head.objects.filter(chain=chain).first()
    return head.digest if head else START
