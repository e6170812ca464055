"""Who may open and host a ceremony, and who may find it without its address.

Whoever holds the address of a screen sees it: it stands on the wall of the hall. These say who
finds it by the covenant, and who steers it.
"""

from typing import Any

import rules

from thidua.covenants import permissions as covenants
from thidua.cycles import permissions as cycles


@rules.predicate
def leads_prepares_or_oversees(acting: Any, covenant: Any) -> bool:
    """Leads or prepares the year (leader, deputy, secretary), or is its managing body's board."""
    cycle = covenant.cycle
    return bool(
        cycles.lead(acting, cycle)
        or cycles.prepare(acting, cycle)
        or cycles.is_board(acting, cycle)
    )


@rules.predicate
def hosts(acting: Any, ceremony: Any) -> bool:
    return bool(leads_prepares_or_oversees(acting, ceremony.covenant))


@rules.predicate
def works_in_cycle(acting: Any, ceremony: Any) -> bool:
    return bool(covenants.works_in_cycle(acting, ceremony.covenant))


@rules.predicate
def is_public(_acting: Any, ceremony: Any) -> bool:
    """It was closed, was no rehearsal, and everyone may read the covenant."""
    return bool(ceremony.is_over and not ceremony.is_rehearsal and ceremony.covenant.is_published)


view = works_in_cycle | is_public
rules.add_perm("ceremonies.open_ceremony", leads_prepares_or_oversees)
