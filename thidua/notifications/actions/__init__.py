"""What is done with notices: tell, remind, nudge, mark as read; and with the mail they go by."""

from thidua.notifications.actions.reading import mark_all_read, mark_read
from thidua.notifications.actions.telling import notify

__all__ = ["mark_all_read", "mark_read", "notify"]
