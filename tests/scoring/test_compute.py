"""What a year's marks come to: layers, several checkers, what does not apply, ranks and classes."""

from datetime import date

import pytest

from tests.factories import World, a_bloc
from tests.scoring.bare import NA, a_bare_table, card_of, each, leaf, mark
from thidua.scoring.compute import reckon
from thidua.scoring.models import Layer, Mark, Sheet

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


def test_the_highest_layer_that_marked_a_criterion_counts(world):
    table = a_bare_table(world, leaf("I.1"), leaf("I.2"), leaf("I.3"))
    mark(world, 0, SELF, I_1=10, I_2=10, I_3=10)
    mark(world, 0, CROSS, world.members[1], I_1=8, I_2=8)
    mark(world, 0, MEETING, I_2=6)

    one = reckon(table).cards[0]

    assert one.score.total == 2400
    layers = {table.criteria.get(pk=pk).code: c.layer.kind for pk, c in one.counted.items()}
    assert layers == {"I.1": CROSS, "I.2": MEETING, "I.3": SELF}


def test_a_row_left_blank_again_is_no_mark(world):
    table = a_bare_table(world, leaf("I.1"), leaf("I.2", "leader_relative"))
    mark(world, 0, SELF, I_1=7, I_2=(120, 100))
    mark(world, 0, LEAD, world.members[1], I_1=None, I_2=None)

    assert totals(table)[0] == 700 + 1000


def test_an_open_sheet_does_not_count(world):
    table = a_bare_table(world, leaf("I.1"))
    mark(world, 0, SELF, I_1=7)
    sheet = mark(world, 0, LEAD, world.members[1], I_1=1)
    Sheet.objects.filter(pk=sheet.pk).update(state=Sheet.State.OPEN, sent_at=None, digest="")

    assert totals(table)[0] == 700


@pytest.mark.parametrize(
    ("how", "given", "expected"),
    [
        ("mean", (10, 8), 900),
        ("mean", (10, "9.75"), 1000),  # 9,875 half-up to the step of 0,25
        ("mean", (9, 8, 8), 825),  # 8,333… to 8,25
        ("median", (10, 2, 8), 800),
        ("median", (10, 8), 900),
        ("agreed", (8, 8), 800),
    ],
)
def test_several_checkers_of_one_card_give_one_value(how, given, expected):
    world = a_bloc(4, year=2026)
    table = a_bare_table(world, leaf("I.1"), step=25)
    Layer.objects.filter(cycle=world.cycle, kind=CROSS).update(combine=how)
    for scorer, value in enumerate(given, start=1):
        mark(world, 0, CROSS, world.members[scorer], I_1=value)

    one = reckon(table).cards[0]

    assert one.score.total == expected
    assert one.disagreed == []


@pytest.mark.parametrize(
    ("kind", "given"),
    [("manual", (8, 7)), ("manual", (8, NA)), ("leader_relative", ((5, 9), (6, 9)))],
)
def test_checkers_that_must_agree_and_do_not_are_named(world, kind, given):
    table = a_bare_table(world, leaf("I.1", kind, allows_na=True))
    Layer.objects.filter(cycle=world.cycle, kind=CROSS).update(combine="agreed")
    for scorer, value in enumerate(given, start=1):
        mark(world, 0, CROSS, world.members[scorer], I_1=value)

    assert reckon(table).cards[0].disagreed == [table.criteria.get(code="I.1").pk]


@pytest.mark.parametrize(
    ("given", "expected"),
    [((NA, NA, 4), 2000), ((NA, 4), 1400), ((NA, 4, 6), 1500)],
)
def test_what_most_checkers_say_does_not_apply_does_not(given, expected):
    """The group is rescaled to its full 20; where half say so, the points of the others count."""
    world = a_bloc(4, year=2026)
    table = a_bare_table(world, leaf("I.1", allows_na=True), leaf("I.2"))
    mark(world, 0, SELF, I_2=10)
    for scorer, value in enumerate(given, start=1):
        mark(world, 0, CROSS, world.members[scorer], I_1=value)

    assert totals(table)[0] == expected


def test_what_does_not_apply_and_counts_in_full_is_full(world):
    table = a_bare_table(world, leaf("I.1", allows_na=True, na="full"), leaf("I.2"))
    mark(world, 0, SELF, I_1=NA, I_2=4)

    assert totals(table)[0] == 1400


