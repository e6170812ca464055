"""Đạt and vượt: computed from target and actual, never typed.

Source: design 5; domain.md 10, where reports mix them: Vĩnh Long 2023 calls 936 of 240 "vượt
390 %", which is đạt 390 % and vượt 290 %.

more      đạt = 100 × actual ÷ target %, vượt = đạt − 100 %; reached when actual ≥ target. Without a
          percentage where the target is 0 or below (a growth of −2 %) or the actual is below 0:
          the ratio would say the opposite
less      reached when actual ≤ target; the difference, no percentage
exactly   reached when equal; the difference, no percentage
yes_no    reached when the actual is not 0; neither difference nor percentage
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from operator import eq, ge, le

from thidua.marks.arithmetic import as_points, exact, half_up

_REACHED: dict[str, Callable[[Fraction, Fraction], bool]] = {"more": ge, "less": le, "exactly": eq}


@dataclass(frozen=True, slots=True)
class Achievement:
    """What was achieved. ``is_reached`` None: nothing measured yet, or nothing to measure by.

    ``percent_reached`` (đạt) and ``percent_over`` (vượt; None unless the target was passed) have
    two places, half-up: 99,996 % shows as 100,00 though ``is_reached`` is False. ``difference``
    is actual − target.
    """

    is_reached: bool | None = None
    percent_reached: Decimal | None = None
    percent_over: Decimal | None = None
    difference: Decimal | None = None


def achieved(direction: str, target: Decimal | None, actual: Decimal | None) -> Achievement:
    """Return what ``actual`` is worth; ``direction``: "more", "less", "exactly" or "yes_no".

    Faults: ``not_finite``, ``out_of_range``; any other direction is a ``KeyError``.
    """
    if actual is None:
        return Achievement()
    if direction == "yes_no":
        return Achievement(exact(actual) != 0)
    if target is None:
        return Achievement()
    is_reached = _REACHED[direction](exact(actual), exact(target))
    reached = over = None
    if direction == "more" and target > 0 and actual >= 0:
        ratio = exact(actual) / exact(target)
        reached = as_points(half_up(ratio.numerator * 10_000, ratio.denominator))
        over = reached - 100 if actual > target else None
    return Achievement(is_reached, reached, over, actual - target)
