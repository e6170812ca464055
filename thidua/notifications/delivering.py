"""Emptying the outbox: claim, hand over one by one on one connection, write what came of it."""

from collections.abc import Callable

from django.core.mail import EmailMessage
from django.db import Error as DatabaseError

from thidua.notifications import outbox
from thidua.notifications.letters import Nobody, letter_of
from thidua.notifications.models import Mail
from thidua.notifications.models.mail import Trouble
from thidua.notifications.outbox import LostTurn, Turn
from thidua.notifications.post import Post, Verdict, verdict_on

Told = Callable[[int, int], None]


class ServerInTrouble(Exception):
    """The server takes nothing now: the rest waits."""


def deliver_all(told: Told) -> int:
    """Hand over all mail whose time has come; return how much the server took.

    ``told`` is called between two mails with how many are done, of how many. It may raise what
    ends the work (`jobs.errors`): nothing is left half done then.
    """
    outbox.settle_left()
    count = 0 if outbox.is_paused() else outbox.waiting().count()
    return _Delivery(count, told).run() if count else 0


class _Delivery:
    """One emptying of the outbox."""

    def __init__(self, of: int, told: Told) -> None:
        self.post = Post()
        self.told, self.of = told, of
        self.done = self.taken_by_server = 0

    def run(self) -> int:
        if self.post.leads_nowhere:
            outbox.give_up_old()
            return 0
        try:
            self._connect()
            turn = outbox.turn_name()
            while mails := outbox.take(turn):
                self._hand_batch(Turn(turn), mails)
        except ServerInTrouble:
            pass
        finally:
            self.post.close()
        return self.taken_by_server

    def _connect(self) -> None:
        """Connect before anything is claimed: a server that is down costs one try, not fifty."""
        try:
            self.post.open()
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  (a wrong setting is as bad as a dead line)
            self._pause(verdict_on(error, is_out=False))

    def _hand_batch(self, turn: Turn, mails: list[Mail]) -> None:
        left = list(mails)
        try:
            while left:
                self.told(self.done, max(self.of, self.done))
                self._hand(turn, left[0])
                left.pop(0)
                self.done += 1
        finally:
            turn.finish(left)

    def _hand(self, turn: Turn, mail: Mail) -> None:
        try:
            letter = letter_of(mail)
        except Nobody:
            turn.drop(mail, Trouble.GONE)
            return
        verdict, is_out = self._try(turn, mail, letter)
        if verdict and verdict.is_the_servers and not is_out and self.post.handed:
            # Some servers take so many mails on one line and no more.
            self.post.renew()
            verdict, is_out = self._try(turn, mail, letter)
        if verdict is None:
            return
        _settle(turn, mail, verdict)
        if verdict.is_the_servers:
            self._pause(verdict)
        if not self.post.is_open:
            self.post.renew()

    def _try(self, turn: Turn, mail: Mail, letter: EmailMessage) -> tuple[Verdict | None, bool]:
        """Hand it over; return the trouble, if any, and whether the content had gone out."""
        out: list[bool] = []

        def about_to() -> None:
            turn.hand(mail)
            out.append(True)

        try:
            self.post.hand(letter, about_to)
        except LostTurn:
            self.post.renew()
            return None, False
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  (whatever it is, the row must tell)
            return verdict_on(error, is_out=bool(out)), bool(out)
        turn.accept(mail)
        if not self.taken_by_server:
            outbox.end_pause()
        self.taken_by_server += 1
        return None, True

    def _pause(self, verdict: Verdict) -> None:
        outbox.begin_pause(verdict.trouble, verdict.answer)
        raise ServerInTrouble


def _settle(turn: Turn, mail: Mail, verdict: Verdict) -> None:
    if verdict.is_unsure:
        turn.doubt(mail, verdict.trouble, verdict.answer)
    elif verdict.is_final:
        turn.fail(mail, verdict.trouble, verdict.answer)
    else:
        turn.put_off(mail, verdict.trouble, verdict.answer)
