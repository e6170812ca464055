"""Pieces of a page that stand in it more than once."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def drawn(context: Context, name: str) -> SafeString:
    """Return the template called ``name`` as it reads here, to be put in more than one place.

    ``{% include %}`` would draw it anew in each.
    """
    return template.Engine.get_default().get_template(name).render(context)
