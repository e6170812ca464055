"""How one wants one's mail, and the private address of one's calendar."""

import secrets

from django.conf import settings
from django.utils.translation import gettext as _

from thidua.accounts.models import User
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import Invalid
from thidua.notifications.models import CalendarAddress, MailChoice


@deed()
def choose_mail(user: User, *, manner: str, language: str) -> MailChoice:
    """Say how one wants one's notices by mail. A digest gathers what comes from now on."""
    if manner not in MailChoice.Manner.values:
        raise Invalid(_("Hãy chọn một cách nhận thư."), field="manner")
    if language not in dict(settings.LANGUAGES):
        raise Invalid(_("Hãy chọn một thứ tiếng."), field="language")
    known = MailChoice.objects.filter(user=user).first()
    is_same = known is not None and known.manner == manner
    choice, _made = MailChoice.objects.update_or_create(
        user=user,
        defaults={
            "manner": manner,
            "language": language,
            "since": known.since if known and is_same else clock.now(),
        },
    )
    return choice


@deed()
def renew_calendar(user: User) -> CalendarAddress:
    """Give the person's calendar a new private address; one that was there opens nothing more."""
    address, _made = CalendarAddress.objects.update_or_create(
        user=user, defaults={"name": secrets.token_hex(16), "made_at": clock.now()}
    )
    return address


@deed()
def end_calendar(user: User) -> bool:
    """Take the private address away; say whether there was one."""
    gone, _by_kind = CalendarAddress.objects.filter(user=user).delete()
    return bool(gone)
