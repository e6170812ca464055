"""Ranking 1, 2, 2, 4, the chain of ties, and what separates each unit from the next."""

import random
from itertools import pairwise

import pytest

from tests.marks.build import pts
from thidua.marks.faults import Fault
from thidua.marks.ranking import Contender, Place, rank, standings


def unit(key, total=90, **more):
    return Contender(key, None if total is None else pts(total), **more)


def shown(places):
    """Return (key, rank, gap, tie) as a page would show them."""
    return [(p.key, p.rank, p.gap_to_next, p.decided_by) for p in places]


def test_equal_totals_share_a_rank_and_the_next_is_left_out():
    places = rank([unit("d", 80), unit("b", 90), unit("a", "99.5"), unit("c", 90)])

    assert shown(places) == [
        ("a", 1, pts(9.5), None),
        ("b", 2, 0, None),
        ("c", 2, pts(10), None),
        ("d", 4, None, None),
    ]
    assert [p.shared_with for p in places] == [(), ("c",), ("b",), ()]


def test_units_that_nothing_tells_apart_all_stand_first():
    """“all tied”: five units, every tie asked in vain, one shared rank."""
    ties = ["vote", "group:I", "penalty", "not_rewarded", "law"]
    places = rank([unit(k, groups={"I": pts(50)}) for k in (5, 3, 1, 4, 2)], ties)

    assert [(p.key, p.rank) for p in places] == [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]
    assert places[0].shared_with == (2, 3, 4, 5)
    assert {p.decided_by for p in places} == {None}


def test_units_that_were_not_scored_have_no_rank():
    """“nobody scored”: nobody is first. One scored: it alone has a rank."""
    assert shown(rank([unit("b", None), unit("a", None)])) == [
        ("a", None, None, None),
        ("b", None, None, None),
    ]
    assert shown(rank([unit("b", None), unit("a", 0)])) == [
        ("a", 1, None, None),
        ("b", None, None, None),
    ]
    assert rank([]) == []


@pytest.mark.parametrize(
    ("tie", "ahead", "behind"),
    [
        ("vote", {"vote": 7}, {"vote": 3}),
        ("vote", {"vote": 0}, {"vote": None}),
        ("group:I", {"groups": {"I": pts(600.01)}}, {"groups": {"I": pts(600)}}),
        ("penalty", {"penalty": pts(2)}, {"penalty": pts(8)}),
        ("not_rewarded", {"rewarded_last_year": False}, {"rewarded_last_year": True}),
        ("law", {"law_preferred": True}, {"law_preferred": False}),
    ],
)
def test_each_tie_puts_one_before_the_other(tie, ahead, behind):
    contenders = [unit("a", **behind), unit("z", **ahead)]

    assert shown(rank(contenders, [tie])) == [("z", 1, 0, tie), ("a", 2, None, None)]
    assert [p.rank for p in rank(contenders)] == [1, 1]


def test_ties_are_asked_in_the_order_of_the_regulation():
    contenders = [
        unit("a", vote=5, penalty=pts(8)),
        unit("b", vote=5, penalty=pts(2)),
        unit("c", vote=9, penalty=pts(9)),
    ]

    assert shown(rank(contenders, ["vote", "penalty"])) == [
        ("c", 1, 0, "vote"),
        ("b", 2, 0, "penalty"),
        ("a", 3, None, None),
    ]
    assert [p.key for p in rank(contenders, ["penalty", "vote"])] == ["b", "a", "c"]


def test_a_tie_is_asked_of_equal_totals_only():
    places = rank([unit("a", 90, vote=0), unit("b", "89.99", vote=99)], ["vote"])

    assert shown(places) == [("a", 1, pts(0.01), None), ("b", 2, None, None)]


def test_some_of_a_tied_group_may_go_on_sharing():
    votes = {"a": 4, "b": 9, "c": 4, "d": 1}
    places = rank([unit(key, vote=vote) for key, vote in votes.items()], ["vote"])

    assert shown(places) == [
        ("b", 1, 0, "vote"),
        ("a", 2, 0, None),
        ("c", 2, 0, "vote"),
        ("d", 4, None, None),
    ]


def test_who_is_knocked_out_stands_after_all_others_without_rank():
    contenders = [
        unit("out", 99, knocked_out=True),
        unit("first", 90),
        unit("never", None),
        unit("outtoo", 100, knocked_out=True),
        unit("outnone", None, knocked_out=True),
    ]

    places = rank(contenders)

    assert [(p.key, p.rank) for p in places] == [
        ("first", 1),
        ("never", None),
        ("outtoo", None),
        ("out", None),
        ("outnone", None),
    ]
    assert places[0].gap_to_next is None


def test_a_place_knows_its_contender():
    its = unit("a", 90)

    assert rank([its]) == [Place("a", 1, its, None, None, ())]
    assert standings(rank([its])) == {"a": (pts(90), 1)}


@pytest.mark.parametrize(
    ("tie", "code", "facts"),
    [
        ("lots", "no_such_tie", {"tie": "lots"}),
        ("", "no_such_tie", {"tie": ""}),
        ("group:II", "no_such_group", {"group": "II", "key": "a"}),
    ],
)
def test_a_tie_that_cannot_be_asked_is_refused(tie, code, facts):
    with pytest.raises(Fault) as caught:
        rank([unit("a", groups={"I": 5})], [tie])

    assert (caught.value.code, caught.value.facts) == (code, facts)


def test_ten_thousand_units_are_ranked_at_once():
    draw = random.Random(1)
    contenders = [
        Contender(key, draw.randrange(90_000, 100_000), vote=draw.randrange(5))
        for key in range(10_000)
    ]

    places = rank(contenders, ["vote"])

    assert len(places) == 10_000
    assert all(a.rank <= b.rank for a, b in pairwise(places))
