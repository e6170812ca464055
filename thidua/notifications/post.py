"""One connection to the mail server, used for many mails, and what its troubles mean.

The server is whatever `django.core.mail.get_connection` gives. Of SMTP we know the one moment that
counts: when the content goes out. Of other ways of sending we take it to be the whole call.
"""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMessage, get_connection

from thidua.core.text import one_line
from thidua.house.mail import is_from_environment
from thidua.house.mailing import HouseMail
from thidua.notifications.models.mail import Trouble

# What may go wrong on the line; `smtplib.SMTPException` is an OSError too.
ON_THE_LINE = (OSError, EOFError)
OUR_SIDE = (ValueError, TypeError, UnicodeError)  # the message cannot be written down


@dataclass(frozen=True)
class Verdict:
    """What a trouble means. ``is_final``: the server refused this mail for good. ``is_unsure``:
    nobody can tell whether it has it. ``is_the_servers``: the next mail would fare no better."""

    trouble: str
    answer: str = ""
    is_final: bool = False
    is_unsure: bool = False
    is_the_servers: bool = False


class Post:
    """The connection. ``hand`` calls ``about_to`` right before a mail's content goes out."""

    def __init__(self) -> None:
        self._connection = get_connection(fail_silently=False)
        self._about_to: Callable[[], None] = _nothing
        self.handed = 0

    @property
    def leads_nowhere(self) -> bool:
        """Whether nobody has set up a mail server yet: mail would be printed, not sent."""
        ours = self._connection
        return isinstance(ours, HouseMail) and ours.kept is None and not is_from_environment()

    def open(self) -> None:
        """Connect, if not connected yet."""
        self._connection.open()
        smtp = self._smtp()
        if smtp is not None and not hasattr(smtp, "thidua_watched"):
            _watch(smtp, self._reach)

    def _smtp(self) -> Any:
        behind = getattr(self._connection, "behind", self._connection)
        found = getattr(behind, "connection", None)
        return found if isinstance(found, smtplib.SMTP) else None

    def _reach(self) -> None:
        """Say that the content of the mail in hand goes out now."""
        self._about_to()

    def hand(self, message: EmailMessage, about_to: Callable[[], None]) -> None:
        """Hand one message over; any exception says that it was not acknowledged."""
        self.open()
        self._about_to = about_to
        if self._smtp() is None:
            about_to()
        self._connection.send_messages([message])
        self.handed += 1

    def renew(self) -> None:
        """Drop the line: the next mail opens a new one."""
        self.close()
        self._connection = get_connection(fail_silently=False)
        self.handed = 0

    @property
    def is_open(self) -> bool:
        """Whether the line still stands: a server may have closed it after a refusal."""
        smtp = self._smtp()
        return smtp is None or smtp.sock is not None

    def close(self) -> None:
        """End politely, or at least end."""
        try:
            self._connection.close()
        except ON_THE_LINE:
            smtp = self._smtp()
            if smtp is not None:
                smtp.close()


def _nothing() -> None:
    """Stand where nothing is to be done."""


def _watch(smtp: Any, about_to: Callable[[], None]) -> None:
    """Let ``about_to`` be called when an SMTP session comes to DATA, the point of no return."""
    hand_over = smtp.data

    def data(content: Any) -> Any:
        about_to()
        return hand_over(content)

    smtp.data, smtp.thidua_watched = data, True


# Replies that say: with these settings I take nothing from you.
OF_THE_SETTINGS = {
    smtplib.SMTPAuthenticationError: Trouble.LOGIN,
    smtplib.SMTPSenderRefused: Trouble.SENDER,
}


def verdict_on(error: Exception, *, is_out: bool) -> Verdict:
    """Return what ``error`` means; ``is_out`` says that the content had begun to go out."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return _by_code(code, said, Trouble.ADDRESS)
    if isinstance(error, smtplib.SMTPDataError):
        return _by_code(error.smtp_code, error.smtp_error, Trouble.CONTENT)
    for kind, trouble in OF_THE_SETTINGS.items():
        if isinstance(error, kind):
            return Verdict(trouble, _words(_said_by(error)), is_the_servers=True)
    if isinstance(error, ON_THE_LINE):
        return _on_the_line(error, is_out=is_out)
    if isinstance(error, OUR_SIDE):
        return Verdict(Trouble.UNWRITABLE, _words(error), is_final=True)
    return Verdict(Trouble.REFUSED, _words(error), is_unsure=is_out, is_final=not is_out)


def _by_code(code: int, said: Any, refusal: str) -> Verdict:
    """A 5xx is meant for good, a 4xx for now; 421 is said of the whole server."""
    if code >= 500:
        return Verdict(refusal, f"{code} {_words(said)}", is_final=True)
    return Verdict(Trouble.LATER, f"{code} {_words(said)}", is_the_servers=code == 421)


def _on_the_line(error: BaseException, *, is_out: bool) -> Verdict:
    if is_out:
        return Verdict(Trouble.UNANSWERED, _words(error), is_unsure=True, is_the_servers=True)
    trouble = Trouble.CONNECTION
    if isinstance(error, TimeoutError):
        trouble = Trouble.SLOW
    elif isinstance(error, smtplib.SMTPServerDisconnected):
        trouble = Trouble.BROKEN
    return Verdict(trouble, _words(error), is_the_servers=True)


def _said_by(error: Exception) -> Any:
    return error.smtp_error if isinstance(error, smtplib.SMTPResponseException) else error


def _words(said: Any) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return one_line(text)[:400]
