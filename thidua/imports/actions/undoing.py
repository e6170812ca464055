"""Taking an import back, while nothing hangs on what it made."""

from collections.abc import Iterator, Sequence

from django.apps import apps
from django.db import transaction
from django.db.models import Model, ProtectedError, QuerySet
from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.audit.actions import record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import WrongState
from thidua.core.workflow import move, require_state
from thidua.cycles.models import Cycle, Enrolment
from thidua.imports.kinds import the_kind
from thidua.imports.models import Import, ImportedRow
from thidua.organizations.models import Name, Organization

Outcome = ImportedRow.Outcome
NAMED = 3
CHUNK = 500


@deed()
def undo_import(imported: Import, *, by: Acting) -> Import:
    """Strike off what the import made and put back what it changed; the rows of it stay.

    Refused, naming what hangs on it, as soon as one thing is in use: all or nothing.
    """
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require_state(imported, Import.State.DONE)
    kind = the_kind(imported.kind)
    for row in imported.rows.filter(outcome=Outcome.CHANGED).order_by("-place"):
        thing = _model(row.thing)._default_manager.filter(pk=row.thing_id).first()
        if thing is not None:
            kind.undo_change(thing, row.before or {}, by=by)
    for label in reversed(kind.makes):
        rows = imported.rows.filter(outcome=Outcome.MADE, thing=label).order_by("-place")
        keys = [row.thing_id for row in rows if row.thing_id is not None]
        _strike_off(imported, label, keys, by)
    move(imported, Import.State.UNDONE, undone_at=clock.now())
    record("import.undone", by=by, on=imported, kind=imported.kind)
    return imported


def _model(label: str) -> type[Model]:
    return apps.get_model(label)


def _strike_off(imported: Import, label: str, keys: list[int], by: Acting) -> None:
    """Delete objects of one type, the newest first, a few hundred at a time."""
    kind, model = the_kind(imported.kind), _model(label)
    for some in _batches(model, keys):
        there: QuerySet[Model] = model._default_manager.filter(pk__in=some)
        things = list(there)
        if in_use := kind.undo_refusal(things) or _not_theirs(things):
            raise WrongState(
                _("Chưa gỡ được lần nhập này: “%(name)s” đã có việc của mình từ khi nhập.")
                % {"name": in_use}
            )
        for thing in things:
            record("import.taken_back", by=by, on=thing, file=imported.file_name[:100])
        _delete(there)


def _batches(model: type[Model], keys: list[int]) -> Iterator[list[int]]:
    """Cut the keys into batches; a unit never stands in one batch with the one above it."""
    if model is not Organization:
        layers = [keys]
    else:
        above = dict(Organization.objects.filter(pk__in=keys).values_list("pk", "parent"))
        depth: dict[int, int] = {}
        for key in reversed(keys):  # in the order of making: the one above comes first
            depth[key] = depth.get(above.get(key) or 0, 0) + 1
        layers = [
            [key for key in keys if depth[key] == deep]
            for deep in range(max(depth.values(), default=0), 0, -1)
        ]
    for layer in layers:
        for start in range(0, len(layer), CHUNK):
            yield layer[start : start + CHUNK]


def _not_theirs(things: Sequence[Model]) -> str:
    """Return a member or a year that has begun its work: such a one leaves instead."""
    for thing in things:
        cycle = thing.cycle if isinstance(thing, Enrolment) else thing
        if isinstance(cycle, Cycle) and cycle.state != Cycle.State.DRAFT:
            return str(thing)
    return ""


def _delete(things: QuerySet[Model]) -> None:
    try:
        with transaction.atomic():
            if things.model is Organization:
                Name.objects.filter(organization__in=things.values("pk")).delete()
            things.delete()
    except ProtectedError as held:
        raise _held_by(held) from held


def _held_by(held: ProtectedError) -> WrongState:
    """Name what hangs on it."""
    holding = sorted(held.protected_objects, key=lambda one: (one._meta.label, one.pk))[:NAMED]
    names = [f"{one._meta.verbose_name} “{one}”" for one in holding]
    if len(held.protected_objects) > NAMED:
        names.append("…")
    return WrongState(
        _(
            "Chưa gỡ được lần nhập này: đã có việc dùng đến, là %(things)s. Hãy bỏ những việc đó "
            "trước, hoặc giữ lại những gì đã nhập."
        )
        % {"things": ", ".join(names)[:500]}
    )
