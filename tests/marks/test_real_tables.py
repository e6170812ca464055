"""Tables and marks of real blocs (domain.md part 4), reproduced exactly."""

from decimal import Decimal

import pytest

from tests.marks.build import NO, YES, card, group, manual, pts, table, yes_no
from thidua.marks.cards import Scheme, score
from thidua.marks.classes import Class, classify
from thidua.marks.ranking import Contender, rank
from thidua.marks.rules import Band, GradedStep, Kind, Rule
from thidua.marks.tables import Group, Leaf, Table, maximum_of, problems

# 4.2, Kiên Giang, Khối 7, 2019: group, maximum, maximum of its bonus.
KIEN_GIANG = [("I", 650, 40), ("II", 200, 0), ("III", 100, 10)]


def kien_giang() -> Table:
    groups = tuple(
        Group(
            code,
            (manual(f"{code}.1", most), manual(f"{code}.b", 50, is_bonus=True)),
            bonus_cap=pts(cap),
            max=pts(most),
        )
        for code, most, cap in KIEN_GIANG
    )
    return Table(Group("", groups, bonus_cap=pts(50), max=pts(950)))


def test_kien_giang_is_950_and_50():
    assert problems(kien_giang()) == []
    assert maximum_of(kien_giang().root) == pts(950)


def test_kien_giang_650_40_200_0_100_10():
    marks = {"I.1": 650, "I.b": 45, "II.1": 200, "II.b": 5, "III.1": 100, "III.b": 12}

    its = score(kien_giang(), card(marks))

    assert (its.standard, its.bonus, its.total) == (pts(950), pts(50), pts(1000))
    assert [its.lines[code].counted for code in ("I", "II", "III")] == [
        pts(690),
        pts(200),
        pts(110),
    ]
    assert [its.lines[code].counted for code in ("I.b", "II.b", "III.b")] == [pts(40), 0, pts(10)]


# 4.6, Liên minh HTX, Tây Nguyên cluster, 2019: Đắk Nông, Đắk Lắk, Lâm Đồng, Gia Lai, Kon Tum.
UNITS = ("DN", "DL", "LD", "GL", "KT")
# The page prints the points of 2.3 only; these rates lie in the bands that give them.
RATES = dict(zip(UNITS, ("79.5", "80", "60", "59.9", "70"), strict=True))
GROUP_2 = dict(zip(UNITS, (9, 10, 9, 8, 9), strict=True))


def tay_nguyen() -> Table:
    bands = (
        Band(Decimal(80), None, pts(4)),
        Band(Decimal(60), Decimal(80), pts(3)),
        Band(None, Decimal(60), pts(2)),
    )
    rate = Leaf("2.3", Rule(Kind.BANDED, pts(4), bands=bands))
    return table(
        group("1", manual("1.1", 5), manual("1.2", 2), manual("1.3", 3)),
        group("2", manual("2.1", 3), manual("2.2", 3), rate),
        group("3", manual("3.1", 15)),
    )


def tay_nguyen_card(unit):
    same = {"1.1": 5, "1.2": 2, "1.3": 3, "2.1": 3, "2.2": 3, "3.1": 15}
    return card({**same, "2.3": RATES[unit]})


@pytest.mark.parametrize("unit", UNITS)
def test_tay_nguyen_row_by_row(unit):
    lines = score(tay_nguyen(), tay_nguyen_card(unit)).lines

    assert problems(tay_nguyen()) == []
    assert [lines[code].counted for code in ("1", "3")] == [pts(10), pts(15)]
    assert lines["2"].counted == pts(GROUP_2[unit])
    assert lines["2.3"].counted == pts(GROUP_2[unit] - 6)


def test_tay_nguyen_ranks_what_one_band_tells_apart():
    scheme = Scheme(tay_nguyen())
    totals = {unit: scheme.score(tay_nguyen_card(unit)).total for unit in UNITS}

    places = rank(Contender(unit, total) for unit, total in totals.items())

    assert [(p.key, p.rank, p.contender.total) for p in places] == [
        ("DL", 1, pts(35)),
        ("DN", 2, pts(34)),
        ("KT", 2, pts(34)),
        ("LD", 2, pts(34)),
        ("GL", 5, pts(33)),
    ]


# 4.8 H, Hội CCB: 90 points, 81–90, 71–80, 61–70, ≤ 60. The classes are written in points.
CCB = [
    Class("tsvmxs", Decimal(81)),
    Class("tien_tien", Decimal(71)),
    Class("tsvm", Decimal(61)),
    Class("yeu", Decimal(0)),
]


@pytest.mark.parametrize(
    ("points", "label"),
    [
        ("89", "tsvmxs"),  # Hòa Bình
        ("88.25", "tsvmxs"),  # Hòa Hưng, a quarter point
        ("87.25", "tsvmxs"),  # Tân Lâm
        ("87", "tsvmxs"),  # Bàu Lâm
        ("90", "tsvmxs"),
        ("81", "tsvmxs"),
        ("80.75", "tien_tien"),  # between 80 and 81: “71–80” reaches to 81
        ("71", "tien_tien"),
        ("70.25", "tsvm"),
        ("61", "tsvm"),
        ("60.75", "yeu"),
        ("0", "yeu"),
    ],
)
def test_hoi_ccb_quarter_points_and_classes(points, label):
    its = score(table(manual("A", 90), step=25), card({"A": points}))

    assert its.total == pts(points)
    assert classify(Decimal(its.total) / 100, (), CCB) == label


