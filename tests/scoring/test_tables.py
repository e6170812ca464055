"""Writing a table: what is refused, and that a refusal leaves nothing behind."""

from dataclasses import replace

import pytest

from tests.factories import a_bloc
from tests.scoring.factories import a_draft_table, a_table, criterion
from thidua.audit.models import Entry
from thidua.core.errors import AlreadyDone, DomainError, Invalid, WrongState
from thidua.cycles.actions.years import close_cycle
from thidua.scoring.actions.adoption import adopt_table
from thidua.scoring.actions.tables import (
    DEEPEST,
    MOST_CRITERIA,
    CriterionFacts,
    TableFacts,
    add_criterion,
    begin_table,
    discard_table,
    remove_criterion,
    shift_criterion,
    write_criterion,
    write_table,
)
from thidua.scoring.models import Criterion, ScoringTable
from thidua.scoring.trees import in_order
from thidua.scoring.warnings import warnings_of

pytestmark = pytest.mark.django_db
P = 100
LEAF = CriterionFacts("I.9", "Nội dung", "manual", 10 * P)


@pytest.fixture
def world():
    return a_bloc(1)


@pytest.fixture
def draft(world):
    return a_draft_table(world)


def refusals(act, cases):
    """Return (field, sentence) of each case, and assert that none left anything behind."""
    before = (Criterion.objects.count(), ScoringTable.objects.count(), Entry.objects.count())
    found = []
    for case in cases:
        with pytest.raises(DomainError) as refused:
            act(case)
        found.append((refused.value.field, refused.value.sentence))
    assert (
        Criterion.objects.count(),
        ScoringTable.objects.count(),
        Entry.objects.count(),
    ) == before
    return found


def codes(table):
    return [node.code for _depth, node in in_order(table.criteria.all())]


def test_a_year_has_one_draft_at_a_time(world, draft):
    with pytest.raises(AlreadyDone):
        begin_table(world.cycle, TableFacts("Bảng khác"), by=world.heads[0])


def test_a_head_that_nothing_can_be_ranked_by_is_refused(world):
    good = TableFacts("Bảng điểm")
    rows = [{"name": "Tốt", "at_least": "80", "unit": "percent"}]
    cases = [
        (replace(good, name=" "), "name"),
        (replace(good, step=7), "step"),
        (replace(good, bonus_cap=-1), "bonus_cap"),
        (replace(good, step=25, bonus_cap=10), "bonus_cap"),
        (replace(good, ties=["toss"]), "ties"),
        (replace(good, ties=["vote", "vote"]), "ties"),
        (replace(good, classes=[{"name": "", "at_least": "80"}]), "classes"),
        (replace(good, classes=[{"name": "Tốt", "at_least": "nhiều"}]), "classes"),
        (replace(good, classes=[{"name": "Tốt", "at_least": "NaN"}]), "classes"),
        (replace(good, classes=[{"name": "Tốt", "at_least": "8", "each": "-1"}]), "classes"),
        (
            replace(good, classes=[*rows, {"name": "Khá", "at_least": "70", "unit": "points"}]),
            "classes",
        ),
    ]
    by = world.heads[0]
    found = refusals(lambda facts: begin_table(world.cycle, facts, by=by), [c for c, _f in cases])
    assert [field for field, _sentence in found] == [field for _c, field in cases]

    table = begin_table(world.cycle, good, by=by)
    written = write_table(table, replace(good, ties=["vote", "group:I"], classes=rows), by=by)
    assert (written.ties, written.classes) == (["vote", "group:I"], rows)
    with pytest.raises(Invalid):
        write_table(table, replace(good, ties=["toss"]), by=by)


def test_two_criteria_with_one_code_are_refused_beside_the_code(world, draft):
    """“two criteria with one code”: in the same group, in another, and when one is renamed."""
    by = world.heads[0]
    two = criterion(draft, "II")

    def act(facts):
        return add_criterion(draft, facts, by=by, parent=two)

    cases = [replace(LEAF, code="I.1"), replace(LEAF, code=" II.1 "), CriterionFacts("B", "Nhóm")]
    assert [field for field, _sentence in refusals(act, cases)] == ["code"] * 3
    with pytest.raises(AlreadyDone) as refused:
        write_criterion(criterion(draft, "I.1"), replace(LEAF, code="I.2"), by=by)
    assert refused.value.sentence == "Bảng đã có ký hiệu “I.2”. Mỗi tiêu chí một ký hiệu."
    assert write_criterion(criterion(draft, "I.1"), replace(LEAF, code="I.1"), by=by).code == "I.1"


