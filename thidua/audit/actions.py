"""Recording what happened."""

from typing import Any, Protocol

from django.db import models
from django.utils.translation import override

from thidua.audit.models import Entry, Head
from thidua.audit.queries import HOUSE, START
from thidua.core import clock
from thidua.core.deeds import current_deed
from thidua.core.text import one_line


class Actor(Protocol):
    """Who acts, and for which organisation: what an entry keeps of them."""

    @property
    def actor_id(self) -> int | None: ...
    @property
    def actor_name(self) -> str: ...
    @property
    def organization_id(self) -> int | None: ...
    @property
    def organization_name(self) -> str: ...


def record(
    code: str, *, by: Actor, on: models.Model, chain: str = HOUSE, **facts: str | int | None
) -> None:
    """Record ``code`` (``thing.past``) about ``on`` at the end of the deed that is open.

    ``facts`` are short values that the plain sentence needs; never a secret, never a ballot.
    """
    entry = Entry(
        chain=chain,
        code=code,
        at=clock.now(),
        actor_id=by.actor_id,
        actor_name=one_line(by.actor_name)[:300],
        organization_id=by.organization_id,
        organization_name=one_line(by.organization_name)[:300],
        subject_type=on._meta.label_lower,
        subject_id=on.pk,
        subject_name=one_line(_name_of(on))[:400],
        facts=facts,
    )
    current_deed().at_end(_write, entry)


def _name_of(thing: models.Model) -> str:
    """Return the thing's name as records keep it: in Vietnamese, whatever the actor reads."""
    with override("vi"):
        return str(thing)


def _write(entries: list[Any]) -> None:
    """Append the entries to their chains, locking the heads in the order of their names.

    One fixed order means that two deeds which touch the same chains cannot wait for each other.
    """
    for chain in sorted({entry.chain for entry in entries}):
        head = _locked_head(chain)
        mine = [entry for entry in entries if entry.chain == chain]
        for entry in mine:
            head.number += 1
            entry.number, entry.previous = head.number, head.digest or START
            head.digest = entry.digest = entry.computed_digest()
        Entry.objects.bulk_create(mine)
        head.save(update_fields=["number", "digest"])


def _locked_head(chain: str) -> Head:
    """Return the chain's head, locked until the deed ends; a chain begins with its first entry."""
    locked = Head.objects.select_for_update()
    head = next(iter(locked.filter(chain=chain)), None)  # the one there is, and nothing to sort
    if head is None:
        # Whoever begins it at the same instant is waited for, and then nothing is inserted.
        Head.objects.bulk_create([Head(chain=chain)], ignore_conflicts=True)
        head = locked.get(chain=chain)
    return head
