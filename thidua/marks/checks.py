"""What is wrong with the rule of a single criterion, as (code, facts); points are hundredths.

``max_not_positive`` (max); ``step_not_allowed`` (step); ``points_off_step`` (points, step): a
parameter that the table's step leaves out; ``failed_positive`` (points); ``steps_none``;
``points_over_max`` (points, max, and label of a graded step); ``bands_none``; ``band_empty``
(from, to); ``bands_overlap`` (from, to); ``bands_gap`` (from, to): values in [from, to) have no
points, None on a side means all below or above; ``percent_not_positive`` (percent);
``each_not_positive`` (each); ``floor_over_max`` (floor, max); ``cap_under_unit`` (cap, unit): it
could never pay one occurrence, or one point; ``cap_over_max`` (cap, max); ``bonus_negative``
(points): a bonus that takes away
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from thidua.marks.points import POINT, Band, Rounding
from thidua.marks.rules import OUTSIDE, Kind, Rule

Found = Iterator[tuple[str, dict[str, Any]]]
_LOWEST = Decimal("-Infinity")
_HIGHEST = Decimal("Infinity")


def step_divides_a_point(step: int) -> bool:
    """Say whether marks may go in this step: 1, 0,5, 0,25 … 0,01 points."""
    return step > 0 and POINT % step == 0


def rule_problems(rule: Rule, step: int, *, is_bonus: bool) -> Found:
    """Yield what is wrong with ``rule`` in a table of this step."""
    if rule.max <= 0 and rule.kind not in OUTSIDE:
        yield "max_not_positive", {"max": rule.max}
    if not step_divides_a_point(rule.step):
        yield "step_not_allowed", {"step": rule.step}
    if check := _CHECKS.get(rule.kind):
        yield from check(rule)
    if step_divides_a_point(step):
        for points in dict.fromkeys(_parameters(rule)):
            if points % step:
                yield "points_off_step", {"points": points, "step": step}
    if is_bonus and (lowest := _lowest(rule)) < 0:
        yield "bonus_negative", {"points": lowest}


def _parameters(rule: Rule) -> Iterator[int]:
    yield from (rule.max, rule.failed, rule.each, rule.floor, rule.cap or 0)
    yield from (step.points for step in rule.steps)
    yield from (band.points for band in rule.bands)


def _lowest(rule: Rule) -> int:
    lists = [step.points for step in rule.steps] + [band.points for band in rule.bands]
    return min([rule.failed, rule.floor, *lists])


def _pass_fail(rule: Rule) -> Found:
    if rule.failed > 0:
        yield "failed_positive", {"points": rule.failed}


def _graded(rule: Rule) -> Found:
    if not rule.steps:
        yield "steps_none", {}
    for step in rule.steps:
        if step.points > rule.max:
            told = {"label": step.label, "points": step.points, "max": rule.max}
            yield "points_over_max", told


def _banded(rule: Rule) -> Found:
    if not rule.bands:
        yield "bands_none", {}
        return
    for band in rule.bands:
        if band.points > rule.max:
            yield "points_over_max", {"points": band.points, "max": rule.max}
    yield from _band_bounds(rule.bands)


def _band_bounds(bands: Sequence[Band]) -> Found:
    """Follow the bands upwards: each begins where all before it ended, from 0 to no end."""
    bounds = sorted((_bound(b.at_least, _LOWEST), _bound(b.below, _HIGHEST)) for b in bands)
    for low, high in bounds:
        if low >= high:
            yield "band_empty", _span(low, high)
    if any(low < high for low, high in bounds):
        yield from _joints([(low, high) for low, high in bounds if low < high])


def _joints(bounds: Sequence[tuple[Decimal, Decimal]]) -> Found:
    first, reached = bounds[0]
    if first > 0:
        yield "bands_gap", _span(_LOWEST, first)
    for low, high in bounds[1:]:
        if low < reached:
            yield "bands_overlap", _span(low, min(reached, high))
        elif low > reached:
            yield "bands_gap", _span(reached, low)
        reached = max(reached, high)
    if reached < _HIGHEST:
        yield "bands_gap", _span(reached, _HIGHEST)


def _bound(bound: Decimal | None, otherwise: Decimal) -> Decimal:
    return otherwise if bound is None else bound


def _span(low: Decimal, high: Decimal) -> dict[str, Any]:
    return {
        "from": None if low == _LOWEST else low,
        "to": None if high == _HIGHEST else high,
    }


def _proportional(rule: Rule) -> Found:
    if rule.percent <= 0:
        yield "percent_not_positive", {"percent": rule.percent}
    # Rounded to whole points, a cap under one point would let nothing but itself through.
    unit = rule.step if rule.rounding is Rounding.EXACT else POINT
    yield from _cap(rule, unit)


def _cap(rule: Rule, unit: int) -> Found:
    if rule.cap is None:
        return
    if rule.cap < unit:
        yield "cap_under_unit", {"cap": rule.cap, "unit": unit}
    if rule.kind not in OUTSIDE and rule.cap > rule.max:
        yield "cap_over_max", {"cap": rule.cap, "max": rule.max}


def _counted(rule: Rule) -> Found:
    if rule.each <= 0:
        yield "each_not_positive", {"each": rule.each}
    yield from _cap(rule, rule.each)


def _deduct(rule: Rule) -> Found:
    yield from _counted(rule)
    if rule.floor > rule.max:
        yield "floor_over_max", {"floor": rule.floor, "max": rule.max}


_CHECKS: dict[Kind, Callable[[Rule], Found]] = {
    Kind.PASS_FAIL: _pass_fail,
    Kind.GRADED: _graded,
    Kind.BANDED: _banded,
    Kind.PROPORTIONAL: _proportional,
    Kind.COUNT: _counted,
    Kind.DEDUCT: _deduct,
    Kind.PENALTY: _counted,
}
