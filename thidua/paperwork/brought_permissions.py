"""Who may bring, see, change and send a paper that was written elsewhere: as with reports."""

from typing import Any

import rules

from thidua.targets.permissions import is_own, may_send, works_in_cycle


@rules.predicate
def was_sent(_acting: Any, brought: Any) -> bool:
    return bool(brought.is_sent)


@rules.predicate
def takes_part(acting: Any, enrolment: Any) -> bool:
    """Works for the organisation that is enrolled."""
    return bool(acting.is_for(enrolment.organization_id))


view = is_own | (was_sent & works_in_cycle)
write = is_own
send = is_own & may_send
rules.add_perm("paperwork.bring_enrolment", takes_part)
