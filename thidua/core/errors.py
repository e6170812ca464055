"""Refusals. A refusal is a sentence for the person, not a fault of the program."""

from django.utils.translation import gettext as _


class DomainError(Exception):
    """Something a person asked for and may not have; nothing was changed.

    ``field`` names the form field that the sentence belongs beside, if there is one.
    """

    code = "refused"

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class WrongState(DomainError):
    """The thing is not, or no longer, at the step where this may be done."""

    code = "wrong_state"


class OutOfTime(DomainError):
    """The window for this is not open, or is closed."""

    code = "out_of_time"


class Invalid(DomainError):
    """A value that cannot be, such as a target due before its year."""

    code = "invalid"


class AlreadyDone(DomainError):
    """The same act was already recorded, by this form or by another."""

    code = "already_done"


class NoRight(DomainError):
    """The right was there when the page was opened and is gone now."""

    code = "no_right"


def race_lost() -> WrongState:
    """Return the refusal for whoever came second when two acted at once."""
    return WrongState(_("Người khác vừa thay đổi mục này. Hãy tải lại trang để xem bản mới nhất."))
