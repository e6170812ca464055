"""The states of mail between a worker and the server, each change committed when it must be.

Queued → taken (claimed, before any connection) → handing (committed right before the content goes
out) → sent. A worker that dies while mail is taken leaves it to be taken again; one that dies while
it hands leaves it unsure, since nobody can tell whether the server has it: that is for a person.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet

from thidua.core import clock
from thidua.jobs.models import Lease
from thidua.jobs.running import current
from thidua.notifications.models import Mail, Outage
from thidua.notifications.models.mail import Trouble

State = Mail.State
A_BATCH = 50
IN_A_JOB = "job:"
LEASE = timedelta(minutes=5)  # no command to the server may take so long
KEPT_TRYING = timedelta(days=5)
PAUSES = [timedelta(minutes=n) for n in (1, 5, 15, 30, 60, 120, 240)]
SERVER_PAUSES = [timedelta(minutes=n) for n in (1, 2, 5, 10, 15)]


class LostTurn(Exception):
    """Another has taken the mail up meanwhile, or it was dropped: it is not ours to hand over."""


def turn_name() -> str:
    """Return a name for a turn at the outbox: that of the job it is done in, if it is in one.

    So others see at once when the job was taken from a worker that died.
    """
    running = current.get()
    return f"{IN_A_JOB}{running.lease_pk}:{running.turn}" if running else uuid4().hex


def settle_left() -> None:
    """See to what workers left that are no more: taken is taken again, handing is unsure."""
    held = Mail.objects.filter(state__in=[State.TAKEN, State.HANDING])
    turns = set(held.order_by().values_list("turn", flat=True).distinct())
    jobs = {turn for turn in turns if turn.startswith(IN_A_JOB)}
    dead = jobs - _living_turns() if jobs else set()
    left = held.filter(Q(turn__in=dead) | Q(since__lte=clock.now() - LEASE))
    left.filter(state=State.TAKEN).update(state=State.QUEUED, turn="", since=None)
    left.filter(state=State.HANDING).update(state=State.UNSURE, trouble=Trouble.STOPPED)


def _living_turns() -> set[str]:
    leases = Lease.objects.exclude(holder="").values_list("pk", "turn")
    return {f"{IN_A_JOB}{pk}:{turn}" for pk, turn in leases}


def waiting() -> "QuerySet[Mail]":
    """Return the mails whose time has come."""
    return Mail.objects.filter(state=State.QUEUED, next_at__lte=clock.now())


def take(turn: str) -> list[Mail]:
    """Claim the next mails for ``turn``; two workers never claim the same.

    What has a text of its own (a code, a new password) goes before notices: its reader is waiting.
    """
    with transaction.atomic():
        due = waiting().select_for_update(skip_locked=True, of=("self",)).alias(own=Q(user=None))
        due = due.order_by("-own", "next_at", "pk")
        taken = list(due.values_list("pk", flat=True)[:A_BATCH])
        Mail.objects.filter(pk__in=taken).update(state=State.TAKEN, turn=turn, since=clock.now())
    mine = Mail.objects.filter(pk__in=taken).order_by("next_at", "pk")
    return list(
        mine.select_related("user__person", "user__mail_choice").prefetch_related(
            "notices__organization", "user__appointments"
        )
    )


class Turn:
    """One worker's turn at the outbox: what it holds, and what the server has just accepted.

    That a mail was accepted is written together with the next one's handing: one commit for each
    mail. So at any moment at most one mail of a worker can become unsure.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.since = clock.now()
        self.accepted: Mail | None = None

    def _mine(self, mail: Mail, *states: str) -> "QuerySet[Mail]":
        return Mail.objects.filter(pk=mail.pk, turn=self.name, state__in=states)

    def hand(self, mail: Mail) -> None:
        """Write that the mail's content goes out now; `LostTurn` when it must not."""
        now = clock.now()
        with transaction.atomic():
            self._write_accepted()
            held = self._mine(mail, State.TAKEN)
            if not held.update(state=State.HANDING, since=now, tries=F("tries") + 1):
                raise LostTurn
            if now - self.since > LEASE / 5:
                self.since = now
                Mail.objects.filter(turn=self.name, state=State.TAKEN).update(since=now)
        self.accepted = None

    def _write_accepted(self) -> None:
        if self.accepted is not None:
            # Also one that others took for unsure meanwhile: we know better.
            self._mine(self.accepted, State.HANDING, State.UNSURE).update(
                state=State.SENT,
                ended_at=clock.now(),
                trouble="",
                answer="",
                text="",
                html="",
            )

    def accept(self, mail: Mail) -> None:
        """Note that the server has taken the mail; it is written with the next, or at the end."""
        self.accepted = mail

    def finish(self, left: Iterable[Mail]) -> None:
        """Write what was accepted, and let go of what is still held."""
        with transaction.atomic():
            self._write_accepted()
            held = Mail.objects.filter(
                pk__in=[mail.pk for mail in left], turn=self.name, state=State.TAKEN
            )
            held.update(state=State.QUEUED, turn="", since=None)
        self.accepted = None

    def put_off(self, mail: Mail, trouble: str, answer: str) -> None:
        """Let the mail wait for its next try; after some days it is given up and listed."""
        now = clock.now()
        if now - mail.queued_at >= KEPT_TRYING:
            self.fail(mail, Trouble.GIVEN_UP, answer)
            return
        pause = PAUSES[min(mail.tries, len(PAUSES) - 1)]
        self._mine(mail, State.TAKEN, State.HANDING).update(
            state=State.QUEUED,
            turn="",
            since=None,
            tries=mail.tries + 1,
            next_at=now + pause,
            trouble=trouble,
            answer=answer,
        )

    def fail(self, mail: Mail, trouble: str, answer: str = "") -> None:
        """List the mail as failed: trying again would not help."""
        self._end(mail, State.FAILED, trouble, answer)

    def drop(self, mail: Mail, trouble: str) -> None:
        """Give the mail up without listing it: there is nobody left who should get it."""
        self._end(mail, State.DROPPED, trouble, "", text="", html="")

    def _end(self, mail: Mail, state: str, trouble: str, answer: str, **also: str) -> None:
        self._mine(mail, State.TAKEN, State.HANDING).update(
            state=state, ended_at=clock.now(), trouble=trouble, answer=answer, **also
        )

    def doubt(self, mail: Mail, trouble: str, answer: str) -> None:
        """List the mail as unsure: its content went out and nothing came back."""
        self._mine(mail, State.HANDING).update(state=State.UNSURE, trouble=trouble, answer=answer)


