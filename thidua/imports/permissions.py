"""Who may import: the board of a managing body, into its own; who runs the installation.

An import is seen, confirmed and undone by the same people of the body for which it was brought.
"""

from typing import Any

import rules

from thidua.organizations.permissions import is_board, is_operator


@rules.predicate
def is_of_my_body(acting: Any, imported: Any) -> bool:
    """Works now for the body for which the sheet was brought."""
    return bool(acting.is_for(imported.organization_id, "board", "operator"))


bring = is_board | is_operator
handle = is_of_my_body
