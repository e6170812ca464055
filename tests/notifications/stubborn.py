"""A mail server made of words: it does with each mail what the test says, and moments to try it."""

import smtplib
from datetime import date, datetime, timedelta

from django.core.mail.backends.locmem import EmailBackend

from thidua.core import clock
from thidua.notifications.models import Mail


class Stubborn(EmailBackend):
    """A server that raises what stands in ``answers`` for each mail, or takes it for None."""

    answers: list[BaseException | None] = []
    opening: BaseException | None = None

    def open(self):
        if Stubborn.opening:
            raise Stubborn.opening

    def send_messages(self, messages):
        answer = Stubborn.answers.pop(0) if Stubborn.answers else None
        if answer:
            raise answer
        return super().send_messages(messages)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of March 2026 in Vietnam."""
    return clock.start_of(date(2026, 3, day)) + timedelta(hours=hour, minutes=minute)


def refused(code: int, said: bytes = b"no such user") -> Exception:
    """Return what is raised when the server refuses the address."""
    return smtplib.SMTPRecipientsRefused({"dan@hoi.example": (code, said)})


def states() -> list[str]:
    """Return where each mail stands, in the order in which they were written."""
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))
