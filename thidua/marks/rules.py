"""A criterion's rule: its kind, maximum and parameters; points from what was given for it.

The formulas and their sources stand in `points`, that of ``leader_relative`` in `relative`; the
codes of every ``Fault`` in `faults`. All points are whole hundredths: 100 is one point.

Parameters as a JSON object, by kind (points are hundredths, decimals are text such as "79.5"; what
has a default may be left out):

manual            ``step`` 1 (0,01 point), 25, 50, 100 …; default 1
pass_fail         ``failed`` points when failed, 0 or negative; default 0
graded            ``steps`` [{"label": text, "points": n, "knocks_out": false}, …]
banded            ``bands`` [{"at_least": text or null, "below": text or null, "points": n}, …]
proportional      ``percent`` text: so many % are one point; ``rounding`` "down" | "half_up" |
                  "exact" (default); ``cap`` n or null (default); ``step`` for "exact", default 1
leader_relative   ``step``, default 1
count             ``each`` n; ``cap`` n or null (default: the maximum alone)
deduct            ``each`` n; ``floor`` n, default 0
penalty           ``each`` n; ``cap`` n or null (default: none)
knockout          none
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from math import lcm
from typing import Any

from thidua.marks import points as reckon
from thidua.marks.arithmetic import exact
from thidua.marks.faults import Fault
from thidua.marks.parameters import FIELDS, read, written
from thidua.marks.points import Band, GradedStep, Rounding

__all__ = [
    "OUTSIDE",
    "Band",
    "Fault",
    "Given",
    "GradedStep",
    "Kind",
    "Rounding",
    "Rule",
    "parameters_of",
    "rule_from",
]


class Kind(StrEnum):
    """How the points of a criterion come about (design 5)."""

    MANUAL = "manual"
    PASS_FAIL = "pass_fail"  # noqa: S105 (no password)
    GRADED = "graded"
    BANDED = "banded"
    PROPORTIONAL = "proportional"
    LEADER_RELATIVE = "leader_relative"
    COUNT = "count"
    DEDUCT = "deduct"
    PENALTY = "penalty"
    KNOCKOUT = "knockout"


# Neither has a maximum that a group sums.
OUTSIDE = frozenset({Kind.PENALTY, Kind.KNOCKOUT})


@dataclass(frozen=True, slots=True)
class Given:
    """What was given for a criterion; ``value`` None: nothing yet.

    ``value`` is: points (manual); 1 or 0 (pass_fail; knockout, where 1 says that it happened);
    the 0-based index of the step (graded); the measured value (banded); the actual figure
    (proportional, leader_relative, with ``target``; proportional without a target: already a
    percentage); the number of occurrences (count, deduct, penalty). ``is_na``: not applicable.
    """

    value: Decimal | None
    target: Decimal | None = None
    is_na: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """How one criterion is reckoned. A faulty one can be made: `tables.problems` tells."""

    kind: Kind
    max: int
    step: int = 1
    failed: int = 0
    steps: tuple[GradedStep, ...] = ()
    bands: tuple[Band, ...] = ()
    percent: Decimal = Decimal(1)
    rounding: Rounding = Rounding.EXACT
    cap: int | None = None
    each: int = 0
    floor: int = 0

    def points(self, given: Given) -> int | None:
        """Return hundredths; None: nothing given, not applicable, or relative to the cluster.

        A penalty is a positive number. Refuses with ``Fault`` what cannot be (see `faults`); of
        ``leader_relative`` only what was given is looked at: `cards.relative_points` reckons.
        """
        if given.value is None or given.is_na:
            return None
        return _POINTS[self.kind](self, given.value, given.target)

    def knocks_out(self, given: Given) -> bool:
        """Say whether what was given bars the unit from classes and nomination."""
        if given.value is None or given.is_na:
            return False
        if self.kind is Kind.KNOCKOUT:
            return reckon.yes_or_no(given.value)
        return self.kind is Kind.GRADED and reckon.chosen_step(given.value, self.steps).knocks_out

    def on_step(self, step: int) -> "Rule":
        """Return the rule in a table of this step: both steps hold, so the coarser one does."""
        common = lcm(self.step, step)
        return self if common == self.step else replace(self, step=common)


def rule_from(kind: str, max: int, parameters: Mapping[str, Any]) -> Rule:
    """Return the rule of a JSON object; keys in the module's docstring.

    Faults: ``unknown_kind``, ``unknown_parameter``, ``missing_parameter``, ``bad_parameter``.
    What can be read but makes no sense, such as overlapping bands, is told by `tables.problems`.
    """
    try:
        its_kind = Kind(kind)
    except ValueError:
        raise Fault("unknown_kind", kind=kind) from None
    return Rule(its_kind, max, **read(FIELDS[its_kind], parameters))


def parameters_of(rule: Rule) -> dict[str, Any]:
    """Return the parameters as a JSON object that ``rule_from`` understands again."""
    return written({name: getattr(rule, name) for name in FIELDS[rule.kind]})


def _given_to_a_cluster(value: Decimal, target: Decimal | None) -> None:
    exact(value)
    if target is not None:
        reckon.positive_target(target)


def _proportional(rule: Rule, value: Decimal, target: Decimal | None) -> int:
    reached = reckon.reached_percent(value, target)
    points = reckon.proportional(reached, rule.percent, rule.rounding, rule.step)
    return min(reckon.at_most(points, rule.cap), rule.max)


def _count(rule: Rule, value: Decimal) -> int:
    points = reckon.occurrences(value) * rule.each
    return min(reckon.at_most(points, rule.cap), rule.max)


def _knockout(value: Decimal) -> int:
    reckon.yes_or_no(value)
    return 0


_POINTS: dict[Kind, Callable[[Rule, Decimal, Decimal | None], int | None]] = {
    Kind.MANUAL: lambda r, v, _t: reckon.manual(v, r.max, r.step),
    Kind.PASS_FAIL: lambda r, v, _t: r.max if reckon.yes_or_no(v) else r.failed,
    Kind.GRADED: lambda r, v, _t: reckon.chosen_step(v, r.steps).points,
    Kind.BANDED: lambda r, v, _t: reckon.banded(v, r.bands),
    Kind.PROPORTIONAL: _proportional,
    Kind.LEADER_RELATIVE: lambda _r, v, t: _given_to_a_cluster(v, t),
    Kind.COUNT: lambda r, v, _t: _count(r, v),
    Kind.DEDUCT: lambda r, v, _t: max(r.max - reckon.occurrences(v) * r.each, r.floor),
    Kind.PENALTY: lambda r, v, _t: reckon.at_most(reckon.occurrences(v) * r.each, r.cap),
    Kind.KNOCKOUT: lambda _r, v, _t: _knockout(v),
}
