"""What one does with one's own inbox."""

from thidua.accounts.models import User
from thidua.core import clock
from thidua.notifications.models import Notice


def mark_all_read(user: User) -> int:
    """Mark the person's notices as read; return how many were new."""
    return Notice.objects.filter(user=user, read_at=None).update(read_at=clock.now())


def mark_read(notice: Notice) -> bool:
    """Mark one notice as read; say whether it was new."""
    mine = Notice.objects.filter(pk=notice.pk, read_at=None)
    return bool(mine.update(read_at=clock.now()))
