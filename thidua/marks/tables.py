"""A scoring table: a tree of groups and criteria, and all that is wrong with it at once.

The maximum of a group is the sum of its standard criteria (design 5): not of bonus, penalty and
knock-out, which stand outside. Points are whole hundredths. The codes of ``Problem``, with facts;
`checks` adds those of a single criterion's rule:

``no_code``, ``code_twice`` (count); ``no_owner``; ``too_deep`` (limit); ``group_empty``;
``group_sum`` (written, sum): the children do not sum to the maximum that the author wrote;
``bonus_kind`` a penalty or knock-out called a bonus; ``bonus_cap_negative`` (cap);
``cap_under_unit`` (cap, unit): a bonus cap under one occurrence of a counted bonus below it;
``step_not_allowed`` (step): does not divide one point
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Union

from thidua.marks.checks import rule_problems, step_divides_a_point
from thidua.marks.rules import OUTSIDE, Kind, Rule

# Levels below the table itself; the deepest real tables have four (domain.md 4.5).
MAX_LEVELS = 10
RESCALE, FULL = "rescale", "full"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A criterion that is marked.

    ``na`` says what "not applicable" does where it is allowed: "rescale" (it leaves points and
    maximum, and its group is rescaled to its full maximum) or "full" (it counts with its maximum).
    ``owner``: "bloc", "board" or "system"; "" is a fault of the table.
    """

    code: str
    rule: Rule
    is_bonus: bool = False
    allows_na: bool = False
    na: str = RESCALE
    owner: str = "bloc"

    @property
    def is_standard(self) -> bool:
        """Whether it is part of the standard sum."""
        return not self.is_bonus and self.rule.kind not in OUTSIDE

    @property
    def is_extra(self) -> bool:
        """Whether it is added outside the standard sum, under the caps."""
        return self.is_bonus and self.rule.kind not in OUTSIDE

    @property
    def is_penalty(self) -> bool:
        """Whether it is subtracted."""
        return self.rule.kind is Kind.PENALTY


@dataclass(frozen=True, slots=True)
class Group:
    """A group of groups and criteria. ``max`` is what the author wrote, None where nothing was."""

    code: str
    children: tuple[Union[Leaf, "Group"], ...]
    bonus_cap: int | None = None
    max: int | None = None


Node = Leaf | Group


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table; the bonus cap of all of it is the root's. ``step``: of every mark in it."""

    root: Group
    step: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a table, at the node with this code (the root's is usually "")."""

    code: str
    node: str
    facts: dict[str, Any] = field(default_factory=dict)


def walk(table: Table) -> Iterator[tuple[int, Node]]:
    """Yield (level, node) from top to bottom, the root at 0; what is too deep is not entered."""
    waiting: list[tuple[int, Node]] = [(0, table.root)]
    while waiting:
        level, node = waiting.pop()
        yield level, node
        if isinstance(node, Group) and level <= MAX_LEVELS:
            waiting.extend((level + 1, child) for child in reversed(node.children))


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield the criteria of a node, in order."""
    if isinstance(node, Leaf):
        yield node
        return
    for child in node.children:
        yield from leaves(child)


def maximum_of(node: Node) -> int:
    """Return the sum of the standard maxima of a node."""
    return sum(leaf.rule.max for leaf in leaves(node) if leaf.is_standard)


def problems(table: Table) -> list[Problem]:
    """Return all that is wrong with the table, from top to bottom; empty: it can be used."""
    found: list[Problem] = []
    if not step_divides_a_point(table.step):
        found.append(Problem("step_not_allowed", table.root.code, {"step": table.step}))
    nodes = list(walk(table))
    times = Counter(node.code for _level, node in nodes if node.code)
    is_too_deep = any(level > MAX_LEVELS for level, _node in nodes)
    for level, node in nodes:
        if level > MAX_LEVELS:
            found.append(Problem("too_deep", node.code, {"limit": MAX_LEVELS}))
            continue
        if not node.code and level:
            found.append(Problem("no_code", node.code))
        elif times[node.code] > 1:
            found.append(Problem("code_twice", node.code, {"count": times[node.code]}))
        if isinstance(node, Leaf):
            found.extend(_leaf_problems(node, table.step))
        elif not is_too_deep:
            found.extend(_group_problems(node))
    return found


def _leaf_problems(leaf: Leaf, step: int) -> Iterator[Problem]:
    if not leaf.owner:
        yield Problem("no_owner", leaf.code)
    if leaf.is_bonus and leaf.rule.kind in OUTSIDE:
        yield Problem("bonus_kind", leaf.code)
    for code, facts in rule_problems(leaf.rule, step, is_bonus=leaf.is_bonus):
        yield Problem(code, leaf.code, facts)


def _group_problems(group: Group) -> Iterator[Problem]:
    if not group.children:
        yield Problem("group_empty", group.code)
    total = maximum_of(group)
    if group.max is not None and group.max != total:
        yield Problem("group_sum", group.code, {"written": group.max, "sum": total})
    cap = group.bonus_cap
    if cap is None:
        return
    if cap < 0:
        yield Problem("bonus_cap_negative", group.code, {"cap": cap})
    counted = [
        leaf.rule.each for leaf in leaves(group) if leaf.is_bonus and leaf.rule.kind is Kind.COUNT
    ]
    if counted and cap < max(counted):
        yield Problem("cap_under_unit", group.code, {"cap": cap, "unit": max(counted)})
