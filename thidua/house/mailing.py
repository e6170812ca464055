"""Django's way of sending mail, through the server that holds at this moment."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as Smtp
from django.core.mail.message import EmailMessage

from thidua.house import mail

TIMEOUT = 10  # seconds for each answer of the server


class HouseMail(BaseEmailBackend):
    """Hands on to what the environment says, else to the file's server, else prints.

    It asks anew each time a connection is made, so that a server changed on its page counts at
    once, in every process.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kept = None if mail.is_from_environment() else mail.kept_server()
        self.behind = self._behind()

    def _behind(self) -> BaseEmailBackend:
        quiet = self.fail_silently
        if self.kept is None:
            timeout = {"timeout": TIMEOUT} if "smtp" in settings.EMAIL_HAND_ON else {}
            return get_connection(settings.EMAIL_HAND_ON, fail_silently=quiet, **timeout)
        return Smtp(
            host=self.kept.host,
            port=self.kept.port,
            username=self.kept.user,
            password=self.kept.password,
            use_tls=self.kept.security == "starttls",
            use_ssl=self.kept.security == "tls",
            fail_silently=quiet,
            timeout=TIMEOUT,
        )

    def open(self) -> bool | None:
        """Open a connection that several mails use."""
        return self.behind.open()

    def close(self) -> None:
        """Close it."""
        self.behind.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send; whoever named no sender of their own writes in the name of the house."""
        for message in email_messages:
            if message.from_email == settings.DEFAULT_FROM_EMAIL:
                message.from_email = mail.sender()
        return self.behind.send_messages(email_messages) or 0
