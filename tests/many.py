"""A year of many members out of one of few, for tests of what a page costs.

`more_like(world, 2, 22)` lets 22 more organisations take part that have all that the third member
has: its registration, its reports, its cards, its words and signatures. They are rows copied at
once, nobody's deed, since by deeds it takes long; people and what is told to them are not copied.
"""

import copy
from collections.abc import Iterable
from typing import Any

from django.db import models

from tests.factories import World
from thidua.organizations.models import Organization

NOT_OF_A_MEMBER = {"audit", "notifications", "accounts"}
Rows = dict[type[models.Model], dict[int, models.Model]]


def more_like(world: World, member: int, count: int) -> None:
    """Let ``count`` more members take part as this one does."""
    enrolment = world.enrolments[member]
    found: Rows = {}
    _collect([enrolment.organization, enrolment], found)
    copied: dict[tuple[type[models.Model], int], list[models.Model]] = {}
    for model in _owners_first(list(found)):
        for pk, row in sorted(found[model].items()):
            copied[model, pk] = model._default_manager.bulk_create(
                _copy(row, number, copied) for number in range(count)
            )
    world.cycle = world.fresh_cycle()
    world.enrolments = world.cycle.current()
    world.members = [enrolment.organization for enrolment in world.enrolments]


def _collect(rows: Iterable[models.Model], found: Rows) -> None:
    """Gather the rows with all that hangs on them."""
    for row in rows:
        of_its_kind = found.setdefault(type(row), {})
        if row.pk in of_its_kind:
            continue
        of_its_kind[row.pk] = row
        relations: Iterable[Any] = row._meta.get_fields(include_hidden=True)
        for relation in relations:
            if (relation.one_to_many or relation.one_to_one) and relation.auto_created:
                model = relation.related_model
                if model._meta.app_label not in NOT_OF_A_MEMBER:
                    _collect(model._base_manager.filter(**{relation.field.name: row.pk}), found)


def _owners_first(kinds: list[type[models.Model]]) -> list[type[models.Model]]:
    """Return the models so that each stands after those it names."""
    ordered: list[type[models.Model]] = []
    while kinds:
        free = [kind for kind in kinds if not _named_by(kind) & set(kinds)]
        ordered += free
        kinds = [kind for kind in kinds if kind not in free]
    return ordered


def _named_by(kind: type[models.Model]) -> set[Any]:
    return {f.related_model for f in kind._meta.concrete_fields if f.is_relation} - {kind}


def _copy(
    row: models.Model,
    number: int,
    copied: dict[tuple[type[models.Model], int], list[models.Model]],
) -> models.Model:
    new = copy.copy(row)
    new._state = models.base.ModelState()
    new._state.fields_cache = {}
    new.pk = None
    for f in row._meta.concrete_fields:
        if f.is_relation and (f.related_model, getattr(row, f.attname)) in copied:
            there = copied[f.related_model, getattr(row, f.attname)]  # type: ignore[index]
            setattr(new, f.attname, there[number].pk)
    if isinstance(new, Organization):
        new.name = f"{new.name}, số {number + 2}"
    if hasattr(new, "place") and hasattr(new, "joined_on"):
        new.place += number + 1
    return new
