"""News from the sign-in library, which ends invitations, and of organisations that end."""

from collections.abc import Mapping
from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.dispatch import receiver

from thidua.accounts.actions.inviting import end_invitations
from thidua.accounts.actions.succeeding import Succeeding, settle_rights
from thidua.accounts.models import User
from thidua.audit.actions import Actor
from thidua.organizations.models import Organization, Reorganization
from thidua.organizations.signals import organization_reorganized


@receiver([password_changed, password_reset, password_set])
def let_invitations_die(user: User, **told: Any) -> None:
    """Let no slip or mail lie about for an account whose owner has just chosen a password."""
    end_invitations(user)


@receiver(organization_reorganized)
def settle_rights_of(
    sender: type[Reorganization],
    *,
    reorganization: Reorganization,
    predecessors: list[Organization],
    heirs: list[Organization],
    choices: Mapping[str, str],
    by: Actor,
    **_news: Any,
) -> int:
    """End the rights for units that end, or carry them over, as the act says."""
    return settle_rights(Succeeding(reorganization, heirs, by), predecessors, choices)
