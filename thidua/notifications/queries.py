"""Reads of the inbox."""

from django.db.models import QuerySet

from thidua.accounts.models import User
from thidua.notifications.models import Notice


def notices_for(user: User) -> QuerySet[Notice]:
    """Return the person's own notices, newest first. Nobody reads another's."""
    return Notice.objects.filter(user=user).select_related("organization")
