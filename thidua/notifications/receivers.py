"""Telling the owner of an account what somebody else did to their way in."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.models import User
from thidua.accounts.signals import owner_concerned
from thidua.core import clock
from thidua.house.queries import house
from thidua.notifications.actions.telling import write_mail
from thidua.notifications.models import Notice


@receiver(owner_concerned)
def tell_the_owner(
    user: User, sentence: str, facts: Mapping[str, str | int], address: str, **more: Any
) -> None:
    """Write it into the inbox, and send it to the address however its owner wants their mail.

    It is about the account, not an organisation: so it reaches who acts for none any more.
    """
    notice = Notice.objects.create(
        user=user, sentence=sentence, facts=dict(facts), sent_at=clock.now()
    )
    if not address:
        return
    with override(settings.LANGUAGE_CODE):
        told = {"person": user.name, "sentence": notice.text, "house": house()}
        told["home_url"] = settings.PUBLIC_URL
        write_mail(
            key=f"owner:{uuid4().hex}",
            address=address,
            subject=_("Thay đổi ở tài khoản của bạn"),
            text=render_to_string("notifications/owner.txt", told),
        )
