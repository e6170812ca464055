"""Exact arithmetic: fractions inside, whole hundredths outside, half-up between them."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from thidua.marks.faults import Fault

LARGEST = 15
FINEST = -40


def exact(value: Decimal) -> Fraction:
    """Return ``value`` exactly; faults: ``not_finite``, ``out_of_range``."""
    if not value.is_finite():
        raise Fault("not_finite", value=value)
    exponent = value.as_tuple().exponent
    if value and (value.adjusted() >= LARGEST or int(exponent) < FINEST):
        raise Fault("out_of_range", value=value)
    return Fraction(value)


def half_up(numerator: int, denominator: int) -> int:
    """Return the quotient as a whole number; a half goes away from zero, as on paper."""
    if numerator < 0:
        return -half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def on_step(amount: Fraction, step: int) -> int:
    """Return the multiple of ``step`` nearest to ``amount``, half-up; both are hundredths."""
    return half_up(amount.numerator, amount.denominator * step) * step


def hundredths(value: Decimal) -> int:
    """Return points as whole hundredths; faults: as ``exact``, and ``decimals``."""
    amount = exact(value) * 100
    if amount.denominator != 1:
        raise Fault("decimals", value=value)
    return amount.numerator


def as_points(amount: int) -> Decimal:
    """Return hundredths as points with two decimals: 8825 is 88.25."""
    return Decimal(amount).scaleb(-2)


def percent_of(part: int, whole: int) -> Decimal:
    """Return ``part`` as % of ``whole``, two places half-up; 0.00 where there is no whole."""
    return as_points(half_up(part * 10_000, whole) if whole > 0 else 0)


def spread(amount: int, weights: Sequence[int], numerator: int, denominator: int) -> list[int]:
    """Return whole shares that sum exactly to ``amount``.

    Each is its weight × numerator ÷ denominator rounded down; what is then left of ``amount``
    goes, one hundredth each, to the largest remainders, and among equal ones to the first. A
    weight of 0 gets nothing.
    """
    if numerator == denominator and amount == sum(weights):
        return list(weights)
    shares = [weight * numerator // denominator for weight in weights]
    places = [place for place, weight in enumerate(weights) if weight]
    if not places:
        return shares
    places.sort(key=lambda place: (-(weights[place] * numerator % denominator), place))
    to_all, to_first = divmod(amount - sum(shares), len(places))
    for turn, place in enumerate(places):
        shares[place] += to_all + (turn < to_first)
    return shares