def test_a_knock_out_bars_from_rank_and_class(world):
    classes = [{"name": "Xuất sắc", "at_least": "50"}]
    table = a_bare_table(world, leaf("I.1", "graded", parameters={"steps": STEPS}), classes=classes)
    each(world, SELF, {0: 1, 1: 0}, "I_1")

    barred, first, _unmarked = reckon(table).cards

    assert (barred.score.knockouts, barred.place.rank, barred.class_name) == (("I.1",), None, "")
    assert (first.place.rank, first.class_name) == (1, "Xuất sắc")


def test_of_several_checkers_all_must_say_what_knocks_out(world):
    table = a_bare_table(world, leaf("I.1", "knockout", None), leaf("I.2"))
    for scorer, said in ((1, 1), (2, 0)):
        mark(world, 0, CROSS, world.members[scorer], I_1=said, I_2=5)

    assert reckon(table).cards[0].score.knockouts == ()


def test_a_checker_who_did_not_mark_a_knock_out_has_no_say_in_it(world):
    table = a_bare_table(world, leaf("I.1", "knockout", None), leaf("I.2"))
    mark(world, 0, CROSS, world.members[1], I_1=1, I_2=5)
    mark(world, 0, CROSS, world.members[2], I_2=5)

    assert reckon(table).cards[0].score.knockouts == ("I.1",)


def test_what_the_board_owns_is_the_boards_alone(world):
    table = a_bare_table(world, leaf("I.1", owner="board"), leaf("I.2"))
    mark(world, 0, SELF, I_1=10, I_2=5)
    mark(world, 0, MEETING, I_1=9)
    assert totals(table)[0] == 500

    mark(world, 0, BOARD, world.body, I_1=3)
    assert totals(table)[0] == 800


def test_bonus_and_penalty_stand_outside_the_sum(world):
    bonus = leaf("B.1", "count", 10, parameters={"each": 200}, is_bonus=True)
    penalty = leaf("B.2", "penalty", None, parameters={"each": 150})
    table = a_bare_table(world, leaf("I.1"), bonus, penalty, bonus_cap=300)
    mark(world, 0, SELF, I_1=10, B_1=4, B_2=1)

    score = reckon(table).cards[0].score

    assert (score.standard, score.bonus, score.penalty, score.total) == (1000, 300, 150, 1150)


def test_points_relative_to_the_best_change_for_all_when_one_value_is_corrected(world):
    table = a_bare_table(world, leaf("I.1", "leader_relative"))
    each(world, SELF, {0: (120, 100), 1: (110, 100), 2: (80, 100)}, "I_1")
    assert totals(table) == [1000, 750, 400]

    mark(world, 0, MEETING, I_1=(105, 100))

    assert totals(table) == [750, 1000, 400]


@pytest.mark.parametrize(
    ("given", "expected"),
    [({0: (120, 100)}, 1000), ({0: (100, 100)}, 500), ({0: (7, None)}, 1000), ({}, None)],
)
def test_one_unit_alone_is_its_own_best_and_none_has_no_points(world, given, expected):
    """“leader_relative with one unit or without data”."""
    table = a_bare_table(world, leaf("I.1", "leader_relative"))
    each(world, SELF, given, "I_1")

    assert totals(table) == [expected, None, None]


def test_nobody_scored_has_no_total_and_no_rank(world):
    """“nobody scored”."""
    table = a_bare_table(world, leaf("I.1"))

    assert totals(table) == ranks(table) == [None, None, None]


def test_a_unit_that_left_is_not_reckoned(world):
    """“a unit that left”: its marks stay, and a result that holds it is another matter."""
    table = a_bare_table(world, leaf("I.1"))
    each(world, SELF, {0: 5, 1: 6, 2: 7}, "I_1")
    left = world.enrolments[2]
    left.left_on, left.leave_reason = date(2026, 6, 1), "Sáp nhập"
    left.save()

    assert ranks(table) == [2, 1]
    assert Mark.objects.filter(sheet__card=card_of(world, 2)).count() == 1
    assert [one.score.total for one in reckon(table, [card_of(world, 2)]).cards] == [700]
