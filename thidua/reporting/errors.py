"""Refusals that only reporting knows."""

from thidua.core.errors import DomainError


class NeedsConfirmation(DomainError):
    """What was typed can be, yet looks like a slip: the person is asked and may confirm it.

    The same call with ``confirmed=True`` then goes through.
    """

    code = "needs_confirmation"
