"""What runs in the background: delivering mail, the morning's digests, reminders before a day."""

from collections import defaultdict
from datetime import time, timedelta

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua.core import clock
from thidua.jobs.progress import progress
from thidua.jobs.work import work
from thidua.notifications.actions.digests import write_digest
from thidua.notifications.actions.reminding import days_of, plans, remind_of, step_of
from thidua.notifications.actions.telling import Recipient, everyone_at
from thidua.notifications.delivering import deliver_all
from thidua.notifications.due import Due, due_between
from thidua.notifications.models import DueReminder, MailChoice, Notice
from thidua.notifications.models.reminding import USUAL_DAYS

MORNING = time(6, 30)  # reminders; nobody's telephone rings at night
DIGESTS = time(7, 0)  # after the reminders, which so stand in them


@work(name="notifications.deliver", title=_("Gửi thư"), every=timedelta(minutes=1), tries=3)
def deliver() -> int:
    """Empty the outbox; return how many mails the server took."""
    return deliver_all(progress)


@work(name="notifications.digest", title=_("Gộp thư buổi sáng"), every=timedelta(minutes=10))
def digest() -> int:
    """Write the day's digest of each person who wants one and has something new; return how many.

    What runs late in the day makes up for the morning.
    """
    if not _is_past(DIGESTS):
        return 0
    waiting = Notice.objects.filter(
        user__mail_choice__manner=MailChoice.Manner.DAILY,
        sent_at__gte=F("user__mail_choice__since"),
        read_at=None,
        mail=None,
        user__is_active=True,
    ).exclude(user__email="")
    people = list(waiting.order_by("user").values_list("user", flat=True).distinct())
    written = 0
    for done, user in enumerate(people):
        progress(done, len(people))
        written += write_digest(user)
    return written


@work(name="notifications.remind", title=_("Nhắc hạn"), every=timedelta(minutes=10))
def remind() -> int:
    """Remind those who have not acted of what is due soon; return how many were told."""
    if not _is_past(MORNING):
        return 0
    today, known = clock.today(), plans()
    longest = max([*USUAL_DAYS, *(day for days in known.values() for day in days)])
    steps = [
        (due, step)
        for due in due_between(today, today + timedelta(longest))
        if (step := step_of(due, days_of(due.bloc_id, known), today)) is not None
    ]
    fresh = _not_reminded(steps)
    told = 0
    for done, (due, step, people) in enumerate(fresh):
        progress(done, len(fresh))
        told += remind_of(due, step=step, people=people)
    return told


def _not_reminded(steps: list[tuple[Due, int]]) -> list[tuple[Due, int, list[Recipient]]]:
    """Return each thing and step with the people who were not reminded so far: two queries."""
    today = clock.today()
    rows = DueReminder.objects.filter(Q(due_on__gte=today) | Q(day=today))
    seen: set[tuple[object, ...]] = set()
    for user, thing, due_on, step, day in rows.values_list(
        "user", "thing", "due_on", "step", "day"
    ):
        seen |= {(user, thing, due_on, step), (user, thing, day)}
    at: dict[int, list[Recipient]] = defaultdict(list)
    for person in everyone_at({o for due, _step in steps for o in due.organizations}):
        at[person.organization_id].append(person)
    found = []
    for due, step in steps:
        people = {p.user_id: p for o in due.organizations for p in at[o]}
        new = [
            p
            for p in people.values()
            if not {(p.user_id, due.thing, due.due_on, step), (p.user_id, due.thing, today)} & seen
        ]
        if new:
            found.append((due, step, new))
    return found


def _is_past(moment: time) -> bool:
    return timezone.localtime(clock.now()).time() >= moment
