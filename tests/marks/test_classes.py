"""Classes on half-open intervals, and the double condition."""

from decimal import Decimal

import pytest

from thidua.marks.classes import Class, class_problems, classify
from thidua.marks.faults import Fault
from thidua.marks.tables import Problem


def classes(*rows):
    """Return classes from (label, at least, each at least or None)."""
    return [Class(label, Decimal(a), e if e is None else Decimal(e)) for label, a, e in rows]


# Nghệ An, draft of September 2025 (domain.md 4.8).
NGHE_AN = classes(("xs", 90, 85), ("tot", 80, 80), ("kha", 70, 70), ("yeu", 0, None))
# LĐTBXH: “TTLĐXS 91–100, TTLĐTT 70–90”, which says nothing of 90,5.
LABOUR = classes(("ttldxs", 91, None), ("ttldtt", 70, None))
# The common provincial pattern, in points of 1000.
PROVINCE = classes(("xs", 950, None), ("tot", 850, None), ("kha", 700, None), ("yeu", 0, None))


@pytest.mark.parametrize(
    ("total", "each", "label"),
    [
        ("95", ["85", "99"], "xs"),
        ("90", ["85"], "xs"),  # both bounds belong to the class
        ("89.99", ["89.99"], "tot"),
        ("95", ["84.99", "100"], "tot"),  # one criterion under 85 %: the next class is tried
        ("95", ["79.99", "100"], "kha"),  # … and the next
        ("95", ["69.99", "100"], "yeu"),
        ("85", ["80", "90"], "tot"),
        ("80", ["79"], "kha"),
        ("79.99", ["70"], "kha"),
        ("69.99", ["69"], "yeu"),
        ("0", ["0"], "yeu"),
        ("95", [], "xs"),  # no criterion to ask
    ],
)
def test_nghe_an_asks_the_total_and_each_criterion(total, each, label):
    assert classify(Decimal(total), [Decimal(e) for e in each], NGHE_AN) == label


@pytest.mark.parametrize(
    ("its_classes", "total", "label"),
    [
        (LABOUR, "91", "ttldxs"),
        (LABOUR, "90.5", "ttldtt"),  # the gap of “70–90 / 91–100”
        (LABOUR, "70", "ttldtt"),
        (LABOUR, "69.99", None),  # no class below
        (PROVINCE, "950", "xs"),
        (PROVINCE, "949.99", "tot"),
        (PROVINCE, "1000", "xs"),
        (PROVINCE, "1040", "xs"),  # a total may pass the maximum
        (PROVINCE, "-8", None),
        ([], "100", None),
    ],
)
def test_intervals_are_half_open(its_classes, total, label):
    assert classify(Decimal(total), (), its_classes) == label


def test_a_unit_without_a_total_has_no_class():
    assert classify(None, [], NGHE_AN) is None


@pytest.mark.parametrize(
    ("its_classes", "code", "label"),
    [
        (classes(("tot", 80, None), ("xs", 90, None)), "classes_unordered", "xs"),
        (classes(("xs", 90, None), ("tot", 90, None)), "classes_unordered", "tot"),
        (classes(("xs", 90, 80), ("tot", 80, 85)), "classes_unordered", "tot"),
        (classes(("xs", 90, None), ("xs", 80, None)), "classes_twice", "xs"),
    ],
)
def test_classes_that_overlap_or_stand_out_of_order_are_told_and_refused(its_classes, code, label):
    with pytest.raises(Fault) as caught:
        classify(Decimal(95), (), its_classes)

    assert class_problems(its_classes) == [Problem(code, label)]
    assert (caught.value.code, caught.value.facts) == (code, {"label": label})


@pytest.mark.parametrize("its_classes", [NGHE_AN, LABOUR, PROVINCE, []])
def test_real_classes_are_in_order(its_classes):
    assert class_problems(its_classes) == []
