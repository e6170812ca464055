"""Finding the units of years past: also those that have ended, told apart by their years.

In July 2025 the association of the new Ninh Bình bears the name of the old one. A row of 2023
means the old one, a row of 2026 the new.
"""

from thidua.accounts.acting import Acting
from thidua.core.text import fold
from thidua.imports.kinds.base import Asking, Plan, Row
from thidua.imports.kinds.finding import (
    FORMER,
    FULL,
    SHORT,
    Known,
    Match,
    UnitCells,
    Units,
    is_ours,
)
from thidua.organizations.models import NOT_TOLD, Name, Organization


class PastUnits(Units):
    """All organisations, with the years in which there was one."""

    def __init__(self) -> None:
        super().__init__(ended=True)
        names = Name.objects.exclude(since=NOT_TOLD).order_by("-since")
        self.first = {pk: since.year for pk, since in names.values_list("organization", "since")}
        told = Name.objects.filter(since=NOT_TOLD).values_list("organization", flat=True)
        for pk in told:
            self.first.pop(pk, None)
        ended = Organization.objects.exclude(ended_on=None).order_by()
        self.last = {
            pk: (until or last).year
            for pk, last, until in ended.values_list("pk", "ended_on", "works_until")
            if last
        }

    def of_year(self, folded: str, year: int) -> list[Match]:
        """Return whom a folded name may mean in a year; none where all had ended before.

        Who began only later is meant only where there is nobody else: since when a name was borne
        is often all that is known of a beginning.
        """
        found = self._found.get(folded, {}).items()
        there = [Match(self.by_pk[pk], how) for pk, how in found if year <= self._last(pk, year)]
        begun = [match for match in there if self._first(match.unit.pk, year) <= year]
        for among in (begun, there):
            for how in (FULL, SHORT, FORMER):
                if matches := [match for match in among if match.how == how]:
                    return matches
        return []

    def _first(self, pk: int, year: int) -> int:
        return self.first.get(pk, year)

    def _last(self, pk: int, year: int) -> int:
        return self.last.get(pk, year)

    def label(self, unit: Known) -> str:
        """Return the unit's name with its years, which tell it from another of the same name."""
        years = (self.first.get(unit.pk, ""), self.last.get(unit.pk, ""))
        told = f" [{years[0]}–{years[1]}]" if any(years) else ""
        return super().label(unit) + told


class PastCells(UnitCells):
    """Reads the cells that name a unit of a year past; ``any_body``: also one of others."""

    units: PastUnits

    def __init__(self, plan: Plan, asking: Asking, by: Acting, *, any_body: bool = False) -> None:
        super().__init__(PastUnits(), plan, asking, by)
        self.any_body = any_body

    def of_year(self, row: Row, column: str) -> Match | None:
        """Return the unit a cell means in the row's year; else note an error or a question."""
        name = getattr(row, column)
        matches = self.units.of_year(fold(name), row.year)
        if not matches:
            is_known = bool(self.units.matches(fold(name)))
            code = "unit_of_another_year" if is_known else "unknown_unit"
            self.plan.wrong(row, column, code, name=name, year=str(row.year))
            return None
        unit = self._one(row, column, matches)
        if unit is None:
            return None
        if not self.any_body and not is_ours(self.by, unit):
            self.plan.wrong(row, column, "unit_of_others", name=unit.name)
            return None
        return next(match for match in matches if match.unit.pk == unit.pk)


def name_then(row: Row, match: Match, written: str) -> str:
    """Return the name a row says was borne then, or "": the one on record for that day holds."""
    return str(row.unit_name or (written if match.how == FORMER else ""))


def label(unit: Known) -> str:
    """Return the unit's short name where there is one."""
    return unit.short_name or unit.name
