"""The points of each kind of criterion, from what was given for it.

All points are whole hundredths; a half goes up. Sources: design 5; the kinds were found in
domain.md 4.8 ("criterion kinds the product needs"), each with the table that uses it.

manual          what the scorer gives: 0 … max, on the step (Hội CCB gives 88,25: step 0,25)
pass_fail       max when passed, else ``failed`` (Huế HD 804: −8 without a covenant)
graded          the points of the chosen step (Bù Đăng 2015: 8 / 6 / 4 / 0)
banded          the points of the band [at_least, below) that holds the measured value
                (Tây Nguyên 2019: ≥ 80 % → 4; 60 – < 80 % → 3; < 60 % → 2)
proportional    reached = 100 × actual ÷ target %; points = reached ÷ percent, where ``percent``
                % are one point (Khối bộ, ngành kinh tế 2023: 1 % = 1 đ, 2 % = 1 đ); rounded down
                to whole points, half-up to whole points, or half-up to the step; never over the
                cap nor max, and 0 for an actual below 0
count           occurrences × each, never over the cap nor max (TP.HCM: Cờ +10)
deduct          max − occurrences × each, not under the floor (Hậu Giang 2021: −0,5 each, at most
                −1,5)
penalty         occurrences × each, at most the cap if there is one: a positive number that the
                card subtracts
knockout        0: it bars from a class or a nomination
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor as whole_below

from thidua.marks.arithmetic import exact, hundredths, on_step
from thidua.marks.faults import Fault

POINT = 100


class Rounding(StrEnum):
    """How proportional points end: whole points down, whole half-up, or half-up to the step."""

    DOWN = "down"
    HALF_UP = "half_up"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class GradedStep:
    """One step that a scorer may choose; ``knocks_out`` bars the unit besides (4.10, II.1)."""

    label: str
    points: int
    knocks_out: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A half-open band [at_least, below) of measured values; None has no bound on that side."""

    at_least: Decimal | None
    below: Decimal | None
    points: int

    def holds(self, value: Decimal) -> bool:
        """Say whether ``value`` lies in the band."""
        if self.at_least is not None and value < self.at_least:
            return False
        return self.below is None or value < self.below


def manual(value: Decimal, most: int, step: int) -> int:
    """Return the points typed in; faults: below 0, three decimals, over the maximum, off step."""
    if exact(value) < 0:
        raise Fault("below_zero", value=value)
    points = hundredths(value)
    if points > most:
        raise Fault("over_maximum", value=value, max=most)
    if points % step:
        raise Fault("off_step", value=value, step=step)
    return points


def yes_or_no(value: Decimal) -> bool:
    """Return 1 as True and 0 as False; any other value is a fault."""
    number = exact(value)
    if number not in (0, 1):
        raise Fault("not_yes_or_no", value=value)
    return bool(number)


def chosen_step(value: Decimal, steps: Sequence[GradedStep]) -> GradedStep:
    """Return the step at the 0-based index ``value``."""
    index = exact(value)
    if index.denominator != 1 or not 0 <= index < len(steps):
        raise Fault("no_such_step", value=value, count=len(steps))
    return steps[int(index)]


def banded(value: Decimal, bands: Sequence[Band]) -> int:
    """Return the points of the band that holds the measured value."""
    exact(value)
    for band in bands:
        if band.holds(value):
            return band.points
    raise Fault("outside_bands", value=value)


def positive_target(target: Decimal) -> Fraction:
    """Return a target that something can be divided by; faults: zero or below."""
    number = exact(target)
    if number <= 0:
        raise Fault("target_zero" if number == 0 else "target_negative", target=target)
    return number


def reached_percent(value: Decimal, target: Decimal | None) -> Fraction:
    """Return 100 × actual ÷ target; without a target ``value`` is a percentage already."""
    if target is None:
        return exact(value)
    return exact(value) * 100 / positive_target(target)


def proportional(reached: Fraction, percent: Decimal, rounding: Rounding, step: int) -> int:
    """Return the points for so many percent, where ``percent`` of them are one point."""
    unit = exact(percent)
    if unit <= 0:
        raise Fault("percent_not_positive", percent=percent)
    points = max(reached / unit, Fraction(0))
    if rounding is Rounding.DOWN:
        return whole_below(points) * POINT
    return on_step(points * POINT, POINT if rounding is Rounding.HALF_UP else step)


def occurrences(value: Decimal) -> int:
    """Return how often something happened; faults: below 0, not whole."""
    number = exact(value)
    if number < 0:
        raise Fault("below_zero", value=value)
    if number.denominator != 1:
        raise Fault("not_whole", value=value)
    return number.numerator


def at_most(points: int, cap: int | None) -> int:
    """Return ``points``, or the cap where there is one and it is lower."""
    return points if cap is None else min(points, cap)
