"""Cards: what a member's marks come to, opened to exactly their marks.

total = standard + bonus − penalty (domain.md 4.2, 4.3: 1000 = 950 standard + 50 bonus, penalties
subtracted), which may pass the maximum (4.4: 97 + 10 = 107 of 100) and may fall below 0. Rescaling
and caps are told in `compiled`, the points of a criterion in `rules` and `relative`.
"""

from collections.abc import Collection, Hashable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, TypeVar

from thidua.marks.arithmetic import percent_of
from thidua.marks.compiled import Branch, Line, Opening, bonus_of, bonus_tree, compiled, standard_of
from thidua.marks.faults import Fault
from thidua.marks.relative import relative_to_best
from thidua.marks.rules import Given, Kind, Rule
from thidua.marks.tables import MAX_LEVELS, Leaf, Table, walk

__all__ = ["Line", "Move", "Scheme", "Score", "moved", "relative_points", "score"]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Score:
    """What one card came to; all points are hundredths.

    ``penalty`` is the positive sum that was subtracted; ``maximum`` the table's standard maximum,
    whatever does not apply; ``knockouts`` the criteria that bar; ``missing`` the standard
    criteria without points that are not "not applicable" either (they count 0).
    """

    total: int
    standard: int
    bonus: int
    penalty: int
    maximum: int
    knockouts: tuple[str, ...]
    missing: tuple[str, ...]
    _root: Branch = field(repr=False, compare=False)
    _points: Mapping[str, int] = field(repr=False, compare=False)
    _na: AbstractSet[str] = field(repr=False, compare=False)

    @property
    def percent(self) -> Decimal:
        """The total as % of the maximum, two places half-up."""
        return percent_of(self.total, self.maximum)

    @property
    def exact_percent(self) -> Decimal:
        """The same unrounded, for classes: 89.996 % shows as 90.00 and is under 90."""
        return Decimal(self.total * 100) / self.maximum if self.maximum > 0 else Decimal(0)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was marked: such a unit is not ranked."""
        return not self._points and not self._na

    @cached_property
    def _opening(self) -> Opening:
        return Opening(self._root, self._points, self._na)

    @cached_property
    def groups(self) -> dict[str, int]:
        """What each group adds to the total: the ``counted`` of its line."""
        return self._opening.groups()

    @cached_property
    def lines(self) -> dict[str, Line]:
        """Every group (the table itself under its root's code) and criterion, in order.

        The criteria's ``counted`` sum exactly to ``total``, and so do a group's parts to it.
        """
        return self._opening.lines()


class Scheme:
    """A table made ready to score many cards.

    Faults: ``code_twice``, ``too_deep``; a table without `tables.problems` has neither.
    """

    def __init__(self, table: Table) -> None:
        self._leaves: dict[str, Leaf] = {}
        self._rules: dict[str, Rule] = {}
        seen = set()
        for level, node in walk(table):
            if level > MAX_LEVELS:
                raise Fault("too_deep", criterion=node.code, limit=MAX_LEVELS)
            if node.code in seen:
                raise Fault("code_twice", criterion=node.code)
            seen.add(node.code)
            if isinstance(node, Leaf):
                self._leaves[node.code] = node
                self._rules[node.code] = node.rule.on_step(table.step)
        every = self._leaves.values()
        self._root = compiled(table.root)
        self._standard = tuple(leaf.code for leaf in every if leaf.is_standard)
        self._bonuses = tuple(leaf.code for leaf in every if leaf.is_extra)
        self._bonus_root = bonus_tree(self._root)
        self._penalties = tuple(leaf.code for leaf in every if leaf.is_penalty)

    @property
    def maximum(self) -> int:
        """The sum of the standard maxima."""
        return self._root.maximum

    def points(self, code: str, given: Given) -> int | None:
        """Return the points of a criterion, with the table's step; None as in ``Rule.points``.

        Faults, all with ``criterion``: those of a mark, ``no_such_criterion``,
        ``na_not_allowed``.
        """
        leaf = self._leaves.get(code)
        if leaf is None:
            raise Fault("no_such_criterion", criterion=code)
        if given.is_na and not leaf.allows_na:
            raise Fault("na_not_allowed", criterion=code)
        try:
            return self._rules[code].points(given)
        except Fault as fault:
            raise Fault(fault.code, **fault.facts, criterion=code) from None

    def score(self, card: Mapping[str, Given], relative: Mapping[str, int] | None = None) -> Score:
        """Return what a card comes to; ``relative``: its points from ``relative_points``.

        Faults as ``points``.
        """
        points = {}
        na = set()
        knocked = set()
        for code, given in card.items():
            its = self.points(code, given)
            if given.is_na:
                na.add(code)
            elif its is not None:
                points[code] = its
                if self._rules[code].knocks_out(given):
                    knocked.add(code)
        points.update(relative or {})
        return self.score_points(points, na, knocked)

    def score_points(
        self,
        points: Mapping[str, int],
        na: AbstractSet[str] = frozenset(),
        knocked: Collection[str] = (),
    ) -> Score:
        """Return what points reckoned before come to; nothing is checked here, for speed.

        ``points``: hundredths by criterion, a penalty positive; ``na``: what does not apply;
        ``knocked``: the criteria that bar.
        """
        standard, missing = self._standard_sum(points, na)
        bonus = self._bonus_sum(points, na)
        get = points.get
        penalty = sum([get(code, 0) for code in self._penalties if code not in na])
        return Score(
            standard + bonus - penalty,
            standard,
            bonus,
            penalty,
            self._root.maximum,
            tuple(code for code in self._leaves if code in knocked) if knocked else (),
            missing,
            self._root,
            dict(points),
            frozenset(na),
        )

    def _standard_sum(
        self, points: Mapping[str, int], na: AbstractSet[str]
    ) -> tuple[int, tuple[str, ...]]:
        if not na:
            try:
                return sum(map(points.__getitem__, self._standard)), ()
            except KeyError:
                pass
        missing = tuple(c for c in self._standard if c not in points and c not in na)
        if na:
            return standard_of(self._root, points, na, {}).points, missing
        return sum([points.get(code, 0) for code in self._standard]), missing

    def _bonus_sum(self, points: Mapping[str, int], na: AbstractSet[str]) -> int:
        if not any(map(points.get, self._bonuses)):
            return 0
        return bonus_of(self._bonus_root, points, na, {})


def score(
    table: Table, card: Mapping[str, Given], relative: Mapping[str, int] | None = None
) -> Score:
    """Return what one card comes to; for many cards of a table make a ``Scheme`` once."""
    return Scheme(table).score(card, relative)


def relative_points(
    table: Table, cards: Mapping[Key, Mapping[str, Given]]
) -> dict[Key, dict[str, int]]:
    """Return, for each card of the cluster, its points by criterion that is leader-relative.

    A card without a figure for a criterion has no points for it, and is no one's best. Faults,
    with ``criterion`` and ``key``: those of the figure and its target.
    """
    found: dict[Key, dict[str, int]] = {key: {} for key in cards}
    for _level, node in walk(table):
        if not isinstance(node, Leaf) or node.rule.kind is not Kind.LEADER_RELATIVE:
            continue
        given = {key: card[node.code] for key, card in cards.items() if node.code in card}
        try:
            points = relative_to_best(node.rule.on_step(table.step), given)
        except Fault as fault:
            raise Fault(fault.code, **fault.facts, criterion=node.code) from None
        for key, its in points.items():
            found[key][node.code] = its
    return found


class Move(NamedTuple):
    """How one unit moved between two versions; None: it had no points, or no rank."""

    key: Hashable
    from_points: int | None
    to_points: int | None
    from_rank: int | None
    to_rank: int | None


Standings = Mapping[Key, tuple[int | None, int | None]]


def moved(before: Standings[Key], after: Standings[Key]) -> list[Move]:
    """Return who changed, in points or in rank, from one version of a result to the next.

    Both give (points, rank) by unit; `ranking.standings` makes them of a ranking. Those with a
    rank now come first, best first; among equals in the order of ``after``, then ``before``.
    """
    nothing = (None, None)
    moves = [
        Move(key, *_crossed(before.get(key, nothing), after.get(key, nothing)))
        for key in {**after, **before}
        if before.get(key, nothing) != after.get(key, nothing)
    ]
    return sorted(moves, key=lambda move: (move.to_rank is None, move.to_rank or 0))


def _crossed(
    before: tuple[int | None, int | None], after: tuple[int | None, int | None]
) -> tuple[int | None, int | None, int | None, int | None]:
    return before[0], after[0], before[1], after[1]
