"""A deed: one act of one person, as one short transaction that writes its audit entries last.

The audit chain's head is a row everybody needs; locking it last keeps the lock short
(design 3). What is slow (password check, digest, PDF) comes before the deed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction

Ending = Callable[[list[Any]], None]


class Deed:
    """The deed in progress: what is to be written at its end, by whom."""

    def __init__(self) -> None:
        self.pending: list[tuple[Ending, Any]] = []

    def at_end(self, ending: Ending, item: Any) -> None:
        """Hand ``item`` to ``ending`` when everything else of the deed is written."""
        self.pending.append((ending, item))

    def finish(self) -> None:
        """Call each ending once, with all of its items in the order they came."""
        items: dict[Ending, list[Any]] = {}
        for ending, item in self.pending:
            items.setdefault(ending, []).append(item)
        for ending, handed in items.items():
            ending(handed)


_current: ContextVar[Deed | None] = ContextVar("deed", default=None)


@contextmanager
def deed() -> Iterator[Deed]:
    """Open a deed, or join the one that is open. Works as ``with deed():`` and ``@deed()``.

    A joined deed that fails takes back only what itself wrote; the outer one decides.
    """
    outer = _current.get()
    if outer is not None:
        kept = len(outer.pending)
        try:
            with transaction.atomic():
                yield outer
        except BaseException:
            del outer.pending[kept:]
            raise
        return
    inner = Deed()
    token = _current.set(inner)
    try:
        with transaction.atomic():
            yield inner
            inner.finish()
    finally:
        _current.reset(token)


def current_deed() -> Deed:
    """Return the open deed. Recording outside a deed is a fault of the program."""
    found = _current.get()
    if found is None:
        raise RuntimeError("no deed is open: wrap the action in @deed()")
    return found
