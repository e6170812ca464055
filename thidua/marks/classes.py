"""Classes (xếp loại): half-open intervals on the total and, where asked, on each criterion.

Sources: domain.md 4.8. Nghệ An (draft of 2025): ≥ 90 % and no criterion under 85 %; 80 – < 90 %,
none under 80 %; 70 – < 80 %, none under 70 %; below. Hội CCB (90 points): 81–90, 71–80, 61–70,
≤ 60; since quarter points fall between (80,25), each class reaches to the next one's bound.

The codes of ``Problem`` here: ``classes_unordered``, a class that asks as much as the better one
before it or more, so that the two overlap; ``classes_twice``, two with one label.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from thidua.marks.faults import Fault
from thidua.marks.tables import Problem


@dataclass(frozen=True, slots=True)
class Class:
    """One class: from ``at_least`` up to the next better one.

    ``each_at_least``: what every criterion must reach besides, None for no such condition. The
    bounds are in the unit in which totals are compared with them: % of maximum, or points.
    """

    label_code: str
    at_least: Decimal
    each_at_least: Decimal | None = None


def class_problems(classes: Sequence[Class]) -> list[Problem]:
    """Return what is wrong with classes, which stand best first; the node is the label."""
    found = [
        Problem("classes_unordered", lower.label_code)
        for upper, lower in pairwise(classes)
        if lower.at_least >= upper.at_least or _asks_more_of_each(lower, upper)
    ]
    labels = [c.label_code for c in classes]
    twice = dict.fromkeys(label for label in labels if labels.count(label) > 1)
    return found + [Problem("classes_twice", label) for label in twice]


def classify(
    percent: Decimal | None, each_percent: Iterable[Decimal], classes: Sequence[Class]
) -> str | None:
    """Return the label of the best class whose conditions all hold; None: none, or no total.

    Where the total would do and a criterion does not, the next lower class is tried. To class
    exactly at a bound, give a total that was not rounded. A unit that is knocked out has no
    class: do not ask. Faults: ``classes_unordered``, ``classes_twice`` (label).
    """
    for problem in class_problems(classes):
        raise Fault(problem.code, label=problem.node)
    if percent is None:
        return None
    least = min(each_percent, default=None)
    for its in classes:
        if percent >= its.at_least and _holds_for_each(its, least):
            return its.label_code
    return None


def _holds_for_each(its: Class, least: Decimal | None) -> bool:
    return its.each_at_least is None or least is None or least >= its.each_at_least


def _asks_more_of_each(lower: Class, upper: Class) -> bool:
    if lower.each_at_least is None or upper.each_at_least is None:
        return False
    return lower.each_at_least > upper.each_at_least
