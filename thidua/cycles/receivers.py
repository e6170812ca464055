"""News from below: organisations that end settle what they have in the open years."""

from collections.abc import Mapping
from typing import Any

from django.dispatch import receiver

from thidua.accounts.acting import Acting
from thidua.cycles.actions.succeeding import Succeeding, settle_parts
from thidua.organizations.models import Organization, Reorganization
from thidua.organizations.signals import organization_reorganized


@receiver(organization_reorganized)
def settle_members(
    sender: type[Reorganization],
    *,
    reorganization: Reorganization,
    predecessors: list[Organization],
    heirs: list[Organization],
    choices: Mapping[str, str],
    by: Acting,
    **_news: Any,
) -> int:
    """Carry over, end or keep each part in a running year, as the act says."""
    return settle_parts(Succeeding(reorganization, heirs, by), predecessors, choices)
