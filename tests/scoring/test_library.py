"""Ready tables: exactly what the sources tell, and what each still asks for before it is used."""

from decimal import Decimal

import pytest

from tests.factories import a_bloc
from thidua.core.errors import AlreadyDone, Invalid
from thidua.marks.cards import Scheme
from thidua.marks.classes import classify
from thidua.marks.points import banded
from thidua.marks.tables import problems
from thidua.scoring.actions.ready import node_of, take_ready_table
from thidua.scoring.actions.tables import discard_table
from thidua.scoring.compute import classes_of
from thidua.scoring.library import READY, Completeness, walk
from thidua.scoring.library.shapes import POINT, bonus_of, standard_of
from thidua.scoring.models import ScoringTable
from thidua.scoring.trees import tree_of
from thidua.scoring.warnings import warnings_of


def unsaved(code):
    """Return a ready table as rows that no database knows, in their order."""
    ready = READY[code]
    table, nodes, parents = ScoringTable(step=ready.step, bonus_cap=ready.bonus_cap), [], {}
    for place, (depth, row) in enumerate(walk(ready.rows), 1):
        node = node_of(row)
        node.pk, node.place, node.table = place, place, table
        node.parent_id = parents.get(depth - 1)
        parents[depth] = place
        nodes.append(node)
    return table, nodes


def tree(code):
    return tree_of(*unsaved(code))


def sums(code):
    """Return (standard, bonus) of each top-level group in points."""
    return [(standard_of(row) // POINT, bonus_of(row) // POINT) for row in READY[code].rows]


def test_kien_giang_has_the_sums_of_its_source():
    """650/40 · 200/0 · 100/10, together 950 + 50 (domain.md 4.2)."""
    assert sums("kien-giang-2019") == [(650, 40), (200, 0), (100, 10)]
    table = READY["kien-giang-2019"]
    assert (table.standard, table.bonus, table.bonus_cap) == (950_00, 50_00, 50_00)


def test_the_composite_table_has_the_sums_of_its_source():
    """650, 200, 100 and a bonus of 50 (domain.md 4.10); it says that it is nobody's own."""
    assert sums("composite") == [(650, 0), (200, 0), (100, 0), (0, 50)]
    assert READY["composite"].is_synthetic
    assert "MINH HỌA" in READY["composite"].remark
    assert [code for code, table in READY.items() if table.is_synthetic] == ["composite"]


@pytest.mark.parametrize(
    ("code", "standard", "bonus"),
    [
        ("hue-2018", 950, 50),
        ("ho-chi-minh-2008", 100, 25),
        ("trung-uong-doan-2021", 450, 50),
        ("htx-tay-nguyen-2019", 35, 0),
        ("mttq-dong-nai-2026", 100, 5),
        ("ccb-ba-ria-vung-tau", 90, 0),
    ],
)
def test_every_table_has_the_scale_of_its_source(code, standard, bonus):
    assert (READY[code].standard, READY[code].bonus) == (standard * POINT, bonus * POINT)


def test_the_youth_unions_six_criteria_have_their_points_and_no_invented_names():
    rows = READY["trung-uong-doan-2021"].rows[0].rows
    assert [row.max // POINT for row in rows] == [60, 134, 110, 30, 10, 106]
    assert all("nguồn không ghi tên" in row.name for row in rows)


@pytest.mark.parametrize("code", READY)
def test_every_table_can_be_reckoned_and_names_its_source_and_its_gaps(code):
    ready = READY[code]
    assert problems(tree(code)) == []
    assert ready.source
    assert ready.remark
    assert (ready.completeness is Completeness.SYNTHETIC) == ready.is_synthetic


def test_tay_nguyens_bands_give_the_marks_of_its_five_provinces():
    """2.3: 3, 4, 3, 2, 3 (domain.md 4.6) for shares in the bands told there."""
    rule = next(n.rule for n in unsaved("htx-tay-nguyen-2019")[1] if n.code == "2.3")
    shares = ["79.5", "80", "60", "59.99", "65"]
    assert [banded(Decimal(share), rule.bands) // POINT for share in shares] == [3, 4, 3, 2, 3]


def test_ho_chi_minh_citys_total_may_pass_a_hundred():
    """97 + 10 = 107 (domain.md 4.4)."""
    scheme = Scheme(tree("ho-chi-minh-2008"))
    points = {"01": 10, "02": 10, "03": 20, "04": 10, "05": 10, "06": 7, "07": 20, "08": 10}
    given = {code: value * POINT for code, value in {**points, "T1": 10}.items()}
    assert scheme.score_points(given, set()).total == 107 * POINT


@pytest.mark.parametrize(
    ("points", "name"),
    [
        ("88.25", "Trong sạch vững mạnh xuất sắc"),
        ("81", "Trong sạch vững mạnh xuất sắc"),
        ("80.25", "Tiên tiến"),
        ("70.75", "Trong sạch vững mạnh"),
        ("60", "Yếu"),
    ],
)
def test_the_veterans_classes_leave_no_quarter_point_out(points, name):
    table = ScoringTable(classes=[dict(row) for row in READY["ccb-ba-ria-vung-tau"].classes])
    assert classify(Decimal(points), [], classes_of(table)) == name


@pytest.mark.django_db
def test_a_ready_table_becomes_a_draft_with_its_rows_and_says_what_it_lacks():
    """Kiên Giang's can be used as it is; the composite's III.1 asks for the board's layer."""
    world = a_bloc(1)
    by = world.heads[0]
    draft = take_ready_table(world.cycle, "kien-giang-2019", by=by)
    assert draft.is_editable
    assert not draft.is_illustration
    assert warnings_of(draft) == []
    codes = ["I", "I.1", "I.T", "II", "II.1", "III", "III.1", "III.T"]
    assert list(draft.criteria.values_list("code", flat=True)) == codes
    assert draft.criteria.get(code="I.T").parent.code == "I"
    with pytest.raises(AlreadyDone):
        take_ready_table(world.cycle, "composite", by=by)
    discard_table(draft, by=by)

    composite = take_ready_table(world.cycle, "composite", by=by)
    assert composite.is_illustration
    assert [(w.where, w.sentence) for w in warnings_of(composite)] == [
        ("III.1", "Cơ quan quản lý chấm tiêu chí này, nhưng năm chưa có lớp chấm của họ.")
    ]
    discard_table(composite, by=by)
    with pytest.raises(Invalid):
        take_ready_table(world.cycle, "khong-co", by=by)
    assert not world.cycle.scoring_tables.exists()
