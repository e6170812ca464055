"""Putting a table to use, changing it under open cards, taking it along into the next year."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import World, a_bloc, officer
from tests.kept import kept
from tests.scoring.factories import (
    a_draft_table,
    a_result,
    a_self_score,
    a_table,
    all_scored,
    card_of,
    criterion,
    sheet_of,
)
from thidua.core import clock
from thidua.core.errors import DomainError, Invalid, WrongState
from thidua.cycles.actions.members import Lead, begin_next_year, join_cycle, proposed_rotation
from thidua.notifications.models import Notice
from thidua.scoring.actions.adoption import (
    adopt_table,
    begin_missing_cards,
    draft_next_version,
    set_layers,
)
from thidua.scoring.actions.marking import save_marks
from thidua.scoring.actions.results import adopt_result
from thidua.scoring.actions.tables import (
    CriterionFacts,
    TableFacts,
    add_criterion,
    remove_criterion,
    write_criterion,
    write_table,
)
from thidua.scoring.differences import changes_between, digest_of, sheets_opened_again
from thidua.scoring.given import MarkGiven
from thidua.scoring.models import Card, Criterion, Layer, ScoringTable, Sheet
from thidua.scoring.warnings import warnings_of

pytestmark = pytest.mark.django_db
P = 100


@pytest.fixture
def world():
    return a_bloc(2)


def sentences(table):
    return [w.sentence for w in warnings_of(table)]


def next_version(world: World, table: ScoringTable, **changed: Any) -> ScoringTable:
    """Draft the next version, with what is ``changed`` of I.1."""
    draft = draft_next_version(table, by=world.heads[0])
    if changed:
        was = CriterionFacts("I.1", "Nội dung một", "manual", 40 * P)
        write_criterion(criterion(draft, "I.1"), replace(was, **changed), by=world.heads[0])
    return draft


def points_of(sheet: Sheet) -> dict[str, int | None]:
    marks = sheet.marks.filter(is_current=True).select_related("criterion")
    return {mark.criterion.code: mark.points for mark in marks}


def test_a_table_with_something_to_mend_is_not_adopted_and_says_where(world):
    draft, by = a_draft_table(world), world.heads[0]
    add_criterion(draft, CriterionFacts("III", "Nhóm trống"), by=by)
    add_criterion(
        draft,
        CriterionFacts("I.3", "Thêm", "manual", 5 * P, owner=""),
        by=by,
        parent=criterion(draft, "I"),
    )
    head = TableFacts("Bảng", step=25, ties=["group:IX"], bonus_cap=5 * P)
    draft = write_table(draft, head, by=by)
    assert set(sentences(draft)) == {
        "Nhóm này chưa có tiêu chí nào.",
        "Nhóm ghi 60 điểm nhưng các tiêu chí cộng lại 65.",
        "Chưa ghi ai chấm tiêu chí này.",
        "Nhóm “IX” dùng để phân định không có trong bảng.",
    }
    with pytest.raises(Invalid) as refused:
        adopt_table(draft, by=by)
    assert "III: Nhóm này chưa có tiêu chí nào." in refused.value.sentence
    assert not Card.objects.exists()


def test_an_empty_table_a_lost_fact_and_an_unreadable_rule_are_warned_of(world):
    draft, by = a_draft_table(world), world.heads[0]
    facts = {"kind": "proportional", "max_points": 10 * P, "parameters": {"percent": "10"}}
    for code, fact in [("F.1", "covenant_on_time"), ("F.2", "common:Nhà"), ("F.3", "")]:
        owner = "system" if code == "F.3" else "bloc"
        add_criterion(draft, CriterionFacts(code, "Số", fact=fact, owner=owner, **facts), by=by)
    assert sentences(draft) == [
        "Hệ thống chấm tiêu chí này, nhưng chưa chọn số liệu nào.",
        "Số liệu hệ thống đã chọn không hợp với cách tính điểm này.",
        "Năm này không có chỉ tiêu chung “Nhà”.",
    ]
    Criterion.objects.filter(code="I.1").update(parameters={"colour": "red"})
    assert sentences(draft)[0] == "Thông tin của cách tính điểm chưa đúng."
    draft.criteria.filter(is_group=False).delete()
    assert sentences(draft)[0] == "Bảng điểm chưa có tiêu chí nào."


def test_adopting_gives_everyone_a_card_the_usual_layers_and_a_notice(world):
    table = a_table(world)
    assert table.state == ScoringTable.State.ADOPTED
    assert table.digest == digest_of(table)
    assert Card.objects.filter(table=table).count() == 2
    kinds = list(world.cycle.layers.values_list("kind", flat=True))
    assert kinds == ["self", "cross", "lead", "meeting"]
    assert Notice.objects.filter(about_type="scoring.scoringtable", about_id=table.pk).count() == 2


def test_the_digest_covers_all_that_a_total_depends_on(world):
    draft, by = a_draft_table(world), world.heads[0]
    seen = {digest_of(draft)}
    for facts in [
        TableFacts("Bảng điểm thử", step=50, bonus_cap=5 * P),
        TableFacts("Bảng điểm thử", step=50, bonus_cap=4 * P),
        TableFacts("Bảng điểm thử", step=50, bonus_cap=4 * P, ties=["vote"]),
    ]:
        draft = write_table(draft, facts, by=by)
        seen.add(digest_of(draft))
    remove_criterion(criterion(draft, "T.1"), by=by)
    seen.add(digest_of(draft))
    assert len(seen) == 5
    with pytest.raises(WrongState):
        adopt_table(draft, by=by, seen_digest=min(seen - {digest_of(draft)}))
    assert adopt_table(draft, by=by, seen_digest=digest_of(draft)).digest in seen


@pytest.fixture
@kept
def changed(world):
    """A table replaced under open cards: I.1 says something else; 0 had sent, 1 only typed."""
    first = a_table(world)
    a_self_score(world, 0, I_1=35, II_1=30)
    given = {criterion(first, "II.1").pk: MarkGiven(Decimal("12.5"))}
    save_marks(sheet_of(world, 1), given, by=world.heads[1])
    second = next_version(world, first, name="Nội dung một, viết lại")
    changes = changes_between(first, second)
    assert [node.code for node in changes.changed] == ["I.1"]
    assert sheets_opened_again(changes) == 1
    Notice.objects.all().delete()
    return first, adopt_table(second, by=world.heads[0])


def test_marks_for_what_did_not_change_move_along_under_open_cards(world, changed):
    """“a table changed under open cards”: what stayed is carried, what was sent opens again."""
    _first, second = changed
    reopened = sheet_of(world, 0)
    assert reopened.card.table == second
    assert not reopened.is_sent
    marked = points_of(reopened)
    assert "I.1" not in marked
    assert marked["II.1"] == 30 * P
    assert points_of(sheet_of(world, 1)) == {"II.1": 1250}


def test_the_old_cards_stay_as_they_were_and_take_no_marks(world, changed):
    first, _second = changed
    assert ScoringTable.objects.get(pk=first.pk).state == ScoringTable.State.REPLACED
    old = Sheet.objects.get(card__table=first, organization=world.members[0])
    assert old.is_sent
    assert points_of(old)["I.1"] == 35 * P
    with pytest.raises(WrongState):
        save_marks(old, {}, by=world.heads[0])


def test_whose_sent_marks_open_again_is_told_so(world, changed):
    def told(member):
        return list(Notice.objects.filter(organization=member).values_list("sentence", flat=True))

    assert len(told(world.members[1])) == 1
    assert [sentence for sentence in told(world.members[0]) if "mở lại" in sentence]


def test_a_version_that_says_the_same_opens_nothing_again(world):
    first = a_table(world)
    sent = a_self_score(world, 0, I_1=35, II_1=30)
    second = next_version(world, first)
    write_table(second, TableFacts("Tên khác", step=25, bonus_cap=5 * P), by=world.heads[0])
    assert changes_between(first, second).is_whole
    adopt_table(second, by=world.heads[0])
    carried = sheet_of(world, 0)
    assert carried.is_sent
    assert (carried.sent_at, carried.sent_by) == (sent.sent_at, sent.sent_by)
    assert points_of(carried) == points_of(sent)


def test_a_coarser_step_leaves_no_mark_that_it_would_refuse(world):
    first = a_table(world)
    facts = TableFacts("Bảng điểm thử", step=100, bonus_cap=5 * P)
    second = write_table(next_version(world, first), facts, by=world.heads[0])
    changed = {node.code for node in changes_between(first, second).changed}
    assert {"I.1", "II.1"} <= changed
    assert "I" not in changed


def test_added_and_removed_rows_are_told_apart(world):
    first, by = a_table(world), world.heads[0]
    second = next_version(world, first)
    remove_criterion(criterion(second, "T.1"), by=by)
    parent = criterion(second, "B")
    facts = CriterionFacts("B.2", "Cờ", "pass_fail", 2 * P, is_bonus=True)
    add_criterion(second, facts, by=by, parent=parent)
    changes = changes_between(first, second)
    assert [node.code for node in changes.added] == ["B.2"]
    assert [node.code for node in changes.removed] == ["T.1"]
    assert not changes.changed


def test_a_table_stays_once_the_meeting_adopted_the_result(world):
    first = a_table(world)
    all_scored(world)
    adopt_result(a_result(world), by=world.heads[0], minutes="01/BB", adopted_on=clock.today())
    draft = next_version(world, first)
    with pytest.raises(WrongState) as refused:
        adopt_table(draft, by=world.heads[0])
    assert refused.value.sentence == "Kết quả đã được thông qua nên không đổi bảng điểm nữa."


def test_layers_are_set_for_the_year_and_not_taken_from_under_scorers(world):
    by = world.heads[0]
    layers = set_layers(world.cycle, ["board", "cross"], by=by, combine="median", is_blind=False)
    assert [layer.kind for layer in layers] == ["self", "cross", "board"]
    cross = next(layer for layer in layers if layer.kind == Layer.Kind.CROSS)
    assert (cross.combine, cross.is_blind) == ("median", False)
    a_table(world)
    Sheet.objects.create(card=card_of(world, 0), layer=cross, organization=world.members[1])
    with pytest.raises(WrongState):
        set_layers(world.cycle, ["lead"], by=by)
    kinds = list(world.cycle.layers.values_list("kind", flat=True))
    assert kinds == ["self", "cross", "board"]


def test_the_board_marks_only_where_it_has_a_layer(world):
    draft, by = a_draft_table(world), world.heads[0]
    facts = CriterionFacts("II.1", "Nội dung ba", "manual", 40 * P, owner="board")
    write_criterion(criterion(draft, "II.1"), facts, by=by)
    assert len(warnings_of(draft)) == 1
    set_layers(world.cycle, ["board"], by=by)
    assert warnings_of(draft) == []


def test_a_table_goes_along_when_the_year_is_copied(world):
    table = a_table(world, ties=["vote", "group:I"])
    set_layers(world.cycle, ["cross", "lead"], by=world.heads[0], combine="agreed")
    lead = Lead(*proposed_rotation(world.fresh_cycle()))
    year = world.cycle.year + 1
    new = begin_next_year(world.fresh_cycle(), by=world.board, year=year, lead=lead)
    draft = new.scoring_tables.get()
    assert draft.is_editable
    assert draft.previous == table
    assert draft.ties == ["vote", "group:I"]
    assert [node.content() for node in draft.criteria.all()] == [
        node.content() for node in table.criteria.all()
    ]
    assert draft.criteria.filter(parent__table=table).count() == 0
    assert list(new.layers.values_list("kind", "combine")) == [
        ("self", "mean"),
        ("cross", "agreed"),
        ("lead", "mean"),
    ]


def test_who_joins_later_gets_a_card_too(world):
    with pytest.raises(WrongState):
        begin_missing_cards(world.cycle, by=world.heads[0])
    a_table(world)
    with pytest.raises(DomainError):
        begin_missing_cards(world.cycle, by=world.heads[0])
    late = a_bloc(1).members[0]
    enrolment = join_cycle(world.cycle, late, by=world.board)
    (card,) = begin_missing_cards(world.cycle, by=world.heads[0])
    assert card.enrolment == enrolment
    assert card.sheets.get().organization == late


def test_an_officer_prepares_and_the_leaders_head_adopts(world):
    draft = a_draft_table(world)
    prepares, other = officer(world.members[0]), officer(a_bloc(1).members[0])
    for acting, writes, adopts in [
        (world.heads[0], True, True),
        (prepares, True, False),
        (world.heads[1], True, False),
        (world.board, True, True),
        (other, False, False),
    ]:
        assert acting.has_perm("scoring.write_scoringtable", draft) is writes
        assert acting.has_perm("scoring.adopt_scoringtable", draft) is adopts
