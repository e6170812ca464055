"""Putting back a clause that was taken out of a draft."""

from typing import Any

from thidua.accounts.acting import Acting
from thidua.covenants.actions.drafting import editable, note
from thidua.covenants.models import Clause, Covenant
from thidua.discards.kinds import Kind, can_be_put_back


def restorable() -> None:
    """Tell how clauses are put back."""
    can_be_put_back(Clause, Kind(Covenant, "covenants.draft_covenant", _fits, _restored))


def _fits(covenant: Covenant, rows: list[Any]) -> Covenant:
    """Let the clause come last: from there it is moved up to where it belongs now."""
    covenant = editable(covenant)
    last = covenant.clauses.order_by("-place").values_list("place", flat=True).first() or 0
    rows[0].place = last + 1
    return covenant


def _restored(clause: Clause, covenant: Any, by: Acting) -> None:
    note("clause.restored", covenant, by, clause=clause.heading)