def test_a_maximum_of_nothing_is_refused(world, draft):
    """“maximum 0 or negative”: of a criterion, of a group that writes one, or none at all."""
    cases = [
        replace(LEAF, max_points=0),
        replace(LEAF, max_points=-5 * P),
        replace(LEAF, max_points=None),
        CriterionFacts("C", "Nhóm", max_points=0),
        CriterionFacts("C", "Nhóm", max_points=-1),
    ]
    found = refusals(lambda facts: add_criterion(draft, facts, by=world.heads[0]), cases)
    assert found == [("max_points", "Điểm tối đa phải lớn hơn 0.")] * 5


def test_bands_must_meet_without_a_gap(world, draft):
    """“bands that overlap or leave 79.5 % out”: the sentence names the stretch."""

    def bands(*spans):
        rows = [{"at_least": low, "below": high, "points": n * P} for low, high, n in spans]
        return replace(LEAF, kind="banded", parameters={"bands": rows})

    cases = [
        bands(("80", None, 4), ("60", "79.5", 3), (None, "60", 2)),
        bands(("80", None, 4), ("60", "80.5", 3), (None, "60", 2)),
        bands(("80", None, 4), ("60", "80", 3)),
        bands(("80", "80", 4), (None, "80", 3)),
        bands(),
    ]
    found = refusals(lambda facts: add_criterion(draft, facts, by=world.heads[0]), cases)
    assert found == [
        ("parameters", "Bỏ sót giá trị: từ 79,5 đến dưới 80 chưa có điểm."),
        ("parameters", "Hai khoảng chồng lên nhau: từ 80 đến dưới 80,5."),
        ("parameters", "Bỏ sót giá trị: dưới 60 chưa có điểm."),
        ("parameters", "Khoảng từ 80 đến dưới 80 không chứa giá trị nào."),
        ("parameters", "Cần ít nhất một khoảng."),
    ]


def test_a_cap_must_let_one_occurrence_through(world, draft):
    """“a cap under one unit”: of a counted criterion, of a penalty; of a group it is warned of."""
    by = world.heads[0]
    cases = [
        replace(LEAF, kind="count", parameters={"each": 5 * P, "cap": 3 * P}),
        CriterionFacts("T.2", "Trừ", "penalty", None, {"each": 8 * P, "cap": 2 * P}),
        replace(LEAF, kind="count", parameters={"each": 5 * P, "cap": 20 * P}),
        CriterionFacts("C", "Nhóm", bonus_cap=-1),
    ]
    found = refusals(lambda facts: add_criterion(draft, facts, by=by), cases)
    assert found == [
        ("parameters", "Trần 3 thấp hơn điểm của một lần (5)."),
        ("parameters", "Trần 2 thấp hơn điểm của một lần (8)."),
        ("parameters", "Trần cao hơn điểm tối đa 10."),
        ("bonus_cap", "Trần điểm thưởng không thể là số âm."),
    ]
    group = criterion(draft, "B")
    write_criterion(group, CriterionFacts("B", "Điểm thưởng", bonus_cap=P), by=by)
    assert [(w.node, w.sentence) for w in warnings_of(draft)] == [
        (group.pk, "Trần 1 thấp hơn điểm của một lần (2).")
    ]


def test_what_a_criterion_cannot_be_is_refused(world, draft):
    steps = {"steps": [{"label": "Tốt", "points": 20 * P}]}
    cases = [
        (replace(LEAF, code=" "), "code"),
        (replace(LEAF, name=""), "name"),
        (replace(LEAF, kind="magic"), "kind"),
        (replace(LEAF, owner="nobody"), "owner"),
        (replace(LEAF, fact="weather"), "fact"),
        (replace(LEAF, max_points=10 * P + 1), "parameters"),  # the table goes in quarters
        (replace(LEAF, kind="graded", parameters=steps), "parameters"),
        (replace(LEAF, kind="graded"), "parameters"),
        (replace(LEAF, kind="pass_fail", parameters={"failed": P}), "parameters"),
        (replace(LEAF, kind="count"), "parameters"),
        (replace(LEAF, kind="deduct", parameters={"each": 0}), "parameters"),
        (replace(LEAF, kind="proportional", parameters={"percent": "0"}), "parameters"),
        (replace(LEAF, kind="manual", parameters={"colour": "red"}), "parameters"),
        (
            CriterionFacts("T.2", "Trừ", "penalty", None, {"each": P}, is_bonus=True),
            "is_bonus",
        ),
    ]
    act = lambda facts: add_criterion(draft, facts, by=world.heads[0])  # noqa: E731
    found = refusals(act, [facts for facts, _field in cases])
    assert [field for field, _sentence in found] == [field for _facts, field in cases]
    assert all(sentence for _field, sentence in found)


