"""Finding what a sheet means among what is there: organisations and people by their names."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from thidua.accounts.acting import Acting
from thidua.core.text import fold
from thidua.imports.kinds.base import Asking, Option, Plan, Row
from thidua.organizations.models import Name, Organization

FULL, SHORT, FORMER = "full", "short", "former"
MOST_OFFERED = 8


class Known(NamedTuple):
    """An organisation of ours, as little of it as finding needs."""

    pk: int
    name: str
    short_name: str
    parent_id: int | None
    keeper_id: int | None
    level: str
    place: str
    source: str


@dataclass(frozen=True)
class Match:
    """An organisation that a name may mean, and by which of its names."""

    unit: Known
    how: str


class Units:
    """All organisations that go on, found by folded full, short or former name.

    ``ended`` True: also those that have ended, for what is told of years past.
    """

    def __init__(self, *, ended: bool = False) -> None:
        found = Organization.objects.all() if ended else Organization.objects.filter(ended_on=None)
        rows = found.order_by().values_list(*Known._fields)
        self.by_pk = {row[0]: Known(*row) for row in rows}
        self._found: dict[str, dict[int, str]] = defaultdict(dict)
        former = (
            Name.objects.exclude(until=None)
            .order_by()
            .values_list("organization_id", "name", "short_name")
        )
        for pk, name, short_name in former:
            if pk in self.by_pk:
                self._add(name, pk, FORMER)
                self._add(short_name, pk, FORMER)
        for unit in self.by_pk.values():
            self._add(unit.short_name, unit.pk, SHORT)
            self._add(unit.name, unit.pk, FULL)

    def _add(self, name: str, pk: int, how: str) -> None:
        if name:
            self._found[fold(name)][pk] = how

    def matches(self, folded: str) -> list[Match]:
        """Return whom a folded name may mean: by full names if any, else by short, then former."""
        found = self._found.get(folded)
        if not found:
            return []
        for how in (FULL, SHORT, FORMER):
            if matches := [Match(self.by_pk[pk], how) for pk, h in found.items() if h == how]:
                return matches
        return []

    def label(self, unit: Known) -> str:
        """Return the unit's name, with the one above it."""
        above = self.by_pk.get(unit.parent_id or 0)
        return f"{unit.name} ({above.short_name or above.name})" if above else unit.name

    def options(self, matches: Iterable[Match]) -> list[Option]:
        """Return the units as answers to a question."""
        return [Option(str(m.unit.pk), self.label(m.unit)) for m in list(matches)[:MOST_OFFERED]]


def is_ours(by: Acting, unit: Known) -> bool:
    """Say whether a board may write there: the twin of `organizations.edit_organization`.

    Who runs the installation may write everywhere.
    """
    mine = by.organization_id
    is_over = by.has_role("board") and mine in (unit.pk, unit.parent_id, unit.keeper_id)
    return by.is_operator or is_over


class UnitCells:
    """Reads the cells that name an organisation which must be there."""

    def __init__(self, units: Units, plan: Plan, asking: Asking, by: Acting) -> None:
        self.units, self.plan, self.asking, self.by = units, plan, asking, by

    def find(self, row: Row, column: str, name: str) -> Known | None:
        """Return the organisation a cell means; else note an error or a question, and None."""
        if not name:
            self.plan.wrong(row, column, "no_unit")
            return None
        matches = self.units.matches(fold(name))
        if not matches:
            self.plan.wrong(row, column, "unknown_unit", name=name)
            return None
        unit = self._one(row, column, matches)
        if unit is not None and not is_ours(self.by, unit):
            self.plan.wrong(row, column, "unit_of_others", name=unit.name)
            return None
        return unit

    def _one(self, row: Row, column: str, matches: list[Match]) -> Known | None:
        if len(matches) == 1 and matches[0].how != FORMER:
            return matches[0].unit
        usual = str(matches[0].unit.pk) if len(matches) == 1 else ""
        code = "unit_by_former_name" if len(matches) == 1 else "which_unit"
        chosen = self.asking.ask(row, column, code, self.units.options(matches), usual)
        return self.units.by_pk.get(int(chosen)) if chosen else None
