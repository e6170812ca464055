"""Work that runs in the background: the face that the other apps see.

A `tasks` module of an app offers work with `@work`; an action asks for it with
`thidua.jobs.actions.later`. A job may run twice, since a worker may be killed after its last
statement and before its result is written: it reads the state again and finds nothing left to do,
or meets a unique key. A refusal (`DomainError`) or fault is tried again with growing pauses;
`thidua.jobs.errors.Hopeless` is not.
"""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any, TypeVar

from django.utils.functional import Promise

from thidua.jobs.register import Work, register
from thidua.jobs.runner import run_all

F = TypeVar("F", bound=Callable[..., Any])
TRIES = 5


def work(
    *,
    name: str,
    title: str | Promise = "",
    tries: int = TRIES,
    every: timedelta | None = None,
    at: time = time(),
) -> Callable[[F], F]:
    """Offer a function as the work ``name`` ("app.verb"); it stays the function that it is.

    ``title`` is what the page of jobs calls it, in Vietnamese words (`gettext_lazy`). ``tries`` is
    how often it is begun before it is listed as failed. ``every`` lets it come due by itself at
    each full period since 0:00 in Asia/Ho_Chi_Minh, or since ``at`` (a day's work at 2:00).
    """

    def offer(function: F) -> F:
        register(Work(name, function, tries, title, every, at))
        return function

    return offer


def run_due() -> int:
    """Do all that is due in this process, jobs asked for meanwhile included; return how many
    ended well. A job that fails is logged and waits for its next try, as with a worker."""
    return run_all(holder="here")
