"""What an operator does with mail that did not go by itself: send it again, or give it up."""

from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone
from thidua.core.workflow import move
from thidua.notifications.actions.telling import ask_delivery
from thidua.notifications.models import Mail, Outage
from thidua.notifications.models.mail import Trouble

State = Mail.State
LISTED = (State.QUEUED, State.FAILED, State.UNSURE)


def _again() -> dict[str, object]:
    now = clock.now()
    return {
        "queued_at": now,  # the days of trying begin anew
        "next_at": now,
        "ended_at": None,
        "turn": "",
        "since": None,
        "tries": 0,
        "trouble": "",
        "answer": "",
    }


@deed()
def send_again(mail: Mail, *, by: Acting) -> Mail:
    """Put a failed or unsure mail back into the queue, to the person's address of today.

    An unsure one may then arrive twice: whoever asks for it was told so.
    """
    mail = _fresh(mail)
    was = mail.state
    if was == State.QUEUED:
        Mail.objects.filter(pk=mail.pk, state=State.QUEUED).update(next_at=clock.now())
    else:
        address = mail.user.email if mail.user and mail.user.email else mail.address
        move(mail, State.QUEUED, address=address, **_again())
    Outage.objects.update(next_at=clock.now())
    record("mail.sent_again", by=by, on=mail, was=was)
    ask_delivery()
    return mail


@deed()
def send_all_again(*, by: Acting) -> int:
    """Put every failed mail back into the queue, and ask the server now; return how many."""
    failed = Mail.objects.filter(state=State.FAILED)
    first = failed.select_related("user__person").first()
    if first is None:
        raise AlreadyDone(_("Không còn thư nào hỏng."))
    count = failed.update(state=State.QUEUED, **_again())
    Outage.objects.update(next_at=clock.now())
    record("mail.all_sent_again", by=by, on=first, count=count)
    ask_delivery()
    return count


@deed()
def drop_mail(mail: Mail, *, by: Acting) -> Mail:
    """Give a mail up: it is not sent, and listed no more. The notice stays in the inbox."""
    mail = _fresh(mail)
    move(mail, State.DROPPED, ended_at=clock.now(), trouble=Trouble.DROPPED, text="", html="")
    record("mail.dropped", by=by, on=mail)
    return mail


def _fresh(mail: Mail) -> Mail:
    return Mail.objects.select_related("user__person").get(pk=mail.pk)