def test_a_criterion_stands_in_a_group_of_its_own_table(world, draft):
    by = world.heads[0]
    with pytest.raises(Invalid):
        add_criterion(draft, LEAF, by=by, parent=criterion(draft, "I.1"))
    with pytest.raises(Invalid):
        write_criterion(criterion(draft, "I"), replace(LEAF, code="I"), by=by)
    other = criterion(a_draft_table(a_bloc(1)), "I")
    with pytest.raises(WrongState):
        add_criterion(draft, LEAF, by=by, parent=other)


def test_groups_go_ten_levels_deep_and_no_further(world):
    """“10 levels” may be written; an eleventh is refused, and nothing was added."""
    by = world.heads[0]
    table = begin_table(world.cycle, TableFacts("Sâu"), by=by)
    parent = None
    for level in range(1, DEEPEST):
        parent = add_criterion(table, CriterionFacts(f"L{level}", "Nhóm"), by=by, parent=parent)
    tenth = add_criterion(table, CriterionFacts("L10", "Nhóm"), by=by, parent=parent)
    with pytest.raises(Invalid) as refused:
        add_criterion(table, LEAF, by=by, parent=tenth)
    assert refused.value.sentence == "Bảng điểm có nhiều nhất 10 cấp."
    assert table.criteria.count() == 10


def test_a_table_has_at_most_two_thousand_rows(world, draft):
    """“2,000 criteria” may stand in a table and are adopted; one more is refused."""
    by, group = world.heads[0], criterion(draft, "II")
    missing = MOST_CRITERIA - draft.criteria.count()
    Criterion.objects.bulk_create(
        Criterion(
            table=draft,
            parent=group,
            place=100 + n,
            code=f"x{n}",
            name="Nội dung",
            kind="manual",
            max_points=25,
        )
        for n in range(missing)
    )
    with pytest.raises(Invalid) as refused:
        add_criterion(draft, LEAF, by=by)
    assert refused.value.sentence == "Một bảng điểm có nhiều nhất 2.000 dòng."
    points = 40 * P + missing * 25
    write_criterion(group, CriterionFacts("II", "Thi đua", max_points=points), by=by)
    assert adopt_table(draft, by=by).digest


def test_rows_move_among_their_own_and_take_their_children_with_them(world, draft):
    by = world.heads[0]
    shift_criterion(criterion(draft, "II"), by=by, up=True)
    assert codes(draft) == ["II", "II.1", "I", "I.1", "I.2", "B", "B.1", "T.1"]
    shift_criterion(criterion(draft, "I.1"), by=by, up=False)
    assert codes(draft)[2:5] == ["I", "I.2", "I.1"]
    for code, up in [("II", True), ("T.1", False)]:
        with pytest.raises(Invalid):
            shift_criterion(criterion(draft, code), by=by, up=up)
    gone = criterion(draft, "I")
    remove_criterion(gone, by=by)
    assert codes(draft) == ["II", "II.1", "B", "B.1", "T.1"]
    for act in (remove_criterion, lambda node, by: shift_criterion(node, by=by, up=True)):
        with pytest.raises(WrongState):
            act(gone, by=by)


def test_only_a_draft_of_a_running_year_is_written(world):
    table, by = a_table(world), world.heads[0]
    node = criterion(table, "I.1")
    acts = [
        lambda: add_criterion(table, LEAF, by=by),
        lambda: write_criterion(node, replace(LEAF, code="I.1"), by=by),
        lambda: remove_criterion(node, by=by),
        lambda: shift_criterion(node, by=by, up=False),
        lambda: write_table(table, TableFacts("Tên khác"), by=by),
        lambda: discard_table(table, by=by),
        lambda: adopt_table(table, by=by),
    ]
    for act in acts:
        with pytest.raises(WrongState):
            act()
    close_cycle(world.cycle, by=world.board)
    with pytest.raises(WrongState):
        begin_table(world.cycle, TableFacts("Mới"), by=by)
    assert ScoringTable.objects.get().name == "Bảng điểm thử"


def test_a_draft_may_be_thrown_away_with_all_its_rows(world, draft):
    discard_table(draft, by=world.heads[0])
    assert not ScoringTable.objects.exists()
    assert not Criterion.objects.exists()
    assert Entry.objects.filter(code="table.discarded").exists()
