"""A day's notices in one mail, for those who want it so."""

from django.db.models import F

from thidua.accounts.models import User
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.notifications.actions.telling import ask_delivery
from thidua.notifications.models import Mail, MailChoice, Notice


@deed()
def write_digest(user_id: int) -> bool:
    """Write the person's mail of today with all that is new to them; say whether there was one.

    One a day: asked for again, or by two workers, it is written once (its key).
    """
    user = User.objects.select_for_update().get(pk=user_id)  # two workers: one waits here
    now = clock.now()
    key = f"digest:{user.pk}:{clock.today().isoformat()}"
    waiting = Notice.objects.filter(
        user=user,
        read_at=None,
        mail=None,
        user__mail_choice__manner=MailChoice.Manner.DAILY,
        sent_at__gte=F("user__mail_choice__since"),
    )
    carried = list(waiting.values_list("pk", flat=True))
    if not carried or not user.email or Mail.objects.filter(key=key).exists():
        return False
    mail = Mail.objects.create(key=key, user=user, address=user.email, queued_at=now, next_at=now)
    Notice.objects.filter(pk__in=carried).update(mail=mail)
    ask_delivery()
    return True
