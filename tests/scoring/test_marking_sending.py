"""What keeps a sheet from being sent, and what agreeing takes over."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests import factories as make
from tests.scoring.factories import (
    POINT,
    a_draft_table,
    a_result,
    a_self_score,
    a_table,
    criterion,
    given,
    sheet_of,
)
from tests.scoring.steps import a_check, an_appraisal, head, mark, send_all
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, NoRight, OutOfTime, WrongState
from thidua.cycles.actions.years import act_on_phase, set_phase
from thidua.reporting.actions.evidence import EvidenceFacts, keep_evidence
from thidua.scoring.actions.adoption import adopt_table, set_layers
from thidua.scoring.actions.agreeing import agree_rest
from thidua.scoring.actions.marking import save_marks, send_sheet, take_back_sheet
from thidua.scoring.actions.proving import prove
from thidua.scoring.actions.tables import CriterionFacts, write_criterion
from thidua.scoring.errors import MarksRefused
from thidua.scoring.models import Layer, Mark
from thidua.scoring.queries import (
    below_of,
    missing_before_sending,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(3)


def test_a_card_is_checked_only_once_its_member_has_sent_its_marks(world):
    a_table(world)
    check = a_check(world, 2, 1)
    save_marks(check, given(check, {}), by=head(world, 1))

    with pytest.raises(WrongState, match="chưa gửi điểm tự chấm"):
        send_sheet(check, by=head(world, 1))


def test_every_criterion_needs_a_mark_and_a_bonus_its_proof(world):
    table = a_table(world)
    sheet, by = sheet_of(world, 2), head(world, 2)
    marks = given(sheet, {"I.1": 30, "B.1": 1})
    bonus, manual = criterion(table, "B.1").pk, criterion(table, "I.1").pk
    del marks[manual]
    save_marks(sheet, marks, by=by)

    with pytest.raises(MarksRefused) as refusal:
        send_sheet(sheet, by=by)

    told = refusal.value.by_criterion
    assert told[manual] == "Chưa có điểm."
    assert "Cần minh chứng" in told[bonus]
    assert set(told) == {manual, bonus}
    facts = EvidenceFacts("explanation", text="Mô hình chưa có biên bản nghiệm thu.")
    evidence = keep_evidence(world.enrolments[2], facts, by=by)
    prove(sheet.card, criterion(table, "B.1"), evidence, by=by)
    mark(sheet, "I.1", 30, by=by)
    assert send_sheet(sheet, by=by).is_sent
    assert evidence.sharings.count() == 1


def test_what_does_not_apply_says_why_and_has_no_points(world):
    table = a_draft_table(world)
    leaf = criterion(table, "II.1")
    facts = CriterionFacts("II.1", "Nội dung ba", "manual", 40 * POINT, allows_na=True)
    write_criterion(leaf, facts, by=head(world, 0))
    adopt_table(table, by=head(world, 0))
    sheet = sheet_of(world, 2)

    mark(sheet, "II.1", 12, by=head(world, 2), is_na=True)

    (row,) = Mark.objects.filter(sheet=sheet)
    assert (row.is_na, row.value, row.points) == (True, None, None)
    assert missing_before_sending(sheet)[leaf.pk] == "Cần ghi vì sao không áp dụng."
    with pytest.raises(MarksRefused):
        mark(sheet, "I.1", by=head(world, 2), is_na=True)


def test_a_mark_that_differs_from_the_layer_below_says_why(world):
    table = a_table(world)
    a_self_score(world, 2, I_1=30, II_1=30)
    check, by = a_check(world, 2, 1), head(world, 1)
    save_marks(check, given(check, {"I.1": 28, "II.1": 30}), by=by)

    assert missing_before_sending(check) == {
        criterion(table, "I.1").pk: "Điểm khác với lớp chấm trước nên cần ghi lý do."
    }
    mark(check, "I.1", 28, by=by, reason="Thiếu một biên bản")
    assert send_sheet(check, by=by).is_sent


def test_an_appraisal_is_compared_with_what_several_checkers_come_to():
    """Their mean, half-up to the step; where they agree, with their own mark."""
    world = make.a_bloc(4)
    table = a_table(world)
    a_self_score(world, 2, I_1=30, II_1=30)
    for checker, points in ((1, 28), (3, 29)):
        send_all(a_check(world, 2, checker), head(world, checker), I_1=points, II_1=25)
    lead = an_appraisal(world, 2, head(world, 0))

    below = below_of(lead)

    first, third = below[criterion(table, "I.1").pk], below[criterion(table, "II.1").pk]
    assert (first.points, first.value, first.pk) == (2850, Decimal("28.5"), None)
    assert (third.points, third.sheet.layer.kind) == (2500, "cross")
    mark(lead, "I.1", "28.5", by=head(world, 0))
    mark(lead, "II.1", 30, by=head(world, 0))
    assert list(missing_before_sending(lead)) == [criterion(table, "II.1").pk]


def test_agreeing_takes_what_stands_for_all_that_has_no_mark_yet():
    world = make.a_bloc(4)
    table = a_table(world)
    a_self_score(world, 2, I_1=30, II_1=30)
    check = a_check(world, 2, 1)
    mark(check, "I.1", 28, by=head(world, 1), reason="Thiếu một biên bản")

    saved = agree_rest(check, by=head(world, 1))

    assert {m.criterion.code for m in saved.marks} == {"I.2", "II.1", "B.1", "T.1"}
    assert missing_before_sending(check) == {}
    send_sheet(check, by=head(world, 1))
    other = a_check(world, 2, 3)
    send_all(other, head(world, 3), I_1=30, I_2=1, II_1=30)
    lead = an_appraisal(world, 2, head(world, 0))
    left = agree_rest(lead, by=head(world, 0))
    by_code = {m.criterion.code: m.points for m in left.marks}
    assert by_code == {"I.1": 2900, "II.1": 3000, "B.1": 0, "T.1": 0}  # of "Tốt" and "Khá": none
    assert criterion(table, "I.2").pk not in missing_before_sending(lead)
    with pytest.raises(Invalid):
        agree_rest(lead, by=head(world, 0))


def test_agreeing_is_for_those_who_may_mark_above_the_self_score(world):
    a_table(world)
    a_self_score(world, 2, I_1=30)
    check = a_check(world, 2, 1)

    with pytest.raises(NoRight):
        agree_rest(check, by=head(world, 2))
    with pytest.raises(WrongState):
        agree_rest(sheet_of(world, 1), by=head(world, 1))

    assert not check.marks.exists()


def test_what_the_board_owns_is_the_boards_alone(world):
    set_layers(world.cycle, list(Layer.Kind.values), by=world.board)
    table = a_draft_table(world)
    facts = CriterionFacts("II.1", "Nội dung ba", "manual", 40 * POINT, owner="board")
    write_criterion(criterion(table, "II.1"), facts, by=head(world, 0))
    adopt_table(table, by=head(world, 0))
    own = sheet_of(world, 2)

    with pytest.raises(MarksRefused):
        mark(own, "II.1", 30, by=head(world, 2))
    a_self_score(world, 2, I_1=30)
    board = an_appraisal(world, 2, world.board, "board")
    assert list(missing_before_sending(board)) == [criterion(table, "II.1").pk]
    mark(board, "II.1", 30, by=world.board)

    assert send_sheet(board, by=world.board).is_sent


def test_after_its_day_a_sheet_is_late_and_after_the_phase_refused(world):
    """As with reports: “after the deadline (accepted, marked late)”, “after the phase closed
    (refused)”; before it opens too."""
    a_table(world)
    today = clock.today()
    for due, opens, late in ((today, today, False), (today - timedelta(1), today, True)):
        first = min(opens, due) - timedelta(1)
        set_phase(world.cycle, by=world.board, kind="self_scoring", opens_on=first, due_on=due)
        sheet = a_self_score(world, 2, I_1=30)
        assert sheet.is_late is late
        take_back_sheet(sheet, by=head(world, 2))
    phase = world.cycle.phases.get()
    act_on_phase(phase, by=world.board, opens=False, reason="Hết hạn")

    with pytest.raises(OutOfTime, match="đã đóng"):
        send_sheet(sheet, by=head(world, 2))
    mark(sheet, "I.1", 31, by=head(world, 2))
    phase.acts.all().delete()
    set_phase(world.cycle, by=world.board, kind="self_scoring", opens_on=today + timedelta(2))
    with pytest.raises(OutOfTime, match="mở từ ngày"):
        send_sheet(sheet, by=head(world, 2))


def test_nothing_is_marked_or_taken_back_once_the_result_is_adopted(world):
    a_table(world)
    sheet = a_self_score(world, 2, I_1=30)
    result = a_result(world)

    with pytest.raises(WrongState, match="sơ bộ"):
        take_back_sheet(sheet, by=head(world, 2))
    result.state = "adopted"
    result.save()
    with pytest.raises(WrongState, match="đính chính"):
        mark(sheet_of(world, 1), "I.1", 3, by=head(world, 1))


def test_what_was_sent_stays_as_an_older_row(world):
    a_table(world)
    sheet = a_self_score(world, 2, I_1=30)
    digest = sheet.digest
    take_back_sheet(sheet, by=head(world, 2))

    mark(sheet, "I.1", 35, by=head(world, 2))
    again = send_sheet(sheet, by=head(world, 2))

    leaf = criterion(sheet.card.table, "I.1")
    rows = Mark.objects.filter(sheet=sheet, criterion=leaf).order_by("number")
    assert [(m.number, m.points, m.was_sent) for m in rows] == [(1, 3000, True), (2, 3500, True)]
    assert again.digest != digest
    with pytest.raises(AlreadyDone):
        send_sheet(sheet, by=head(world, 2))
