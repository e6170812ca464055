"""Points relative to the leader of the cluster.

Source: design 5; the police cluster system ("CRITERIA_TREE", domain.md 4.8). With a actual, t the
unit's own target, e = (a − t) ÷ t, E the best e of the cluster, M the maximum:

a < t                   ½M·a/t                 which is ½M·(1 + e)
a = t                   ½M                     which is ½M·(1 + 0)
a > t                   ½M + ½M·e/E            so M for the best, and for all that equal it
no target               M·a ÷ the best a among the units without a target; never the cluster's best
no data, not assigned   no points

So a unit alone above its target gets M, alone below it its share of ½M, alone without a target M;
where nobody passes a target nobody has more than ½M; where no unit without a target did anything
each of them has 0. A figure below 0 counts as 0 points. Half-up at 0,01, or at the table's step.
One unit's correction changes the others': both versions stay, `cards.moved` tells who moved.
"""

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple, TypeVar

from thidua.marks.arithmetic import exact, half_up
from thidua.marks.points import positive_target
from thidua.marks.rules import Fault, Given, Rule

Key = TypeVar("Key", bound=Hashable)


class Ratio(NamedTuple):
    """A quotient left as it is, its denominator above 0: a nation has many of them."""

    over: int
    under: int


NOTHING = Ratio(0, 1)


def relative_to_best(rule: Rule, given: Mapping[Key, Given]) -> dict[Key, int]:
    """Return the points of each unit that gave a figure; faults carry the unit's ``key``."""
    excess: dict[Key, Ratio] = {}
    figures: dict[Key, Ratio] = {}
    for key, its in given.items():
        if its.value is None or its.is_na:
            continue
        try:
            actual = exact(its.value)
            if its.target is None:
                figures[key] = Ratio(actual.numerator, actual.denominator)
            else:
                excess[key] = _excess(actual, positive_target(its.target))
        except Fault as fault:
            raise Fault(fault.code, **fault.facts, key=key) from None
    shares = {**_shares_of_excess(excess), **_shares_of_best(figures)}
    return {key: _points(rule, shares[key]) for key in given if key in shares}


def _excess(actual: Fraction, target: Fraction) -> Ratio:
    """Return (a − t) ÷ t."""
    over, under = actual.numerator * target.denominator, actual.denominator * target.numerator
    return Ratio(over - under, under)


def _points(rule: Rule, share: Ratio) -> int:
    """Return a share of the maximum, half-up to the step; a share below 0 is nothing."""
    return half_up(max(share.over, 0) * rule.max, share.under * rule.step) * rule.step


def _shares_of_excess(excess: Mapping[Key, Ratio]) -> dict[Key, Ratio]:
    best = _best(excess.values())
    return {
        key: Ratio(e.under * best.over + e.over * best.under, 2 * e.under * best.over)
        if e.over > 0
        else Ratio(e.under + e.over, 2 * e.under)
        for key, e in excess.items()
    }


def _shares_of_best(figures: Mapping[Key, Ratio]) -> dict[Key, Ratio]:
    best = _best(figures.values())
    if not best.over:
        return dict.fromkeys(figures, NOTHING)
    return {key: Ratio(a.over * best.under, a.under * best.over) for key, a in figures.items()}


def _best(ratios: Iterable[Ratio]) -> Ratio:
    """Return the greatest, or nothing where none is above 0."""
    best = NOTHING
    for ratio in ratios:
        if ratio.over * best.under > best.over * ratio.under:
            best = ratio
    return best
