"""Makes a province out of three blocs by copying rows, and answers its pages; SQLite alone.

`grow years N` gives every year N-1 forerunners that are closed, their covenants in force;
`grow blocs N` lets N-1 more of each bloc stand beside it, all under one managing body; `serve`
answers each page named on a line with its milliseconds and queries.
"""

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.apps import apps  # noqa: E402  (after the set-up)
from django.db import connection, models, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from thidua.accounts.models import User  # noqa: E402
from thidua.covenants.models import Covenant  # noqa: E402
from thidua.cycles.models import Cycle, Enrolment  # noqa: E402
from thidua.documents.models import Signature, Version  # noqa: E402
from thidua.organizations.models import Bloc, Organization  # noqa: E402

Kind = type[models.Model]
FAR = {"years": 100_000, "blocs": 1_000_000}  # further than any key there is then
LEFT = {"audit", "files", "house", "jobs", "keeping"}


def grow(what: str, times: int) -> None:
    """Copy what there is until it stands ``times`` times."""
    every = [m for m in apps.get_models() if m.__module__.startswith("thidua.")]
    kinds = {m for m in every if m._meta.app_label not in LEFT}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        if what == "years":
            kinds = _hanging_on(Cycle, kinds) | {Version, Signature}
            kinds = {k for k in kinds if k._meta.app_label != "notifications"}
        for number in range(1, times):
            anew = _of_a_year(number) if what == "years" else _of_a_bloc(number)
            for kind in kinds:
                cursor.execute(_copied(kind, kinds, FAR[what], number, anew))
        Bloc.objects.update(managing_body=Bloc.objects.order_by("pk")[0].managing_body_id)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _hanging_on(kind: Kind, kinds: set[Kind]) -> set[Kind]:
    """Return the kinds of rows that name such a row, or one that does."""
    found = {kind}
    while more := {k for k in kinds - found if _named_by(k) & found}:
        found |= more
    return found


def _named_by(kind: Kind) -> set[Kind]:
    return {f.related_model for f in kind._meta.concrete_fields if f.related_model}


def _of_a_year(number: int) -> dict[tuple[Kind, str], str]:
    """Return what is written anew of a year ``number`` years before."""
    return {
        (Cycle, "year"): f"year - {number}",
        (Cycle, "state"): "'closed'",
        (Covenant, "state"): "'in_force'",
        (Covenant, "in_force_at"): f"'{2020 - number}-03-01 00:00:00'",
        (Version, "code"): "''",  # a code stands on one paper only
    }


def _of_a_bloc(number: int) -> dict[tuple[Kind, str], str]:
    """Return what is written anew of the blocs that stand beside the first."""
    return {
        (User, "username"): f"username || '-{number}'",
        (Version, "code"): "''",
        (Bloc, "number"): f"CAST(number AS INTEGER) + {3 * number}",
    }


def _copied(
    kind: Kind,
    kinds: set[Kind],
    far: int,
    number: int,
    anew: dict[tuple[Kind, str], str],
) -> str:
    """Return the statement that copies a table's first rows, their keys moved on."""
    columns, chosen = [], []
    for field in kind._meta.concrete_fields:
        name = f'"{field.column}"'
        columns.append(name)
        moved = f"{name} + {number * far}"
        if field.primary_key or field.related_model in kinds:
            chosen.append(moved)
        else:
            chosen.append(anew.get((kind, field.name), name))
    table, key = kind._meta.db_table, kind._meta.pk.column
    return (
        f'INSERT INTO "{table}" ({", ".join(columns)}) '
        f'SELECT {", ".join(chosen)} FROM "{table}" WHERE "{key}" < {far}'
    )


def pages() -> dict[str, str]:
    """Return the addresses of the pages that are measured, of the year that was opened first."""
    cycle = Cycle.objects.filter(state=Cycle.State.OPEN).order_by("pk")[0]
    return {
        "home": reverse("home"),
        "board": reverse("cycles:board", args=[cycle.pk]),
        "desk": reverse("work:index"),
    }


def serve() -> None:
    """Answer each line as a signed-in head of the leading organisation, until no more come."""
    addresses = pages()
    cycle = Cycle.objects.filter(state=Cycle.State.OPEN).order_by("pk")[0]
    leader = cycle.enrolments.filter(role=Enrolment.Role.LEADER).values("organization")
    heads = User.objects.filter(appointments__role="head", appointments__organization__in=leader)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(heads.order_by("pk")[0])
    told = {"pages": _names, "ms": _milliseconds, "queries": _queries, "sizes": _sizes}
    for line in sys.stdin:
        what, _space, name = line.strip().partition(" ")
        print(json.dumps(told[what](client, addresses.get(name, ""))), flush=True)


def _names(_client: Client, _address: str) -> dict[str, float]:
    return dict.fromkeys(pages(), 0.0)


def _milliseconds(client: Client, address: str) -> dict[str, float]:
    start = time.perf_counter()
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return {"ms": (time.perf_counter() - start) * 1000}


def _queries(client: Client, address: str) -> dict[str, float]:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return {"queries": len(queries)}


def _sizes(_client: Client, _address: str) -> dict[str, float]:
    kinds = (Bloc, Organization, Cycle, Enrolment, Covenant)
    return {str(kind._meta.model_name): kind._default_manager.count() for kind in kinds}


if __name__ == "__main__":
    if sys.argv[1] == "grow":
        grow(sys.argv[2], int(sys.argv[3]))
    else:
        serve()
