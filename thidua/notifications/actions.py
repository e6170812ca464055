"""Telling people, and marking what they have read."""

from collections.abc import Iterable

from django.db.models import Model

from thidua.accounts.models import User
from thidua.accounts.queries import people_of
from thidua.core import clock
from thidua.notifications.models import Notice


def notify(
    organization_ids: Iterable[int], sentence: str, *, about: Model, roles: tuple[str, ...] = ()
) -> int:
    """Tell the people of these organisations, those in ``roles`` if given, about a thing.

    Return how many were told. Written in the deed that it tells of: if that fails, nobody was.
    """
    now = clock.now()
    people = people_of(list(organization_ids), *roles)
    subject = {"about_type": about._meta.label_lower, "about_id": about.pk}
    told = Notice.objects.bulk_create(
        Notice(user=user, sentence=sentence, sent_at=now, **subject) for user in people
    )
    return len(told)


def mark_all_read(user: User) -> int:
    """Mark the person's notices as read; return how many were new."""
    return Notice.objects.filter(user=user, read_at=None).update(read_at=clock.now())
