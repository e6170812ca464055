"""Blocs with the members and roles of a year: one row for each member."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Model, Prefetch

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.core.text import fold
from thidua.cycles.actions.members import hand_lead, join_cycle
from thidua.cycles.actions.years import CycleFacts, found_cycle
from thidua.cycles.models import Cycle, Enrolment
from thidua.imports.kinds.base import (
    CHANGE,
    KEEP,
    MAKE,
    Asking,
    Kind,
    Made,
    Plan,
    Row,
    Step,
    Tick,
    register,
    sure,
)
from thidua.imports.kinds.finding import UnitCells, Units
from thidua.organizations.actions.blocs import BlocFacts, found_bloc
from thidua.organizations.models import Bloc, Organization

Role = Enrolment.Role
BLOC_FACTS = (
    *("name", "kind", "level", "number", "short_name"),
    *("decision_number", "decision_on", "decision_by", "place"),
)


class BlocKey(NamedTuple):
    """What tells one bloc of a managing body from another."""

    kind: str
    number: str
    name: str


@dataclass
class Year:
    """One bloc in one year, as the sheet and the house have it."""

    first: Row
    bloc: Bloc | None
    cycle: Cycle | None
    enrolled: dict[int, Enrolment] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)  # told by the sheet

    @property
    def changes_roles(self) -> bool:
        """Whether somebody's role is another than it was."""
        return any(
            pk in self.enrolled and self.enrolled[pk].role != role
            for pk, role in self.roles.items()
        )


@dataclass
class Member:
    """What a step does: a member of a year, in a role."""

    row: Row
    year: Year
    unit: int


@register
class Blocs(Kind):
    """The sheet "Khối, cụm và đơn vị thành viên"."""

    key = "blocs"
    order = 20
    makes = ("organizations.bloc", "cycles.cycle", "cycles.enrolment")

    def plan(self, rows: Sequence[Row], *, by: Acting, choices: dict[str, str]) -> Plan:
        """Match blocs and years with what is there, and each member with its unit."""
        return _Planner(rows, by, choices).plan()

    def write(self, plan: Plan, *, by: Acting, tick: Tick) -> Iterator[Made]:
        """Found what is new, let the members join, then name who leads, year by year."""
        years = {id(step.facts.year): step.facts.year for step in plan.steps}
        changing = {key for key, year in years.items() if year.changes_roles}
        for done, step in enumerate(plan.steps):
            yield from _begin(step.facts.year, by)
            if step.act == MAKE:
                yield _join(step.facts, by)
            tick(done + 1, len(plan.steps))
        for key, year in years.items():
            yield from _name_leaders(year, by, changed=key in changing)

    def undo_change(self, thing: Model, before: dict[str, Any], *, by: Acting) -> None:
        """Give the roles back to those who had them, as far as they are still there."""
        cycle = Cycle.objects.get(pk=thing.pk)
        there = {e.pk: e for e in cycle.enrolments.filter(left_on=None)}
        hand_lead(
            cycle,
            by=by,
            leaders=[there[pk] for pk in before["leaders"] if pk in there],
            deputies=[there[pk] for pk in before["deputies"] if pk in there],
            reviewer=there.get(before["reviewer"] or 0),
        )

    def exported(self, by: Acting) -> Iterator[dict[str, Any]]:
        """Yield the members of every year of one's own blocs; an operator's are all."""
        cycles = Cycle.objects.select_related("bloc").order_by("bloc__sort_key", "year")
        if not by.is_operator:
            cycles = cycles.filter(bloc__managing_body=by.organization_id)
        members = Enrolment.objects.filter(left_on=None).select_related("organization")
        for cycle in cycles.prefetch_related(Prefetch("enrolments", members)):
            facts = {name: getattr(cycle.bloc, name) for name in BLOC_FACTS}
            for member in cycle.enrolments.all():
                told = {"year": cycle.year, "member": member.organization.name}
                yield {**facts, **told, "role": member.role}


def _begin(year: Year, by: Acting) -> Iterator[Made]:
    """Found the bloc and its year where they are not there yet."""
    row = year.first
    if year.bloc is None:
        told = {name: getattr(row, name) for name in BLOC_FACTS}
        facts = BlocFacts(managing_body=sure(by.organization), **told)
        year.bloc = found_bloc(facts, by=by, is_illustration=by.is_illustration)
        yield Made(row.at, MAKE, year.bloc)
    if year.cycle is None:
        year.cycle = found_cycle(
            year.bloc,
            by=by,
            year=row.year,
            facts=CycleFacts(),
            is_illustration=by.is_illustration,
        )
        yield Made(row.at, MAKE, year.cycle)


def _join(member: Member, by: Acting) -> Made:
    organization = Organization.objects.get(pk=member.unit)
    enrolment = join_cycle(sure(member.year.cycle), organization, by=by)
    member.year.enrolled[member.unit] = enrolment
    return Made(member.row.at, MAKE, enrolment)


