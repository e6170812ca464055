"""Numbers as they are written in Vietnamese."""

from decimal import Decimal

from django import template

from thidua.core.numbers import format_number, format_points

register = template.Library()


@register.filter
def written(number: Decimal | int | None) -> str:
    """Return ``number`` as 1.234,5; nothing for None."""
    return format_number(number)


@register.filter
def points(hundredths: int | None) -> str:
    """Return hundredths of a point as points are written: 1250 as 12,5; nothing for None."""
    return format_points(hundredths)
