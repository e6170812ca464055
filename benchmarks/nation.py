"""A nation's marks: writes them, or reckons them and reads them bare; prints JSON.

One cycle is one bloc's year: 25 members, a table of 60 criteria in 6 groups, five layers, each of
which marked everything. `build` writes a tenth of them, `extend` the rest; `measure` times
reckoning (read, score, rank, class, explain) year by year, as the program does it, against a bare
read of the same columns of the same marks.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import islice
from statistics import median
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402  (after the set-up)
from django.db.models import QuerySet  # noqa: E402

from thidua.core import clock  # noqa: E402
from thidua.cycles.models import Cycle, Enrolment  # noqa: E402
from thidua.organizations.models import Bloc, Organization  # noqa: E402
from thidua.scoring.compute import reckon  # noqa: E402
from thidua.scoring.models import Card, Criterion, Layer, Mark, ScoringTable, Sheet  # noqa: E402
from thidua.scoring.wording import why_of  # noqa: E402

MEMBERS, GROUPS, EACH = 25, 6, 10
FIRST, CYCLES, CHUNK = 40, 400, 5_000
Kind = Criterion.Kind
BANDS = [
    {"at_least": "80", "below": None, "points": 1000},
    {"at_least": None, "below": "80", "points": 500},
]
STEPS = [{"label": label, "points": 100 * n} for label, n in (("Tốt", 10), ("Khá", 6), ("Yếu", 0))]
# The ten criteria of a group: kind, parameters, and the value and points of a member's mark.
KINDS: list[tuple[str, dict[str, Any], Callable[[int], tuple[int, int | None]]]] = [
    *[(Kind.MANUAL, {}, lambda n: (n % 11, 100 * (n % 11)))] * 4,
    (Kind.GRADED, {"steps": STEPS}, lambda n: (n % 3, int(STEPS[n % 3]["points"]))),  # type: ignore[call-overload]
    (Kind.BANDED, {"bands": BANDS}, lambda n: (60 + n % 40, 1000 if n % 40 >= 20 else 500)),
    (Kind.DEDUCT, {"each": 200}, lambda n: (n % 4, 1000 - 200 * (n % 4))),
    (Kind.LEADER_RELATIVE, {}, lambda n: (50 + n % 90, None)),
    (Kind.COUNT, {"each": 100}, lambda n: (n % 4, 100 * (n % 4))),
    (Kind.PENALTY, {"each": 100}, lambda n: (n % 2, 100 * (n % 2))),
]


def build() -> None:
    """Write the first cycles with all their marks."""
    body = Organization.objects.create(kind="board", level="province", name="Ban thi đua")
    organizations = Organization.objects.bulk_create(
        Organization(kind="social", level="province", name=f"Đơn vị {n}", sort_key=f"{n:04}")
        for n in range(MEMBERS)
    )
    _cycles(body, organizations, 0, FIRST)
    _analyze()


def extend() -> None:
    """Write the other cycles, with copies of the first ones' marks."""
    body, *organizations = Organization.objects.order_by("pk")
    _cycles(body, organizations, FIRST, CYCLES)
    for shift in range(FIRST, CYCLES, FIRST):
        _copy(shift)
    _analyze()


def _cycles(body: Organization, organizations: list[Organization], first: int, last: int) -> None:
    """Write the cycles from ``first`` up to ``last``, at most one for each year of a bloc."""
    for start in range(first, last, FIRST):
        bloc = Bloc.objects.create(
            kind="khoi", level="province", name=f"số {start}", managing_body=body
        )
        with transaction.atomic():
            for n in range(FIRST):
                _a_cycle(bloc, 1950 + n, organizations, is_marked=start < FIRST)


