"""What cannot be reckoned: a code and its facts. `scoring` words each of them in Vietnamese.

Points in facts are hundredths, values are ``Decimal``. The codes, with their facts:

a mark (``Rule.points``, ``relative_points``, ``combine``)
    ``not_finite`` (value) NaN or infinite; ``out_of_range`` (value) from 10^15, or over forty
    decimals; ``decimals`` (value) more than two; ``below_zero`` (value); ``over_maximum``
    (value, max); ``off_step`` (value, step); ``not_yes_or_no`` (value) neither 1 nor 0;
    ``no_such_step`` (value, count); ``outside_bands`` (value); ``not_whole`` (value) a number of
    occurrences; ``target_zero``, ``target_negative`` (target); ``percent_not_positive``
    (percent) the rule itself is faulty
a card (``score``, ``relative_points``, ``Scheme``); a mark's fault in it gets ``criterion`` too,
and in a cluster ``key``
    ``no_such_criterion`` (criterion); ``na_not_allowed`` (criterion); ``code_twice``
    (criterion); ``too_deep`` (criterion, limit)
parameters (``rule_from``)
    ``unknown_kind`` (kind); ``unknown_parameter``, ``missing_parameter``, ``bad_parameter``
    (parameter)
several checkers (``combine``)
    ``nothing_to_combine``; ``not_agreed`` (values); ``unknown_way`` (how)
classes and ranking
    ``classes_unordered``, ``classes_twice`` (label); ``no_such_tie`` (tie); ``no_such_group``
    (group, key)
"""

from typing import Any


class Fault(Exception):
    """A refusal without words: its ``code`` and the ``facts`` that a sentence needs."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts: dict[str, Any] = facts
