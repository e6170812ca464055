"""What the pages of a year ask from their templates."""

from django import template

from thidua.accounts.acting import NOBODY, Acting
from thidua.covenants.queries import seen_by
from thidua.cycles.models import Cycle, Enrolment

register = template.Library()


@register.simple_tag
def newest_covenant_pk(cycle: Cycle, acting: Acting | None) -> int | None:
    """Return the id of the year's newest covenant that ``acting`` may read: one small query."""
    found = seen_by(acting or NOBODY).filter(cycle=cycle).order_by("-kind", "-number")
    return found.values_list("pk", flat=True).first()


@register.filter
def in_role(cycle: Cycle, role: str) -> list[Enrolment]:
    """Return the current members in ``role``: "leader", "deputy" or "member"."""
    return cycle.in_role(role)
