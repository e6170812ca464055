"""Telling people, and marking what they have read."""

from collections.abc import Iterable

from django.db.models import Model

from thidua.accounts.models import User
from thidua.accounts.queries import current_appointments
from thidua.core import clock
from thidua.notifications.models import Notice


def notify(
    organization_ids: Iterable[int], sentence: str, *, about: Model, **facts: str | int
) -> int:
    """Tell the people of these organisations about a thing; return how many were told.

    ``sentence`` is a source sentence (`gettext_noop`) with a place for each of ``facts``: each
    person reads it in their own language. Written in the deed that it tells of: if that fails,
    nobody was told.
    """
    now = clock.now()
    holding = current_appointments().filter(
        organization__in=list(organization_ids), user__is_active=True
    )
    people = dict(holding.values_list("user", "organization"))
    subject = {"about_type": about._meta.label_lower, "about_id": about.pk}
    told = Notice.objects.bulk_create(
        Notice(
            user_id=user,
            organization_id=organization,
            sentence=sentence,
            facts=facts,
            sent_at=now,
            **subject,
        )
        for user, organization in people.items()
    )
    return len(told)


def mark_all_read(user: User) -> int:
    """Mark the person's notices as read; return how many were new."""
    return Notice.objects.filter(user=user, read_at=None).update(read_at=clock.now())
