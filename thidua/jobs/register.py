"""The register of all work: what each `tasks` module of the house offers, by name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

NAME = re.compile(r"[a-z_]+\.[a-z_]+")


@dataclass(frozen=True)
class Work:
    """One kind of work. ``every`` and ``at`` say when it comes due by itself, if it does."""

    name: str
    function: Callable[..., Any]
    tries: int
    title: str | Promise
    every: timedelta | None = None
    at: time = time()


_works: dict[str, Work] = {}


def register(work: Work) -> None:
    """Take up ``work``; a name in use or of another shape than "app.verb" is a fault."""
    if not NAME.fullmatch(work.name) or len(work.name) > 32:
        raise ValueError(f"“{work.name}” is no name of work: app.verb, at most 32 letters")
    known = _works.get(work.name)
    if known and _place(known) != _place(work):
        raise ValueError(f"“{work.name}” is offered twice")
    _works[work.name] = work


def works() -> dict[str, Work]:
    """Return all work by name, after reading the `tasks` module of each app."""
    _read_tasks_modules()
    return _works


def work_named(name: str) -> Work:
    """Return the work of this name; an unknown one is a fault of the program (`KeyError`)."""
    return _works.get(name) or works()[name]


def title_of(name: str) -> str:
    """Return how people call the work of this name; the name itself when it is no more."""
    work = works().get(name)
    return str(work.title or name) if work else name


@cache
def _read_tasks_modules() -> None:
    autodiscover_modules("tasks")


def _place(work: Work) -> tuple[str, str]:
    return work.function.__module__, work.function.__qualname__