def _name_leaders(year: Year, by: Acting, *, changed: bool) -> Iterator[Made]:
    """Hand the lead as the sheet says; whom it does not name keeps their role."""
    told = {pk: role for pk, role in year.roles.items() if role != Role.MEMBER}
    if not told and not changed:
        return
    cycle = sure(year.cycle)
    before = _roles(list(year.enrolled.values()))
    wanted = {pk: year.roles.get(pk, e.role) for pk, e in year.enrolled.items()}
    now = {role: [e for pk, e in year.enrolled.items() if wanted[pk] == role] for role in Role}
    leaders, deputies = now[Role.LEADER], now[Role.DEPUTY]
    reviewer = next((e for e in year.enrolled.values() if e.reviews_leader), None)
    named = {
        "leaders": [e.pk for e in leaders],
        "deputies": [e.pk for e in deputies],
        "reviewer": reviewer.pk if reviewer and reviewer not in leaders else None,
    }
    if named == before:
        return
    hand_lead(
        cycle,
        by=by,
        leaders=leaders,
        deputies=deputies,
        reviewer=reviewer if named["reviewer"] else None,
    )
    if changed:
        yield Made(year.first.at, CHANGE, cycle, before)


def _roles(enrolments: list[Enrolment]) -> dict[str, Any]:
    """Return who leads and helps, as it is kept for undoing."""
    return {
        "leaders": [e.pk for e in enrolments if e.role == Role.LEADER],
        "deputies": [e.pk for e in enrolments if e.role == Role.DEPUTY],
        "reviewer": next((e.pk for e in enrolments if e.reviews_leader), None),
    }


class _Planner:
    def __init__(self, rows: Sequence[Row], by: Acting, choices: dict[str, str]) -> None:
        self.rows, self.by = rows, by
        self.result = Plan()
        asking = Asking(self.result, choices)
        self.cells = UnitCells(Units(), self.result, asking, by)
        self.there = {_key(bloc): bloc for bloc in self._blocs()}
        self.years: dict[tuple[BlocKey, int], Year] = {}

    def _blocs(self) -> list[Bloc]:
        members = Prefetch("cycles__enrolments", Enrolment.objects.all())
        mine = Bloc.objects.filter(managing_body=self.by.organization_id, closed_on=None)
        return list(mine.prefetch_related("cycles", members))

    def plan(self) -> Plan:
        steps = []
        for row in self.rows:
            unit = self.cells.find(row, "member", row.member)
            year = self._year(row)
            if unit is not None and year is not None:
                steps.append((row, year, unit))
        for row, year, unit in steps:
            self._add(row, year, unit.pk, unit.name)
        return self.result

    def _year(self, row: Row) -> Year | None:
        """Return the year a row belongs to; note what it tells otherwise than the first row."""
        if not 1948 <= row.year <= clock.today().year + 2:
            self.result.wrong(row, "year", "year_out_of_range", year=str(row.year))
            return None
        if row.decision_on and row.decision_on > clock.today():
            self.result.wrong(row, "decision_on", "decision_to_come")
        key = BlocKey(row.kind, fold(row.number), fold(row.name))
        year = self.years.get((key, row.year))
        if year is None:
            year = self.years[key, row.year] = self._first(row, key)
        elif (row.level, row.decision_number) != (year.first.level, year.first.decision_number):
            self.result.wrong(row, "name", "bloc_differs", other=year.first.at, name=row.name)
        return year

    def _first(self, row: Row, key: BlocKey) -> Year:
        bloc = self.there.get(key)
        cycle = next((c for c in bloc.cycles.all() if c.year == row.year), None) if bloc else None
        if cycle is not None and not cycle.is_running:
            self.result.wrong(row, "year", "year_is_over", year=str(row.year))
        enrolled = {e.organization_id: e for e in cycle.enrolments.all()} if cycle else {}
        return Year(row, bloc, cycle, enrolled)

    def _add(self, row: Row, year: Year, unit: int, name: str) -> None:
        if unit in year.roles:
            self.result.wrong(row, "member", "member_twice", name=name)
            return
        role = row.role or Role.MEMBER
        there = year.enrolled.get(unit)
        if there is not None and there.left_on is not None:
            self.result.wrong(row, "member", "member_left", name=name)
            return
        year.roles[unit] = role
        act = MAKE
        if there is not None:
            # A blank cell does not take the lead from anybody.
            year.roles[unit] = row.role or there.role
            act = KEEP if year.roles[unit] == there.role else CHANGE
        what = f"{row.name}, {row.year}: {name}"
        self.result.steps.append(Step(row.at, act, what, Member(row, year, unit)))


def _key(bloc: Bloc) -> BlocKey:
    return BlocKey(bloc.kind, fold(bloc.number), fold(bloc.name))
