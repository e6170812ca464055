"""Who may measure, see, prepare, send and answer reports, and see evidence.

A report is its unit's own until it was sent; from then on those who follow the year see it. So is
evidence until something it hangs on was sent.
"""

from typing import Any

import rules

from thidua.cycles import permissions as cycles
from thidua.targets.permissions import is_own, is_reviewer, may_send, works_in_cycle


@rules.predicate
def was_sent(_acting: Any, report: Any) -> bool:
    """Was sent and not taken back since: returned and accepted reports were."""
    return bool(report.state != report.State.DRAFT)


@rules.predicate
def is_shared(_acting: Any, evidence: Any) -> bool:
    return bool(evidence.is_shared)


@rules.predicate
def promised(acting: Any, target: Any) -> bool:
    """Works for the member whose target it is."""
    return bool(acting.is_for(target.target_set.enrolment.organization_id))


@rules.predicate
def takes_part(acting: Any, enrolment: Any) -> bool:
    """Works for the organisation that is enrolled."""
    return bool(acting.is_for(enrolment.organization_id))


view = is_own | (was_sent & works_in_cycle)
prepare = is_own
send = is_own & may_send
answer = is_reviewer
view_evidence = is_own | (is_shared & works_in_cycle)
keep_evidence = is_own
rules.add_perm("reporting.measure_target", promised)
rules.add_perm("reporting.report_enrolment", takes_part)
rules.add_perm("reporting.set_period", cycles.schedule)
