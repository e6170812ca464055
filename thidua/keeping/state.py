"""At which step of its history a database stands: which migrations it has had.

A backup notes them all, so that it can be told whether this program is older than it, as old, or
newer, and so that an older one can be brought forward.
"""

from functools import cache

from django.apps import apps
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

Applied = dict[str, list[str]]
# A session that somebody else may find in a backup would let them in: all sign in again.
LEFT_OUT = {"sessions.session"}


def applied_in(alias: str) -> Applied:
    """Return the migrations that the database has had, by app."""
    found: Applied = {}
    for app, name in sorted(MigrationRecorder(connections[alias]).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def known() -> Applied:
    """Return the migrations that this program has."""
    found: Applied = {}
    for app, name in sorted(_graph().graph.nodes):
        found.setdefault(app, []).append(name)
    return found


def strange_to_us(applied: Applied) -> list[str]:
    """Return the migrations (`app.name`) that this program does not have: a newer one made them."""
    mine = known()
    return [
        f"{app}.{name}"
        for app, names in applied.items()
        for name in names
        if name not in mine.get(app, [])
    ]


def is_ours(applied: Applied) -> bool:
    """Say whether a database in this state is just as this program wants it."""
    return applied == known()


def targets(applied: Applied) -> list[tuple[str, str]]:
    """Return the last migrations of each app, from which all the others follow."""
    graph = _graph().graph
    there = {(app, name) for app, names in applied.items() for name in names}
    return [
        node
        for node in sorted(there)
        if not any(
            child.key in there and child.key[0] == node[0]
            for child in graph.node_map[node].children
        )
    ]


def models_at(applied: Applied) -> list[type[Model]]:
    """Return the models of a database in this state, those that are pointed at first.

    Only what a backup keeps: see `LEFT_OUT`.
    """
    registry = apps if is_ours(applied) else _graph().project_state(targets(applied)).apps
    found = [
        model
        for model in registry.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.label_lower not in LEFT_OUT
        and model._meta.app_label in applied
    ]
    return in_order(found)


def in_order(models: list[type[Model]]) -> list[type[Model]]:
    """Return the models so that each comes after those that it points at, where that can be."""
    by_label = {model._meta.label_lower: model for model in models}
    placed: dict[str, type[Model]] = {}
    under_way: set[str] = set()

    def place(label: str) -> None:
        if label in placed or label in under_way or label not in by_label:
            return
        under_way.add(label)
        for field in by_label[label]._meta.local_concrete_fields:
            if field.remote_field:
                place(field.remote_field.model._meta.label_lower)
        placed[label] = by_label[label]

    for label in sorted(by_label):
        place(label)
    return list(placed.values())


@cache
def _graph() -> MigrationLoader:
    """Return what the program's own migrations are, without asking a database."""
    return MigrationLoader(None, ignore_no_migrations=True)
