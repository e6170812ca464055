"""Who may put a deleted draft back: people of the organisation that deleted it.

Whether it may be written to at all is asked of the thing it stood in, by its own permission.
"""

from typing import Any

import rules


@rules.predicate
def is_own(acting: Any, discard: Any) -> bool:
    """Works for the organisation that deleted it."""
    return bool(acting.is_for(discard.organization_id))


restore = is_own