def _analyze() -> None:
    """Let the database know what it holds, as it does by itself at work."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy(shift: int) -> None:
    """Copy the marks of the first cycles to those ``shift`` cycles on.

    Each cycle has as many sheets and criteria as any other, so their keys stand equally far apart.
    """
    columns = [field.column for field in Mark._meta.concrete_fields if not field.primary_key]
    moved = {
        "sheet_id": f"sheet_id + {shift * MEMBERS * len(Layer.Kind.values)}",
        "criterion_id": f"criterion_id + {shift * GROUPS * (1 + EACH)}",
    }
    last = Sheet.objects.order_by("pk")[FIRST * MEMBERS * len(Layer.Kind.values) - 1].pk
    table, into = Mark._meta.db_table, ", ".join(f'"{name}"' for name in columns)
    chosen = ", ".join(moved.get(name) or f'"{name}"' for name in columns if name)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({into}) SELECT {chosen} FROM {table} WHERE sheet_id <= %s",
            [last],
        )


def _a_cycle(bloc: Bloc, year: int, organizations: list[Organization], *, is_marked: bool) -> None:
    cycle = Cycle.objects.create(bloc=bloc, year=year, state=Cycle.State.OPEN)
    layers = Layer.objects.bulk_create(
        Layer(cycle=cycle, kind=kind, place=n) for n, kind in enumerate(Layer.Kind.values)
    )
    table = ScoringTable.objects.create(
        cycle=cycle,
        number=1,
        state=ScoringTable.State.ADOPTED,
        name="Bảng điểm",
        ties=["group:1", "penalty"],
        classes=[{"name": "Xuất sắc", "at_least": "90"}, {"name": "Tốt", "at_least": "50"}],
        digest="0" * 64,
        adopted_at=clock.now(),
    )
    leaves = _criteria(table)
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(cycle=cycle, organization=o, place=n, joined_on=date(year, 1, 1))
        for n, o in enumerate(organizations)
    )
    cards = Card.objects.bulk_create(Card(enrolment=e, table=table) for e in enrolments)
    sheets = Sheet.objects.bulk_create(
        Sheet(
            card=card,
            layer=layer,
            organization=organizations[(n + layer.place) % MEMBERS],
            state=Sheet.State.SENT,
            sent_at=clock.now(),
            digest="0" * 64,
        )
        for n, card in enumerate(cards)
        for layer in layers
    )
    rows = _marks(sheets, leaves) if is_marked else iter(())
    while chunk := list(islice(rows, CHUNK)):
        Mark.objects.bulk_create(chunk)


def _criteria(table: ScoringTable) -> list[Criterion]:
    groups = Criterion.objects.bulk_create(
        Criterion(
            table=table,
            place=n * 100,
            code=str(n + 1),
            name=f"Nhóm {n + 1}",
            is_group=True,
            max_points=8000,
        )
        for n in range(GROUPS)
    )
    return Criterion.objects.bulk_create(
        Criterion(
            table=table,
            parent=group,
            place=group.place + n + 1,
            code=f"{group.code}.{n + 1}",
            name=f"Tiêu chí {n + 1}",
            kind=kind,
            max_points=None if kind == Kind.PENALTY else 1000,
            parameters=parameters,
            is_bonus=kind == Kind.COUNT,
            allows_na=kind == Kind.MANUAL,
        )
        for group in groups
        for n, (kind, parameters, _given) in enumerate(KINDS)
    )


def _marks(sheets: list[Sheet], leaves: list[Criterion]) -> Iterator[Mark]:
    """Yield a mark of every sheet for every criterion; one of a hundred does not apply."""
    now, target = clock.now(), Decimal(100)
    for sheet in sheets:
        for n, leaf in enumerate(leaves):
            seed = sheet.pk * 7 + n * 13
            kind, _parameters, given = KINDS[n % EACH]
            if kind == Kind.MANUAL and seed % 40 == 0:
                yield Mark(sheet=sheet, criterion=leaf, is_na=True, at=now, was_sent=True)
                continue
            value, points = given(seed)
            yield Mark(
                sheet=sheet,
                criterion=leaf,
                value=Decimal(value),
                target=target if points is None else None,
                points=points,
                at=now,
                was_sent=True,
            )


def ours(table: ScoringTable) -> None:
    """Read, score, rank, class and explain one year."""
    reckoning = reckon(table)
    members = [one.card.enrolment for one in reckoning.cards]
    told = why_of(reckoning, {one.pk: one.organization.name for one in members})
    assert len(told) == MEMBERS
    assert all(one.score and one.place and one.place.rank for one in reckoning.cards)


def bare(table: ScoringTable) -> None:
    """Read the same columns of the year's marks, and leave them alone."""
    _consume(Mark.objects.filter(sheet__card__table=table, is_current=True))


def _consume(marks: QuerySet[Mark]) -> None:
    columns = ("sheet_id", "criterion_id", "points", "is_na", "knocks_out")
    for _row in marks.order_by().values_list(*columns).iterator(chunk_size=10_000):
        pass


def seconds(act: Callable[[], None]) -> float:
    """Return how long it took."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def measure() -> None:
    """Measure every year by turns with its yardstick, so that noise is shared; print JSON."""
    tables = list(ScoringTable.objects.select_related("cycle__bloc").order_by("pk"))
    ours(tables[0])
    spent = [(seconds(partial(ours, table)), seconds(partial(bare, table))) for table in tables]
    each, bares = zip(*spent, strict=True)
    told = {
        "marks": Mark.objects.count(),
        "cards": len(tables) * MEMBERS,
        "ours": sum(each),
        "bare": sum(bares),
        "card_ms": 1000 * median(each) / MEMBERS,
    }
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told["scan"] = seconds(partial(_consume, Mark.objects.filter(is_current=True)))
    print(json.dumps(told))


if __name__ == "__main__":
    {"build": build, "extend": extend, "measure": measure}[sys.argv[1]]()
