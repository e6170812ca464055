"""People with the offices they hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from thidua.accounts.acting import Acting
from thidua.core.text import fold
from thidua.imports.kinds.base import (
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
from thidua.imports.kinds.finding import Known, UnitCells, Units
from thidua.imports.kinds.persons import People, Someone
from thidua.organizations.actions.people import enter_office, enter_person
from thidua.organizations.models import Office, Organization, Person


@dataclass
class Holder:
    """What a step does: a person holds an office in a unit."""

    row: Row
    someone: Someone
    unit: int


@register
class Offices(Kind):
    """The sheet "Người và chức vụ"."""

    key = "people"
    order = 30
    makes = ("organizations.person", "organizations.office")

    def plan(self, rows: Sequence[Row], *, by: Acting, choices: dict[str, str]) -> Plan:
        """Find the unit and the person of each row, and whether the office is there."""
        plan = Plan()
        asking = Asking(plan, choices)
        units = Units()
        cells, people = UnitCells(units, plan, asking, by), People(units)
        there = {
            (person, unit, fold(post))
            for person, unit, post in Office.objects.values_list("person", "organization", "post")
        }
        told: dict[tuple[int, int, str], int] = {}
        for row in rows:
            unit = cells.find(row, "organization", row.organization)
            _refuse_days(plan, row)
            if unit is not None and (someone := people.find(row, unit, asking)):
                _add(plan, row, someone, unit, there, told)
        return plan

    def write(self, plan: Plan, *, by: Acting, tick: Tick) -> Iterator[Made]:
        """Enter who is new, then each office."""
        entered: dict[int, Person] = {}
        units = Organization.objects.in_bulk({s.facts.unit for s in plan.steps if s.act == MAKE})
        for done, step in enumerate(plan.steps):
            if step.act == MAKE:
                holder: Holder = step.facts
                someone = holder.someone
                if someone.pk is None and id(someone) not in entered:
                    person = enter_person(someone.name, by=by, is_illustration=by.is_illustration)
                    entered[id(someone)] = person
                    yield Made(step.row, MAKE, person)
                person = entered.get(id(someone)) or Person.objects.get(pk=sure(someone.pk))
                yield Made(step.row, MAKE, _enter(holder, person, units[holder.unit], by))
            tick(done + 1, len(plan.steps))

    def exported(self, by: Acting) -> Iterator[dict[str, Any]]:
        """Yield who holds which office in the units that one's own board is over."""
        offices = Office.objects.select_related("person", "organization")
        if not by.is_operator:
            mine = by.organization_id
            offices = offices.filter(
                Q(organization=mine) | Q(organization__parent=mine) | Q(organization__keeper=mine)
            )
        for office in offices.order_by("organization__sort_key", "pk"):
            yield {
                "full_name": office.person.full_name,
                "organization": office.organization.name,
                **{name: getattr(office, name) for name in ("post", "since", "until", "source")},
            }


def _refuse_days(plan: Plan, row: Row) -> None:
    if row.since and row.until and row.until < row.since:
        plan.wrong(row, "until", "days_in_wrong_order")


def _add(
    plan: Plan,
    row: Row,
    someone: Someone,
    unit: Known,
    there: set[tuple[int, int, str]],
    told: dict[tuple[int, int, str], int],
) -> None:
    post = fold(row.post)
    other = told.setdefault((id(someone), unit.pk, post), row.at)
    if other != row.at:
        plan.wrong(row, "post", "office_twice", other=other, name=row.full_name)
        return
    act = KEEP if someone.pk and (someone.pk, unit.pk, post) in there else MAKE
    what = f"{row.full_name}, {row.post}, {unit.short_name or unit.name}"
    plan.steps.append(Step(row.at, act, what, Holder(row, someone, unit.pk)))


def _enter(holder: Holder, person: Person, unit: Organization, by: Acting) -> Office:
    row = holder.row
    days = {"since": row.since, "until": row.until}
    return enter_office(person, unit, by=by, post=row.post, source=row.source, **days)
