"""A table made ready for many cards: standard, bonus and penalty sums, then opened to each mark.

Going up, every group has whole hundredths. Its standard sum, where criteria are not applicable, is
rescaled to its full maximum, half-up: sum × maximum ÷ maximum of what applies (design 5;
domain.md 10, "không áp dụng criteria with re-scaling"). A criterion that then counts in full
applies, with its maximum. Where nothing in a group applies, the group as a whole does not, and the
group above is rescaled. Its bonus sum is cut at its cap; the root's cap is the whole table's.

Coming down, each amount is spread over its parts in proportion, so that they sum to it exactly
(`arithmetic.spread`): what rounding leaves over goes to the largest remainders, then to the first.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import NamedTuple

from thidua.marks.arithmetic import half_up, spread
from thidua.marks.tables import FULL, Group, Leaf, maximum_of


class Line(NamedTuple):
    """One row of an opened card, of a criterion or a group; all points are hundredths.

    ``points``: what was marked, before rescaling and caps (a penalty is positive; of a group, the
    sum of its parts; None: nothing). ``max``: the maximum (of a group, of its standard part).
    ``counted``: what it adds to the total; those of a group's parts sum to the group's.
    """

    points: int | None
    max: int
    is_na: bool
    counted: int


class Child(NamedTuple):
    """A group or a criterion as its line is written: the group below, or the sign it counts by."""

    code: str
    max: int
    is_penalty: bool
    branch: "Branch | None"


class Sum(NamedTuple):
    """What the standard part of a group came to, and the maximum of what applies in it."""

    points: int
    applies: int


class Part(NamedTuple):
    """A standard criterion as a sum needs it."""

    code: str
    max: int
    counts_in_full: bool

    def applies(self, na: AbstractSet[str]) -> bool:
        """Whether its maximum counts."""
        return self.counts_in_full or self.code not in na

    def worth(self, points: Mapping[str, int], na: AbstractSet[str]) -> int:
        """Return what it adds before its group is rescaled."""
        if self.code not in na:
            return points.get(self.code, 0)
        return self.max if self.counts_in_full else 0


@dataclass(frozen=True, slots=True)
class Branch:
    """A group with its children sorted by what they are; ``order`` is that of the table."""

    code: str
    maximum: int
    cap: int | None
    order: tuple[Child, ...]
    standard: tuple[Part, ...]
    codes: tuple[str, ...]
    own_maximum: int
    bonuses: tuple[str, ...]
    penalties: tuple[str, ...]
    branches: tuple["Branch", ...]


def compiled(group: Group) -> Branch:
    """Return the group made ready."""
    order = tuple(_child(node) for node in group.children)
    own = [c for c in group.children if isinstance(c, Leaf)]
    standard = tuple(Part(c.code, c.rule.max, c.na == FULL) for c in own if c.is_standard)
    return Branch(
        group.code,
        maximum_of(group),
        group.bonus_cap,
        order,
        standard,
        tuple(part.code for part in standard),
        sum(part.max for part in standard),
        tuple(c.code for c in own if c.is_extra),
        tuple(c.code for c in own if c.is_penalty),
        tuple(child.branch for child in order if child.branch is not None),
    )


def _child(node: Leaf | Group) -> Child:
    if isinstance(node, Group):
        branch = compiled(node)
        return Child(node.code, branch.maximum, False, branch)
    return Child(node.code, node.rule.max, node.is_penalty, None)


def bonus_tree(branch: Branch) -> Branch:
    """Return the branch with nothing but its bonuses, for a sum in few steps."""
    below = tuple(bonus_tree(b) for b in branch.branches)
    below = tuple(b for b in below if b.bonuses or b.branches)
    return replace(branch, standard=(), branches=below)


def standard_of(
    branch: Branch, points: Mapping[str, int], na: AbstractSet[str], found: dict[str, Sum]
) -> Sum:
    """Return the standard sum of a group; put it, and those of the groups below, in ``found``."""
    if na.isdisjoint(branch.codes):
        total = sum([points.get(code, 0) for code in branch.codes])
        applies = branch.own_maximum
    else:
        parts = [part for part in branch.standard if part.applies(na)]
        total = sum([part.worth(points, na) for part in parts])
        applies = sum([part.max for part in parts])
    for below in branch.branches:
        its = standard_of(below, points, na, found)
        total += its.points
        if its.applies:
            applies += below.maximum
    if applies and applies != branch.maximum:
        total = half_up(total * branch.maximum, applies)
    found[branch.code] = its = Sum(total, applies)
    return its


def bonus_of(
    branch: Branch, points: Mapping[str, int], na: AbstractSet[str], found: dict[str, int]
) -> int:
    """Return the bonus sum of a group after its cap; put those of all groups in ``found``."""
    total = sum([points.get(code, 0) for code in branch.bonuses if code not in na])
    for below in branch.branches:
        total += bonus_of(below, points, na, found)
    found[branch.code] = total = total if branch.cap is None else min(total, branch.cap)
    return total


def sums_of(branch: Branch, counted: Mapping[str, int], found: dict[str, int]) -> int:
    """Return what a group adds to the total, from what each criterion counts (a penalty is
    positive); put those of all groups in ``found``."""
    get = counted.get
    total = sum([get(code, 0) for code in branch.codes])
    total += sum([get(code, 0) for code in branch.bonuses])
    total -= sum([get(code, 0) for code in branch.penalties])
    found[branch.code] = 0
    for below in branch.branches:
        total += sums_of(below, counted, found)
    found[branch.code] = total
    return total


def bonus_codes(branch: Branch) -> Iterator[str]:
    """Yield the bonuses of a group and of those below."""
    yield from branch.bonuses
    for below in branch.branches:
        yield from bonus_codes(below)


class Opening:
    """Opens one card down to its marks."""

    def __init__(self, root: Branch, points: Mapping[str, int], na: AbstractSet[str]) -> None:
        self.root = root
        self.points = points
        self.na = na
        self.sums: dict[str, Sum] = {}
        self.bonuses: dict[str, int] = {}
        # Most cards are neither rescaled nor cut: each mark then counts as it was given.
        self.counted = dict(points)
        if na:
            self.counted = {code: its for code, its in points.items() if code not in na}
            self._spread_standard(root, standard_of(root, points, na, self.sums).points, 1, 1)
        bonus = bonus_of(root, points, na, self.bonuses)
        if bonus != sum([self.counted.get(code, 0) for code in bonus_codes(root)]):
            self._spread_bonus(root, bonus)

    def groups(self) -> dict[str, int]:
        """Return what each group adds to the total, without a line for each mark."""
        found: dict[str, int] = {}
        sums_of(self.root, self.counted, found)
        return found

    def lines(self) -> dict[str, Line]:
        """Return the line of every group and criterion, in order."""
        lines: dict[str, Line] = {}
        self._list(self.root, lines)
        return lines

    def _spread_standard(
        self, branch: Branch, amount: int, numerator: int, denominator: int
    ) -> None:
        """Give ``amount`` to the parts; the ratio is what the groups above were rescaled by."""
        applies = self.sums[branch.code].applies
        if applies:
            numerator, denominator = numerator * branch.maximum, denominator * applies
        weights = [part.worth(self.points, self.na) for part in branch.standard]
        weights += [self.sums[below.code].points for below in branch.branches]
        shares = spread(amount, weights, numerator, denominator)
        for part, share in zip(branch.standard, shares, strict=False):
            self.counted[part.code] = share
        for below, share in zip(branch.branches, shares[len(branch.standard) :], strict=True):
            self._spread_standard(below, share, numerator, denominator)

    def _spread_bonus(self, branch: Branch, amount: int) -> None:
        worth, na = self.points, self.na
        weights = [0 if code in na else worth.get(code, 0) for code in branch.bonuses]
        weights += [self.bonuses[below.code] for below in branch.branches]
        shares = spread(amount, weights, amount, sum(weights) or 1)
        self.counted.update(zip(branch.bonuses, shares, strict=False))
        for below, share in zip(branch.branches, shares[len(branch.bonuses) :], strict=True):
            self._spread_bonus(below, share)

    def _list(self, branch: Branch, lines: dict[str, Line]) -> Line:
        """Put the group's line before those of its parts, and return it."""
        points, na, shares = self.points, self.na, self.counted
        new = tuple.__new__  # what Line(...) comes to, in half the time: a card has many
        lines[branch.code] = Line(None, branch.maximum, False, 0)
        marked = None
        total = 0
        for code, most, is_penalty, below in branch.order:
            if below is not None:
                line = self._list(below, lines)
                given = line.points
            else:
                is_na = code in na
                given = None if is_na else points.get(code)
                if is_penalty:
                    line = new(Line, (given, most, is_na, -(given or 0)))
                    given = None if given is None else -given
                else:
                    line = new(Line, (given, most, is_na, shares.get(code, 0)))
                lines[code] = line
            total += line.counted
            if given is not None:
                marked = given + (marked or 0)
        is_na = bool(na) and branch.maximum > 0 and not self.sums[branch.code].applies
        line = Line(marked, branch.maximum, is_na, total)
        lines[branch.code] = line
        return line
