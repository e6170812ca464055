"""Ranks, ties and classes of a year; and that no order of rows and no layer skipped matters."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import World, a_bloc
from tests.many import more_like
from tests.scoring.bare import NA, a_bare_table, each, leaf, mark
from thidua.scoring.compute import reckon
from thidua.scoring.models import Criterion, Layer, TieVote
from thidua.scoring.opened import counting
from thidua.scoring.queries import marks_of

pytestmark = pytest.mark.django_db
SELF, CROSS, LEAD, MEETING, BOARD = Layer.Kind.values
STEPS = [
    {"label": "Tốt", "points": 1000},
    {"label": "Không hoàn thành", "points": 0, "knocks_out": True},
]


@pytest.fixture
def world() -> World:
    return a_bloc(3, year=2026)


def totals(table) -> list[int | None]:
    """Return every member's total in hundredths, in the members' order."""
    return [one.score.total if one.score else None for one in reckon(table).cards]


def ranks(table) -> list[int | None]:
    """Return every member's rank, in the members' order."""
    return [one.place.rank if one.place else None for one in reckon(table).cards]


def test_all_that_are_tied_share_the_first_rank(world):
    """“all tied”: nothing separates them, and each is told so."""
    table = a_bare_table(world, leaf("I.1"), ties=["group:I", "penalty"])
    each(world, SELF, {0: 5, 1: 5, 2: 5}, "I_1")

    places = [one.place for one in reckon(table).cards]

    assert [place.rank for place in places] == [1, 1, 1]
    assert all(len(place.shared_with) == 2 for place in places)


def test_ties_are_settled_in_the_order_of_the_table(world):
    penalty = leaf("I.2", "penalty", None, parameters={"each": 100})
    table = a_bare_table(world, leaf("I.1"), penalty, ties=["penalty", "vote"])
    mark(world, 0, SELF, I_1=9, I_2=1)
    mark(world, 1, SELF, I_1=8, I_2=0)
    mark(world, 2, SELF, I_1=8, I_2=0)
    assert ranks(table) == [3, 1, 1]

    for enrolment, votes in zip(world.enrolments[1:], (3, 5), strict=True):
        TieVote.objects.create(enrolment=enrolment, votes=votes, basis="02/BB", at=table.adopted_at)
    assert ranks(table) == [3, 2, 1]


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ([{"name": "A", "at_least": "90"}, {"name": "B", "at_least": "50"}], ["A", "B", ""]),
        ([{"name": "A", "at_least": "50", "each": "90"}], ["A", "", ""]),
        ([{"name": "A", "at_least": "12", "unit": "points"}], ["A", "A", ""]),
    ],
)
def test_classes_ask_of_the_total_and_of_each_criterion(world, classes, expected):
    table = a_bare_table(world, leaf("I.1"), leaf("I.2"), classes=classes)
    for member, (one, two) in enumerate([(10, 9), (10, 4), (2, 2)]):
        mark(world, member, SELF, I_1=one, I_2=two)

    assert [one.class_name for one in reckon(table).cards] == expected


KINDS = (
    leaf("I.1", allows_na=True),
    leaf("I.2", owner="board"),
    leaf("I.3", "leader_relative"),
    leaf("II.1", "deduct", parameters={"each": 200}),
    leaf("II.2", "penalty", None, parameters={"each": 100}),
)


def some_marks(seed: int) -> list[tuple[int, str, int, dict[str, object]]]:
    """Return marks of three members in all layers, some left out: as (member, layer, scorer, …)."""
    chance = random.Random(seed)
    told = []
    for member in range(3):
        for kind in (SELF, CROSS, LEAD, MEETING, BOARD):
            for scorer in (1, 2) if kind == CROSS else (0,):
                values = {
                    "I_1": chance.choice([chance.randint(0, 10), NA]),
                    "I_2": chance.randint(0, 10),
                    "I_3": (chance.randint(50, 150), 100),
                    "II_1": chance.randint(0, 4),
                    "II_2": chance.randint(0, 2),
                }
                kept = {code: value for code, value in values.items() if chance.random() < 0.6}
                told.append((member, kind, scorer, kept))
    return told


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_in_which_marks_came_never_matters(seed):
    came = []
    for turned in (False, True):
        world = a_bloc(3, year=2026)
        table = a_bare_table(world, *KINDS, ties=["group:I", "penalty"])
        marks = some_marks(seed)
        if turned:
            random.Random(seed).shuffle(marks)
        for member, kind, scorer, values in marks:
            mark(world, member, kind, world.members[scorer], **values)
        reckoning = reckon(table)
        came.append(
            [
                (one.score.lines, one.place.rank)
                for one in reckoning.cards
                if one.score and one.place
            ]
        )
    assert came[0] == came[1]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_reading_from_the_top_layer_down_comes_to_what_all_layers_come_to(world, seed):
    """Layers below one that marked everything are not read: what counts is the same."""
    table = a_bare_table(world, *KINDS)
    for member, kind, scorer, values in some_marks(seed):
        mark(world, member, kind, world.members[scorer], **values)
    criteria = {c.pk: c for c in Criterion.objects.filter(table=table)}
    for criterion in criteria.values():
        criterion.table = table

    for one in reckon(table).cards:
        sheets = list(one.card.sheets.select_related("layer"))
        everything = counting(one.card, criteria, sheets, marks_of(sheets))
        told = {pk: (c.given, c.layer.pk) for pk, c in everything.items()}
        assert {pk: (c.given, c.layer.pk) for pk, c in one.counted.items()} == told
        opened = one.score.lines
        assert one.score.groups == {code: opened[code].counted for code in ("", "I", "II")}


def test_the_queries_are_as_many_for_three_cards_as_for_nine():
    costs = []
    world = a_bloc(3, year=2026)
    table = a_bare_table(world, *KINDS)
    for member in range(3):
        mark(world, member, SELF, I_1=5, I_3=(90 + member, 100))
        mark(world, member, MEETING, II_1=1)
    for more in (0, 6):
        more_like(world, 2, more)
        with CaptureQueriesContext(connection) as captured:
            reckoned = reckon(table)
        costs.append(len(captured))
        assert len(reckoned.cards) == 3 + more
    assert costs[0] == costs[1] <= 8
