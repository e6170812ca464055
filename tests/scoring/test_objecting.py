"""Objections to a preliminary result, and ties put to the vote: answered, marked anew, settled."""

from decimal import Decimal
from typing import Any

import pytest

from tests import factories as make
from tests.scoring.factories import (
    a_result,
    a_scored_world,
    a_self_score,
    a_table,
    an_adopted_result,
    card_of,
    criterion,
)
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, DomainError, Invalid, WrongState
from thidua.notifications.models import Notice
from thidua.scoring.actions.adoption import set_layers
from thidua.scoring.actions.checks import open_sheet
from thidua.scoring.actions.marking import save_marks, send_sheet, take_back_sheet
from thidua.scoring.actions.results import (
    adopt_result,
    answer_objection,
    object_to_result,
    settle_ties,
)
from thidua.scoring.given import MarkGiven
from thidua.scoring.models import Objection, Result, Sheet, TieVote

pytestmark = pytest.mark.django_db
State = Result.State


@pytest.fixture
def world() -> make.World:
    return a_scored_world()


def adopt(result: Result, world: make.World, **facts: Any) -> Result:
    told: dict[str, Any] = {"minutes": "01/BB", "adopted_on": clock.today(), **facts}
    return adopt_result(result, by=world.heads[0], **told)


def refused(error: type[DomainError], words: str, act, *things, **facts) -> None:
    """Check that the act is refused so, and that it recorded nothing."""
    before = Entry.objects.count()
    with pytest.raises(error, match=words):
        act(*things, **facts)
    assert Entry.objects.count() == before


def test_all_that_are_tied_share_a_rank_until_the_meeting_votes():
    """“all tied”."""
    world = make.a_bloc(3)
    a_table(world, ties=["vote"])
    for member in range(3):
        a_self_score(world, member, I_1=30)
    tied = a_result(world)
    assert [s.rank for s in tied.standings.all()] == [1, 1, 1]
    assert "không có gì để phân định" in tied.standings.first().why

    votes = dict(zip(world.enrolments, (1, 2, 0), strict=True))
    settle_ties(votes, by=world.heads[0], basis="02/BB")

    refused(WrongState, "Hãy lập lại kết quả", adopt, tied, world)
    settled = a_result(world)
    names = [s.unit_name for s in settled.standings.all()]
    assert names == [world.members[n].name for n in (1, 0, 2)]
    assert "số phiếu của hội nghị" in settled.standings.first().why


def test_votes_are_not_noted_where_they_decide_nothing(world):
    votes = dict.fromkeys(world.enrolments, 1)
    by = world.heads[0]
    refused(WrongState, "không phân định bằng số phiếu", settle_ties, votes, by=by, basis="02/BB")

    world.cycle.scoring_tables.update(ties=["vote"])
    refused(Invalid, "ít nhất hai đơn vị", settle_ties, {world.enrolments[0]: 1}, by=by, basis="2")
    refused(Invalid, "biên bản", settle_ties, votes, by=by, basis=" ")
    wrong = {world.enrolments[0]: 1, world.enrolments[1]: -1}
    refused(Invalid, "Số phiếu không hợp lệ", settle_ties, wrong, by=by, basis="02/BB")
    assert not TieVote.objects.exists()
    an_adopted_result(world)
    refused(WrongState, "đã được thông qua", settle_ties, votes, by=by, basis="02/BB")


def test_an_objection_is_answered_once_and_by_then_blocks_the_meeting(world):
    result = a_result(world)
    about = criterion(result.table, "I.1")
    said = object_to_result(result, by=world.heads[2], text="Thiếu 2 điểm", criterion=about)
    told = Notice.objects.filter(organization=world.members[0], about_id=result.pk)
    assert any("kiến nghị" in notice.sentence for notice in told)
    refused(Invalid, "Còn 1 kiến nghị chưa trả lời", adopt, result, world)

    answer_objection(said, by=world.heads[0], answer="Đủ rồi", is_upheld=False)

    again = {"by": world.heads[0], "answer": "Lại", "is_upheld": True}
    refused(AlreadyDone, "đã được trả lời", answer_objection, said, **again)
    assert Objection.objects.get().answer == "Đủ rồi"
    assert adopt(result, world).state == State.ADOPTED


def test_an_objection_to_an_older_version_still_waits_for_its_answer(world):
    object_to_result(a_result(world), by=world.heads[2], text="Thiếu")

    refused(Invalid, "Còn 1 kiến nghị", adopt, a_result(world), world)


def test_an_objection_needs_words_a_criterion_of_the_table_and_a_preliminary_result(world):
    result, by = a_result(world), world.heads[1]
    elsewhere = criterion(a_table(make.a_bloc(2)), "I.1")
    object_to = object_to_result
    refused(Invalid, "Hãy ghi nội dung", object_to, result, by=by, text=" \n ")
    refused(Invalid, "quá 5.000 chữ", object_to, result, by=by, text="a" * 5001)
    refused(Invalid, "không thuộc bảng", object_to, result, by=by, text="A", criterion=elsewhere)
    stranger = make.a_visitor_with_account()
    refused(WrongState, "Chỉ đơn vị đang tham gia", object_to, result, by=stranger, text="A")
    object_to(result, by=by, text="Một lần")
    refused(AlreadyDone, "đã được gửi rồi", object_to, result, by=by, text="Một lần ")
    refused(
        Invalid,
        "lời trả lời",
        answer_objection,
        Objection.objects.get(),
        by=by,
        answer=" ",
        is_upheld=True,
    )
    older = a_result(world)
    a_result(world)
    refused(WrongState, "không làm được", object_to, older, by=by, text="Muộn")


def test_an_upheld_objection_is_marked_anew_at_the_meeting_and_drawn_up_again(world):
    """What the meeting sent before the preliminary result can be taken back for it."""
    set_layers(world.cycle, ["meeting"], by=world.heads[0])
    sheet = open_sheet(card_of(world, 2), "meeting", by=world.heads[0])
    leaf = criterion(sheet.card.table, "I.1")
    save_marks(sheet, {leaf.pk: MarkGiven(Decimal(30), reason="Hội nghị")}, by=world.heads[0])
    send_sheet(sheet, by=world.heads[0])
    assert a_result(world).standings.get(enrolment=world.enrolments[2]).total == 8000

    sheet = take_back_sheet(sheet, by=world.heads[0])
    save_marks(sheet, {leaf.pk: MarkGiven(Decimal(40), reason="Tiếp thu")}, by=world.heads[0])
    send_sheet(sheet, by=world.heads[0])

    assert a_result(world).standings.get(enrolment=world.enrolments[2]).total == 9000
    own = Sheet.objects.get(card=sheet.card, layer__kind="self")
    refused(WrongState, "Lớp chấm sau", take_back_sheet, own, by=world.heads[2])
    other = Sheet.objects.get(card=card_of(world, 1), layer__kind="self")
    refused(WrongState, "Kết quả sơ bộ đã lập", take_back_sheet, other, by=world.heads[1])
