"""What people are told: notices, the mail that carries them, reminders, nudges, the calendar."""

from thidua.notifications.models.mail import Mail, MailChoice, Outage
from thidua.notifications.models.notices import Notice
from thidua.notifications.models.reminding import (
    CalendarAddress,
    DueReminder,
    Nudge,
    ReminderPlan,
)

__all__ = [
    "CalendarAddress",
    "DueReminder",
    "Mail",
    "MailChoice",
    "Notice",
    "Nudge",
    "Outage",
    "ReminderPlan",
]
