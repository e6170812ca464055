"""Import-linter sees imports; this sees what it cannot: foreign keys given as strings."""

import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
LAYERS = next(c for c in CONTRACTS if c["name"] == "Data flows one way")["layers"]
ORDER = [name.strip() for layer in reversed(LAYERS) for name in layer.split("|")]
OURS = [model for model in apps.get_models() if model.__module__.startswith("thidua.")]


RELATIONS = [
    (model, field)
    for model in OURS
    for field in model._meta.get_fields()
    if field.is_relation and not field.auto_created
]


def test_relations_point_down():
    above = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model, field in RELATIONS
        if field.related_model in OURS
        and ORDER.index(field.related_model._meta.app_label) > ORDER.index(model._meta.app_label)
    ]

    assert len(RELATIONS) > 50
    assert above == []


def test_nothing_official_is_deleted_by_cascade():
    """Only an answer to a draft target goes with its target; the trail keeps what it said."""
    cascading = [
        f"{model._meta.label}.{field.name}"
        for model, field in RELATIONS
        if getattr(field.remote_field, "on_delete", None).__name__ == "CASCADE"
    ]

    assert cascading == ["targets.Answer.target"]


def test_audit_entries_have_no_relation():
    entry = apps.get_model("audit.Entry")

    assert [f.name for f in entry._meta.get_fields() if f.is_relation] == []
