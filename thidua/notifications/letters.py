"""What a mail says: plain and HTML, in the reader's language, with why they get it and how to
change that. It is written when it goes out, so it says what holds then."""

from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.models import User
from thidua.core import clock
from thidua.core.text import day_text, one_line
from thidua.house.mail import sender
from thidua.house.queries import house
from thidua.notifications.codes import Spent, filled
from thidua.notifications.models import Mail, Notice

LONGEST_SUBJECT = 150
CHOICE = "inbox:mail_choice"  # the page on which one says how one wants one's mail


class Nobody(Exception):
    """There is nobody (any more) who should get this mail."""


def letter_of(mail: Mail) -> EmailMessage:
    """Return the message of a mail (as `outbox.take` gives it); `Nobody` if it has no reader.

    Its Message-ID is the same however often it is tried.
    """
    if mail.user is None:
        return _message(mail, mail.address, mail.subject, _filled(mail.text), _filled(mail.html))
    user = mail.user
    notices = _still_theirs(user, list(mail.notices.all()))
    if not user.is_active or not user.email or not notices:
        raise Nobody
    choice = getattr(user, "mail_choice", None)
    with override(choice.language if choice else settings.LANGUAGE_CODE):
        told = _told(user, notices)
        text = render_to_string("notifications/mail.txt", told)
        html = render_to_string("notifications/mail.html", told)
        return _message(mail, user.email, _subject(notices), text, html)


def _filled(text: str) -> str:
    """Return the text with the codes that it stands for, made now; `Nobody` if they are spent."""
    try:
        return filled(text)
    except Spent as spent:
        raise Nobody from spent


def _still_theirs(user: User, notices: list[Notice]) -> list[Notice]:
    """Return those about organisations that the person still acts for: a right ends at once."""
    today = clock.today()
    held = {a.organization_id for a in user.appointments.all() if a.is_current(today)}
    return [n for n in notices if n.organization_id is None or n.organization_id in held]


def _subject(notices: list[Notice]) -> str:
    if len(notices) == 1:
        text = one_line(notices[0].text)
        return text if len(text) <= LONGEST_SUBJECT else text[: LONGEST_SUBJECT - 1] + "…"
    told = {"count": len(notices), "day": day_text(clock.today())}
    return _("%(count)d thông báo, ngày %(day)s") % told


def _told(user: User, notices: list[Notice]) -> dict[str, Any]:
    return {
        "person": user.name,
        "notices": [(notice, settings.PUBLIC_URL + notice.link) for notice in notices],
        "organizations": sorted({n.organization.name for n in notices if n.organization}),
        "house": house(),
        "home_url": settings.PUBLIC_URL,
        "choice_url": _choice_url(),
        "inbox_url": settings.PUBLIC_URL + reverse("inbox:index"),
    }


def _choice_url() -> str:
    return settings.PUBLIC_URL + reverse(CHOICE)


def _message(mail: Mail, address: str, subject: str, text: str, html: str) -> EmailMessage:
    message = EmailMultiAlternatives(
        subject=one_line(subject),
        body=text,
        from_email=_sender(),
        to=[address],
        headers={
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
            **({"List-Unsubscribe": f"<{_choice_url()}>"} if mail.user_id else {}),
        },
        reply_to=[house().contact_email] if house().contact_email else None,
    )
    if html:
        message.attach_alternative(html, "text/html")
    return message


def _sender() -> str:
    """Return our address with the name that the installation bears."""
    name, address = parseaddr(sender())
    return formataddr((one_line(house().name) or name or "Thi Đua", address))
