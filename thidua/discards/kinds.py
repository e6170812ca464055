"""What can be put back, and how: a register that the apps above fill."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from thidua.accounts.acting import Acting


@dataclass(frozen=True)
class Kind:
    """One kind of draft.

    ``permission`` is asked of what it stood in (``within``: its class); ``check`` locks that
    inside the deed, refuses with a `DomainError` when it is no draft any more, may move the thing
    to its new place, and returns what the audit entry is about; ``code`` is the entry's.
    """

    within: type[Model]
    permission: str
    check: Callable[[Any, list[Any]], Model]
    record: Callable[[Any, Model, Acting], None]


_kinds: dict[str, Kind] = {}


def can_be_put_back(model: type[Model], kind: Kind) -> None:
    """Tell how a deleted ``model`` is put back."""
    _kinds[model._meta.label_lower] = kind


def kind_of(label: str) -> Kind | None:
    """Return how things of this label are put back; None when nobody knows any more."""
    return _kinds.get(label)