def is_paused() -> bool:
    """Say whether the server was in trouble and is not to be asked yet."""
    return Outage.objects.filter(next_at__gt=clock.now()).exists()


def begin_pause(trouble: str, answer: str) -> None:
    """Note that the server is in trouble, and leave it alone for a while that grows."""
    now = clock.now()
    with transaction.atomic():
        known = Outage.objects.select_for_update().filter(pk=1).first()
        tries = known.tries + 1 if known else 1
        Outage.objects.update_or_create(
            pk=1,
            defaults={
                "since": known.since if known else now,
                "next_at": next_try(now, tries),
                "tries": tries,
                "trouble": trouble,
                "answer": answer,
            },
        )
    give_up_old()


def give_up_old() -> None:
    """List as failed what has waited for days without a server that takes it."""
    now = clock.now()
    old = Mail.objects.filter(state=State.QUEUED, queued_at__lte=now - KEPT_TRYING)
    old.update(state=State.FAILED, ended_at=now, trouble=Trouble.GIVEN_UP)


def next_try(now: datetime, tries: int) -> datetime:
    """Return when a server that failed so many times is asked again."""
    return now + SERVER_PAUSES[min(tries, len(SERVER_PAUSES)) - 1]


def end_pause() -> None:
    """Note that the server answers."""
    Outage.objects.all().delete()
