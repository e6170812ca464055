"""Inviting people by mail: the invitation and the mail that takes it there, in one deed."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.acting import Acting
from thidua.accounts.actions.inviting import Invited, invite
from thidua.accounts.models import Appointment, Invitation, User
from thidua.accounts.queries import current_appointments
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.house.queries import house
from thidua.notifications.actions.telling import ask_delivery
from thidua.notifications.codes import INVITATION, mark_of
from thidua.notifications.models import Mail

ENTRANCE = "accounts:enter"  # the page that takes a name and a code


@deed()
def invite_by_mail(users: Iterable[User], *, by: Acting) -> int:
    """Invite each and queue the mail; return how many were written.

    The mail has a link and the name for it; the code in it is made when it goes out, so a mail
    that waits holds none, and one that was replaced meanwhile does not go.
    """
    invited = invite(users, by=by, way=Invitation.Way.MAIL)
    rights: dict[int, list[Appointment]] = {}
    for right in current_appointments().filter(user__in=[one.user.pk for one in invited]):
        rights.setdefault(right.user_id, []).append(right)
    now = clock.now()
    with override(settings.LANGUAGE_CODE):
        letters = [_letter(one, by, rights.get(one.user.pk, [])) for one in invited]
    written = Mail.objects.bulk_create(
        Mail(queued_at=now, next_at=now, **letter) for letter in letters
    )
    if written:
        ask_delivery()
    return len(written)


def _letter(one: Invited, by: Acting, rights: list[Appointment]) -> dict[str, Any]:
    user, mark = one.user, mark_of(INVITATION, one.invitation.pk)
    entrance = settings.PUBLIC_URL + reverse(ENTRANCE)
    told = {
        "user": user,
        "is_back": user.last_login is not None,
        "rights": rights,
        "by": by,
        "house": house(),
        "entrance": entrance,
        "link": f"{entrance}{user.username}/{mark}/",
        "code": mark,
        "last_day": one.invitation.last_day,
        "home_url": settings.PUBLIC_URL,
    }
    subject = _("Mời vào hệ thống thi đua")
    if told["is_back"]:
        subject = _("Đặt lại mật khẩu của bạn")
    return {
        "key": f"invitation:{one.invitation.pk}",
        "address": user.email,
        "subject": subject,
        "text": render_to_string("notifications/invitation.txt", told),
        "html": render_to_string("notifications/invitation.html", told),
    }