def test_hcm_city_may_pass_a_hundred():
    """4.4: 97 + 10 for the city's flag = 107 of 100; the government's flag is 15."""
    maxima = {"01": 10, "02": 10, "03": 20, "04": 10, "05": 10, "06": 10, "07": 20, "08": 10}
    its_table = table(
        *(manual(code, most) for code, most in maxima.items()),
        yes_no("co_tp", 10, is_bonus=True),
        yes_no("co_cp", 15, is_bonus=True),
    )

    its = score(its_table, {**card({**maxima, "07": 17}), "co_tp": YES, "co_cp": NO})

    assert (its.standard, its.bonus, its.total) == (pts(97), pts(10), pts(107))
    assert its.percent == Decimal("107.00")


@pytest.mark.parametrize(
    ("maxima", "bonus", "total"),
    [
        ((60, 134, 110, 30, 10, 106), 50, 450),  # Trung ương Đoàn 2021: 500 = 450 + 50
        ((76, 170, 74, 30, 20, 30), 0, 400),  # 2016: the same body, another scale
    ],
)
def test_scales_of_one_body_differ_and_are_compared_as_percent(maxima, bonus, total):
    its_table = table(*(manual(str(n), most) for n, most in enumerate(maxima)), cap=bonus)

    its = score(its_table, card({str(n): Decimal(most) * 9 / 10 for n, most in enumerate(maxima)}))

    assert (its.maximum, its.percent) == (pts(total), Decimal("90.00"))


def graded(code, *points, out=()):
    steps = tuple(GradedStep(str(p), pts(p), knocks_out=p in out) for p in points)
    return Leaf(code, Rule(Kind.GRADED, pts(points[0]), steps=steps))


def composite() -> Table:
    """4.10, synthetic: 950 + 50."""
    average = Rule(Kind.PROPORTIONAL, pts(250), percent=Decimal("0.4"))
    exemplars = Rule(Kind.COUNT, pts(20), each=pts(10), cap=pts(20))
    late = Rule(Kind.DEDUCT, pts(30), each=pts(2))
    models = Rule(Kind.COUNT, pts(30), each=pts(10), cap=pts(30))
    first = (
        Leaf("I.1", average),
        graded("I.2", 150, 120, 90, 0),
        graded("I.3", 100, 80, 60, 0),
        manual("I.4", 80),
        manual("I.5", 70),
    )
    second = (
        graded("II.1", 80, 60, 30, 0, out=(0,)),
        graded("II.2", 60, 45, 0),
        manual("II.3", 60),
    )
    third = (
        yes_no("III.1", 20, -8, owner="board"),
        graded("III.2", 30, 20, 10, 0),
        Leaf("III.3", exemplars),
        Leaf("III.4", late),
    )
    extra = (
        Leaf("B.1", models, is_bonus=True),
        yes_no("B.2", 10, is_bonus=True),
        yes_no("B.3", 10, is_bonus=True),
    )
    groups = (
        Group("I", first, max=pts(650)),
        Group("II", second, max=pts(200)),
        Group("III", third, max=pts(100)),
        Group("B", extra, bonus_cap=pts(50)),
    )
    return Table(Group("", groups, bonus_cap=pts(50), max=pts(950)))


def test_the_composite_table_sums_to_950():
    assert problems(composite()) == []
    assert maximum_of(composite().root) == pts(950)


MARKS = {
    "I.1": 96,  # 96 % ÷ 0.4 = 240
    "I.2": 1,  # 120
    "I.3": 0,  # 100
    "I.4": "78.5",
    "I.5": 66,
    "II.1": 1,  # HTT: 60
    "II.2": 0,  # 60
    "II.3": 55,
    "III.1": 0,  # not signed in time: −8
    "III.2": 0,  # 30
    "III.3": 1,  # 10
    "III.4": 2,  # 30 − 2 × 2 = 26
    "B.1": 4,  # 40, cut at 30
    "B.2": 1,  # 10
    "B.3": 1,  # 10
}


def test_the_composite_table_worked_by_hand():
    its = score(composite(), card(MARKS))

    assert its.lines["I"].counted == pts(604.5)  # 240 + 120 + 100 + 78.5 + 66
    assert its.lines["II"].counted == pts(175)  # 60 + 60 + 55
    assert its.lines["III"].counted == pts(58)  # −8 + 30 + 10 + 26
    assert (its.standard, its.bonus, its.total) == (pts(837.5), pts(50), pts(887.5))
    assert (its.percent, its.knockouts) == (Decimal("93.42"), ())


def test_the_composite_table_bars_whose_party_cell_failed():
    its = score(composite(), card({**MARKS, "II.1": 3}))

    assert (its.total, its.knockouts) == (pts(827.5), ("II.1",))
