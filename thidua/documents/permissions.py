"""Who may take numbers, run a book, and write legal texts.

``acting`` is a person with the organisation they are working for now (accounts.acting.Acting).
"""

from typing import Any

import rules

from thidua.organizations.permissions import is_board, is_operator

STAFF = ("officer", "head", "stand_in", "board")


@rules.predicate
def works_for_issuer(acting: Any, issuer: Any) -> bool:
    """Works for the organisation whose papers they are."""
    return bool(acting.is_for(issuer.pk, *STAFF))


@rules.predicate
def works_there(acting: Any, number: Any) -> bool:
    """Works for the organisation whose number it is."""
    return bool(acting.is_for(number.issuer_id, *STAFF))


@rules.predicate
def heads_issuer(acting: Any, issuer: Any) -> bool:
    """Heads the organisation whose papers they are, or works in it as its board."""
    return bool(acting.is_for(issuer.pk, "head", "board"))


@rules.predicate
def is_board_that_wrote(acting: Any, legal_text: Any) -> bool:
    """Works as the board for which the text was added or put right."""
    return bool(acting.is_for(legal_text.organization_id, "board"))


begin_legal_text = is_board | is_operator
write_legal_text = is_board_that_wrote | is_operator
view_number = cancel_number = works_there
rules.add_perm("documents.take_number", works_for_issuer)
rules.add_perm("documents.keep_book", heads_issuer)
rules.add_perm("documents.keep_trust", is_operator)
