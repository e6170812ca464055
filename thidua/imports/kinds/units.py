"""Planning a sheet of organisations: which are there, what stands above each, no circles."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from thidua.accounts.acting import Acting
from thidua.core.text import fold
from thidua.imports.kinds.base import CHANGE, KEEP, MAKE, OTHER, Asking, Option, Plan, Row, Step
from thidua.imports.kinds.finding import FORMER, FULL, SHORT, Known, Match, Units, is_ours

Node = tuple[str, int]  # ("row", its number) or ("unit", pk)
CODES = {FULL: "same_unit", SHORT: "unit_by_short_name", FORMER: "unit_by_former_name"}


@dataclass
class Unit:
    """What a step does: the row, the unit that is there (or none), and what stands above it."""

    row: Row
    known: Known | None
    parent: Node | None = None

    @property
    def node(self) -> Node:
        """The unit as others name it."""
        return ("unit", self.known.pk) if self.known else ("row", self.row.at)


class Planner:
    """Plans one sheet."""

    def __init__(self, rows: Sequence[Row], by: Acting, choices: dict[str, str]) -> None:
        self.rows, self.by = rows, by
        self.result = Plan()
        self.asking = Asking(self.result, choices)
        self.there = Units()
        self.units: list[Unit] = []
        self.named: dict[str, list[Unit]] = {}
        self.above: dict[Node, Node | None] = {}
        self.safe: set[Node] = set()  # from here up it ends
        self.open: set[int] = set()  # rows of which it must be told first what they mean
        self.fold = cache(fold)

    def plan(self) -> Plan:
        """Return what the sheet comes to."""
        self._tell_units()
        self._refuse_one_unit_twice()
        for unit in self.units:
            self._place(unit)
        for unit in self.units:
            self._refuse_circle(unit)
            if unit.row.at not in self.open:
                self.result.steps.append(self._step(unit))
        return self.result

    def _tell_units(self) -> None:
        """Say of each row whether its unit is there; refuse two rows with one name."""
        first: dict[tuple[str, str], int] = {}
        for row in self.rows:
            name = fold(row.name)
            key = (name, self.fold(row.parent))
            other = first.setdefault(key, row.at)
            if other != row.at:
                self.result.wrong(row, "name", "twice", name=row.name, other=other)
                continue
            unit = Unit(row, self._known(row, name))
            self.units.append(unit)
            self.named.setdefault(name, []).append(unit)

    def _known(self, row: Row, name: str) -> Known | None:
        matches = [m for m in self.there.matches(name) if self._may_stand_under(m.unit, row)]
        if not matches:
            return None
        if len(matches) == 1 and matches[0].how == FULL and matches[0].unit.name == row.name:
            return matches[0].unit
        chosen = self._ask(row, matches)
        if chosen == OTHER:
            self._refuse_identical(row, matches)
        return self.there.by_pk.get(int(chosen)) if chosen.isdigit() else None

    def _ask(self, row: Row, matches: list[Match]) -> str:
        is_one = len(matches) == 1
        usual = str(matches[0].unit.pk) if is_one and matches[0].how == FULL else ""
        options = [*self.there.options(matches), Option(OTHER, "")]
        code = CODES[matches[0].how] if is_one else "which_unit"
        chosen = self.asking.ask(row, "name", code, options, usual)
        if not chosen:
            self.open.add(row.at)
        return chosen

    def _may_stand_under(self, unit: Known, row: Row) -> bool:
        """Say whether nothing speaks against it: two units may have one name under two others."""
        if not row.parent or unit.parent_id is None:
            return True
        above = self.there.matches(self.fold(row.parent))
        return any(match.unit.pk == unit.parent_id for match in above)

    def _refuse_identical(self, row: Row, matches: list[Match]) -> None:
        for unit in (match.unit for match in matches):
            above = self.there.by_pk.get(unit.parent_id or 0)
            same_parent = self.fold(above.name if above else "") == self.fold(row.parent)
            if (unit.name, unit.level) == (row.name, row.level) and same_parent:
                self.result.wrong(row, "name", "identical_unit", name=row.name)

    def _refuse_one_unit_twice(self) -> None:
        first: dict[int, int] = {}
        for unit in self.units:
            if unit.known:
                other = first.setdefault(unit.known.pk, unit.row.at)
                if other != unit.row.at:
                    name = unit.known.name
                    self.result.wrong(unit.row, "name", "twice_known", name=name, other=other)

    def _place(self, unit: Unit) -> None:
        """Find what stands above the unit: in the sheet first, then among what is there."""
        row = unit.row
        if not row.parent or (unit.known and unit.known.parent_id):
            return
        parent = self._in_sheet(unit) or self._in_house(unit)
        if parent is not None and self._may_found_under(parent):
            unit.parent = parent
            self.above[unit.node] = parent
        elif parent is not None:
            self.result.wrong(row, "parent", "parent_of_others", name=row.parent)

    def _in_sheet(self, unit: Unit) -> Node | None:
        named = self.named.get(self.fold(unit.row.parent), [])
        if len(named) > 1:
            self.result.wrong(unit.row, "parent", "parent_unclear", name=unit.row.parent)
        return named[0].node if named else None

    def _in_house(self, unit: Unit) -> Node | None:
        row = unit.row
        matches = self.there.matches(self.fold(row.parent))
        if not matches:
            code = "unknown_parent"
        elif len(matches) > 1:
            code = "parent_unclear"
        else:
            return ("unit", matches[0].unit.pk)
        self.result.wrong(row, "parent", code, name=row.parent)
        return None

    def _may_found_under(self, parent: Node) -> bool:
        return parent[0] == "row" or is_ours(self.by, self.there.by_pk[parent[1]])

    def _refuse_circle(self, unit: Unit) -> None:
        path: dict[Node, None] = {unit.node: None}
        here = self._above(unit.node)
        while here is not None and here not in path and here not in self.safe:
            path[here] = None
            here = self._above(here)
        if here is None or here in self.safe:
            self.safe.update(path)
        elif here == unit.node:
            names = " → ".join([*(self._name(node) for node in list(path)[:6]), self._name(here)])
            self.result.wrong(unit.row, "parent", "circle", chain=names)
            del self.above[here]  # told once for all of them
            unit.parent = None

    def _above(self, node: Node) -> Node | None:
        if node in self.above:
            return self.above[node]
        known = self.there.by_pk.get(node[1]) if node[0] == "unit" else None
        return ("unit", known.parent_id) if known and known.parent_id else None

    def _name(self, node: Node) -> str:
        if node[0] == "unit":
            return self.there.by_pk[node[1]].name
        return next(str(unit.row.name) for unit in self.units if unit.row.at == node[1])

    def _step(self, unit: Unit) -> Step:
        row = unit.row
        if unit.known is None:
            return Step(row.at, MAKE, row.name, unit)
        act = CHANGE if self._adds_something(unit) else KEEP
        return Step(row.at, act, unit.known.name, unit)

    def _adds_something(self, unit: Unit) -> bool:
        """Say whether the row tells what the unit lacks, and one may write it there."""
        known = unit.known
        if known is None or not is_ours(self.by, known):
            return False
        lacks_place = bool(unit.row.place) and not known.place
        lacks_source = bool(unit.row.source) and not known.source
        return unit.parent is not None or lacks_place or lacks_source
