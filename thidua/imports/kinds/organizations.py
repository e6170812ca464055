"""Organisations: entered with their parents; those that are there already are used again."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model, Q

from thidua.accounts.acting import Acting
from thidua.imports.kinds.base import (
    CHANGE,
    MAKE,
    Kind,
    Made,
    Plan,
    Row,
    Step,
    Tick,
    register,
    sure,
)
from thidua.imports.kinds.units import Node, Planner, Unit
from thidua.organizations.actions.founding import (
    OrganizationFacts,
    Particulars,
    edit_organization,
    found_organizations,
)
from thidua.organizations.models import Organization

BATCH = 500


@register
class Organizations(Kind):
    """The sheet "Đơn vị"."""

    key = "organizations"
    order = 10
    makes = ("organizations.organization",)

    def plan(self, rows: Sequence[Row], *, by: Acting, choices: dict[str, str]) -> Plan:
        """Match each row with what is there, find what stands above it, refuse circles."""
        return Planner(rows, by, choices).plan()

    def write(self, plan: Plan, *, by: Acting, tick: Tick) -> Iterator[Made]:
        """Enter the new ones, each after the one above it; fill in what was blank."""
        things: dict[Node, Organization] = {}
        done, of = 0, len(plan.steps)
        for some in _batches([step for step in plan.steps if step.act == MAKE]):
            facts = [_facts(s.facts.row, _thing(things, s.facts.parent)) for s in some]
            founded = found_organizations(facts, by=by, is_illustration=by.is_illustration)
            for step, thing in zip(some, founded, strict=True):
                things["row", step.row] = thing
                yield Made(step.row, MAKE, thing)
            done += len(some)
            tick(done, of)
        for step in plan.steps:
            if step.act == CHANGE:
                yield _fill(step.facts, _thing(things, step.facts.parent), by)

    def undo_change(self, thing: Model, before: dict[str, Any], *, by: Acting) -> None:
        """Blank again what the import had filled in."""
        organization = Organization.objects.get(pk=thing.pk)
        told = _particulars(organization) | {k: v for k, v in before.items() if k != "parent"}
        if "parent" in before:
            told["parent"] = None
        edit_organization(organization, Particulars(**told), by=by)

    def undo_refusal(self, things: Sequence[Model]) -> str:
        """A unit that has changed its name since has a history of its own."""
        renamed = Organization.objects.filter(
            pk__in=[thing.pk for thing in things], names__until__isnull=False
        ).first()
        return renamed.name if renamed else ""

    def exported(self, by: Acting) -> Iterator[dict[str, Any]]:
        """Yield the units that one's own board is over; an operator's are all."""
        found = Organization.objects.filter(ended_on=None)
        if not by.is_operator:
            mine = by.organization_id
            found = found.filter(Q(pk=mine) | Q(parent=mine) | Q(keeper=mine))
        for unit in found.select_related("parent").prefetch_related("names"):
            name = unit.borne_on(unit.names.all()[len(unit.names.all()) - 1].since)
            yield {
                **{n: getattr(unit, n) for n in ("name", "short_name", "kind", "level", "place")},
                "parent": unit.parent.name if unit.parent else "",
                "since": name.known_since if name else None,
                "superior": name.superior if name else "",
                "officer_may_send": unit.officer_may_send,
                "source": unit.source,
            }


def _thing(things: dict[Node, Organization], node: Node | None) -> Organization | None:
    """Return the organisation of a node, read once if it was there before."""
    if node is None:
        return None
    if node not in things:
        things[node] = Organization.objects.get(pk=node[1])
    return things[node]


def _facts(row: Row, parent: Organization | None) -> OrganizationFacts:
    return OrganizationFacts(
        name=row.name,
        kind=row.kind,
        level=row.level,
        short_name=row.short_name,
        parent=parent,
        place=row.place,
        since=row.since,
        superior=row.superior,
        officer_may_send=row.officer_may_send,
        source=row.source,
    )


def _particulars(organization: Organization) -> dict[str, Any]:
    return {name: getattr(organization, name) for name in Particulars.__annotations__}


def _fill(unit: Unit, parent: Organization | None, by: Acting) -> Made:
    """Add what the row tells and the unit lacks; what stands there is not overwritten."""
    organization = Organization.objects.select_related("parent").get(pk=sure(unit.known).pk)
    told = _particulars(organization)
    before: dict[str, Any] = {}
    for name, value in (("parent", parent), ("place", unit.row.place), ("source", unit.row.source)):
        if value and not told[name]:
            before[name] = "" if name != "parent" else None
            told[name] = value
    edit_organization(organization, Particulars(**told), by=by)
    return Made(unit.row.at, CHANGE, organization, before)


def _batches(steps: list[Step]) -> Iterator[list[Step]]:
    """Yield the steps in batches, each after the one above it: there are no circles."""
    by_row = {step.row: step for step in steps}
    layers: dict[int, list[Step]] = {}
    depth: dict[int, int] = {}
    for step in steps:
        chain = []
        here: Step | None = step
        while here is not None and here.row not in depth:
            chain.append(here)
            parent = here.facts.parent
            here = by_row.get(parent[1]) if parent and parent[0] == "row" else None
        deep = depth[here.row] if here else 0
        for one in reversed(chain):
            deep += 1
            depth[one.row] = deep
            layers.setdefault(deep, []).append(one)
    for _deep, layer in sorted(layers.items()):
        for start in range(0, len(layer), BATCH):
            yield layer[start : start + BATCH]
