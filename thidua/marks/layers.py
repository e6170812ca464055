"""Layers of marks (tự chấm, kiểm tra chéo, trưởng và phó, hội nghị, cơ quan quản lý).

Design 5: a layer's value is its own mark, else the layer below; none is overwritten. Where several
check one card, the layer's value is what the regulation says. Source: domain.md 4.9.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from thidua.marks.arithmetic import as_points, exact, on_step
from thidua.marks.faults import Fault
from thidua.marks.rules import Given

NO_ONE: Mapping[str, int] = MappingProxyType({})


def standing(
    layers: Sequence[Mapping[str, Given]], only: Mapping[str, int] = NO_ONE
) -> dict[str, Given]:
    """Return what stands after all layers, the lowest given first, by criterion.

    A mark stands until a higher layer gives its own; one without a value is none, unless it says
    "not applicable". ``only`` names, by criterion, the index of the one layer that counts for
    it: what the board owns is the board's to mark, and has no mark until it did (an index
    without a layer: never).
    """
    found: dict[str, Given] = {}
    for place, layer in enumerate(layers):
        for code, given in layer.items():
            if given.value is None and not given.is_na:
                continue
            if only.get(code, place) == place:
                found[code] = given
    return found


def combine(values: Sequence[Decimal], how: str, step: int = 1) -> Decimal:
    """Return the points of a layer in which several checked one card, half-up to ``step``.

    ``how``: "agreed" (all gave the same), "mean", "median" (of an even number, the mean of the
    middle two); ``step`` is in hundredths, the values and the result in points. Faults:
    ``nothing_to_combine``, ``not_agreed`` (values), ``unknown_way`` (how), and those of a mark.
    """
    if how not in _WAYS:
        raise Fault("unknown_way", how=how)
    if not values:
        raise Fault("nothing_to_combine")
    amounts = sorted(exact(value) for value in values)
    if how == "agreed" and amounts[0] != amounts[-1]:
        raise Fault("not_agreed", values=tuple(values))
    return as_points(on_step(_WAYS[how](amounts) * 100, step))


def _mean(amounts: Sequence[Fraction]) -> Fraction:
    return sum(amounts, Fraction(0)) / len(amounts)


def _median(amounts: Sequence[Fraction]) -> Fraction:
    middle = len(amounts) // 2
    return (amounts[middle] + amounts[-middle - 1]) / 2


_WAYS = {"agreed": _median, "mean": _mean, "median": _median}
