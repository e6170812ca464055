"""Reads about requests to delete a person's name."""

from django.db.models import QuerySet

from thidua.accounts.acting import Acting
from thidua.keeping.models import Erasure


def erasures_for(acting: Acting) -> QuerySet[Erasure]:
    """Return the requests that one may see, the newest first: the twin of ``view_erasure``."""
    found = Erasure.objects.select_related("person", "asked_by__person", "ended_by__person")
    return found if acting.has_perm("keeping.view_erasure") else found.none()
