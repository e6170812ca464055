"""Who looks after the jobs of the installation: its operators.

Asked of whoever acts without knowing who that is: organisations and people stand above this app.
"""

from typing import Any

import rules


@rules.predicate
def run(acting: Any, _lease: Any = None) -> bool:
    """Runs the installation."""
    return bool(acting.is_operator)
