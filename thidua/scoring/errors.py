"""Refusals that concern several criteria at once."""

from thidua.core.errors import DomainError


class MarksRefused(DomainError):
    """Marks that cannot stand: nothing was saved.

    ``by_criterion`` has a sentence for each criterion's primary key.
    """

    code = "marks_refused"

    def __init__(self, sentence: str, by_criterion: dict[int, str]) -> None:
        super().__init__(sentence)
        self.by_criterion = by_criterion
