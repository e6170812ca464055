"""What a job may raise, and what is raised in it."""

from thidua.core.errors import DomainError


class Hopeless(DomainError):
    """Trying again would not help: the job is listed as failed at once, with this sentence."""

    code = "hopeless"


class HandedBack(BaseException):
    """The worker is asked to stop: the job goes back to the queue and counts as not tried.

    Like `KeyboardInterrupt` it is no `Exception`, so that a job's own handling lets it pass.
    """


class LeaseLost(BaseException):
    """Another worker has taken the job up: whatever this one still does is not counted."""
