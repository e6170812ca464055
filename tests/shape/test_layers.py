"""Import-linter sees imports; this sees what it cannot: foreign keys given as strings."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
LAYERS = next(c for c in CONTRACTS if c["name"] == "Data flows one way")["layers"]
ORDER = [name.strip() for layer in reversed(LAYERS) for name in layer.split("|")]
OURS = [model for model in apps.get_models() if model.__module__.startswith("thidua.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_relations_point_down(model):
    here = ORDER.index(model._meta.app_label)

    above = {
        f"{field.name} -> {field.related_model._meta.label}"
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model in OURS
        and ORDER.index(field.related_model._meta.app_label) > here
    }

    assert above == set()


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_nothing_official_is_deleted_by_cascade(model):
    """Only an answer to a draft target goes with its target; the trail keeps what it said."""
    cascading = {
        field.name
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and getattr(field.remote_field, "on_delete", None).__name__ == "CASCADE"
    }

    assert cascading == ({"target"} if model._meta.label == "targets.Answer" else set())


def test_audit_entries_have_no_relation():
    entry = apps.get_model("audit.Entry")

    assert [f.name for f in entry._meta.get_fields() if f.is_relation] == []
