"""What pages of a covenant and of a year say of its ceremony."""

from typing import Any

from django import template

from thidua.accounts.acting import NOBODY
from thidua.covenants.models import Covenant
from thidua.web.ceremonies.after import ceremonies_of, taken_home

register = template.Library()


@register.inclusion_tag("ceremonies/_after.html", takes_context=True)
def ceremony_of(context: dict[str, Any], covenant: Covenant) -> dict[str, Any]:
    """Show the covenant's ceremony (`with_ceremonies`) to whoever reads the page."""
    found = ceremonies_of(covenant, context.get("acting") or NOBODY)
    links = taken_home(covenant) if found.over else []
    return {"covenant": covenant, "ceremonies": found, "links": links}
