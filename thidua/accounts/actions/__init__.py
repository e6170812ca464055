"""What can be done with accounts and appointments; what most callers need stands here by name."""

from thidua.accounts.actions.appointing import Terms, appoint, end_appointment, held_today
from thidua.accounts.actions.opening import (
    Newcomer,
    change_email,
    open_account,
    open_and_appoint,
)
from thidua.accounts.actions.proving import TRIES, TooManyTries, WrongPassword, confirm_password

__all__ = [
    "TRIES",
    "Newcomer",
    "Terms",
    "TooManyTries",
    "WrongPassword",
    "appoint",
    "change_email",
    "confirm_password",
    "end_appointment",
    "held_today",
    "open_account",
    "open_and_appoint",
]
