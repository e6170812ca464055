"""Telling people, and marking what they have read."""

from collections.abc import Iterable

from thidua.accounts.models import User
from thidua.accounts.queries import people_of
from thidua.core import clock
from thidua.notifications.models import Notice


def notify(
    organization_ids: Iterable[int], sentence: str, *, link: str, roles: tuple[str, ...] = ()
) -> int:
    """Tell the people of these organisations, those in ``roles`` if given; return how many.

    Written in the deed that it tells of: if the deed fails, nobody was told.
    """
    now = clock.now()
    people = people_of(list(organization_ids), *roles)
    told = Notice.objects.bulk_create(
        [Notice(user=user, sentence=sentence, link=link, sent_at=now) for user in people]
    )
    return len(told)


def mark_all_read(user: User) -> int:
    """Mark the person's notices as read; return how many were new."""
    return Notice.objects.filter(user=user, read_at=None).update(read_at=clock.now())
