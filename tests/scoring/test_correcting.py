"""Correcting what was published: a second version beside the first, and who moved."""

from decimal import Decimal

import pytest

from tests import factories as make
from tests.scoring.bare import a_bare_table, each, leaf
from tests.scoring.factories import (
    a_published_result,
    a_result,
    a_scored_world,
    a_self_score,
    a_table,
    card_of,
    criterion,
)
from tests.scoring.steps import an_appraisal
from tests.scoring.steps import mark as give
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import DomainError, Invalid, WrongState
from thidua.cycles.actions.members import hand_lead, leave_cycle
from thidua.cycles.actions.years import close_cycle
from thidua.scoring.actions.adoption import set_layers
from thidua.scoring.actions.correcting import correct_mark, preview_correction
from thidua.scoring.actions.marking import send_sheet
from thidua.scoring.actions.results import publish_result
from thidua.scoring.given import MarkGiven
from thidua.scoring.models import Layer, Mark, Result, Sheet
from thidua.scoring.versions import moves_between

pytestmark = pytest.mark.django_db
State = Result.State


@pytest.fixture
def world() -> make.World:
    return a_scored_world()


def to(value: object, reason: str = "Nhập nhầm số", **told) -> MarkGiven:
    return MarkGiven(None if value is None else Decimal(str(value)), reason=reason, **told)


def correct(world: make.World, member: int, given: MarkGiven, code: str = "I.1", by=None, **told):
    card = card_of(world, member)
    by = by or world.heads[0 if member else 1]
    return correct_mark(card, criterion(card.table, code), given, by=by, **told)


def publish(world: make.World, result: Result, audience: str = "public") -> Result:
    return publish_result(result, by=world.heads[0], audience=audience)


def refused(error: type[DomainError], words: str, act, *things, **facts) -> None:
    """Check that the act is refused so, and that it left nothing behind."""
    before = Entry.objects.count(), Mark.objects.count(), Result.objects.count()
    with pytest.raises(error, match=words):
        act(*things, **facts)
    assert (Entry.objects.count(), Mark.objects.count(), Result.objects.count()) == before


def test_a_correction_is_a_second_version_that_names_the_first(world):
    first = a_published_result(world)

    second = publish(world, correct(world, 0, to(10)))

    assert second.corrects == first
    assert second.version.previous == first.version
    assert "Đính chính bản số 1. Lý do: Nhập nhầm số" in second.version.text
    assert Result.objects.get(pk=first.pk).is_published
    assert [s.total for s in first.standings.all()] == [9000, 8900, 8800]
    assert [(s.rank, s.total) for s in second.standings.all()] == [(1, 8900), (2, 8800), (3, 6000)]
    moves = {m.unit_name: m[2:] for m in map(_row, moves_between(first, second))}
    assert moves == {
        world.members[0].name: (9000, 6000, 1, 3),
        world.members[1].name: (8900, 8900, 2, 1),
        world.members[2].name: (8800, 8800, 3, 2),
    }


def _row(move):
    class Row(tuple):
        unit_name = move.unit_name

    points = (move.from_points, move.to_points, move.from_rank, move.to_rank)
    return Row((move.enrolment_id, move.unit_name, *points))


def test_every_older_mark_stays_below_the_corrected_one(world):
    a_published_result(world)
    second = correct(world, 2, to(5))

    standing = second.standings.get(enrolment=world.enrolments[2])
    line = next(line for line in standing.lines if line["code"] == "I.1")
    told = [(mark["layer"], mark["points"], mark["reason"]) for mark in line["marks"]]
    assert told == [("self", 3800, ""), ("meeting", 500, "Nhập nhầm số")]
    assert line["layer"] == "meeting"


def test_one_value_relative_to_the_best_moves_the_others_too():
    """leader_relative: both versions stay, and it is told who moved."""
    world = make.a_bloc(3)
    a_bare_table(world, leaf("I.1", "leader_relative"))
    each(world, "self", {0: (120, 100), 1: (110, 100), 2: (80, 100)}, "I_1")
    first = a_published_result(world)
    assert [s.total for s in first.standings.all()] == [1000, 750, 400]

    second = correct(world, 0, to(105, target=Decimal(100)))

    assert [s.total for s in second.standings.all()] == [1000, 750, 400]
    moved = {m.unit_name: (m.from_points, m.to_points) for m in moves_between(first, second)}
    assert moved == {world.members[0].name: (1000, 750), world.members[1].name: (750, 1000)}


def test_a_preview_says_who_would_move_and_keeps_nothing(world):
    a_published_result(world)
    card = card_of(world, 0)
    leaf = criterion(card.table, "I.1")
    before = Entry.objects.count(), Mark.objects.count(), Result.objects.count()

    preview = preview_correction(card, leaf, to(10), by=world.heads[1])

    assert preview.points == 1000
    assert [(m.from_rank, m.to_rank) for m in preview.moves] == [(2, 1), (3, 2), (1, 3)]
    assert (Entry.objects.count(), Mark.objects.count(), Result.objects.count()) == before
    refused(Invalid, "lý do", preview_correction, card, leaf, to(10, ""), by=world.heads[1])


def test_a_correction_that_waits_takes_the_next_one_along(world):
    first = a_published_result(world)
    waiting = correct(world, 0, to(10, "Một"))
    both = correct(world, 1, to(11, "Hai"))

    assert Result.objects.get(pk=waiting.pk).state == State.SET_ASIDE
    assert (both.state, both.corrects, both.reason) == (State.ADOPTED, first, "Một\nHai")
    totals = {s.enrolment: s.total for s in both.standings.all()}
    assert [totals[e] for e in world.enrolments] == [6000, 6100, 8800]


def test_what_everyone_read_is_corrected_for_everyone(world):
    a_published_result(world)
    second = correct(world, 0, to(10))

    refused(Invalid, "cũng cho mọi người", publish, world, second, audience="members")
    assert publish(world, second).is_published


def test_a_correction_is_of_another_value_that_can_be_and_has_a_reason(world):
    a_published_result(world)

    for given, words in (
        (to(10, " "), "lý do đính chính"),
        (to(None), "giá trị đúng"),
        (to(40), "không khác"),
        (to("40.5"), "Cao hơn điểm tối đa 40"),
        (to("12.3"), "theo bước 0,25"),
        (to(None, is_na=True), "luôn áp dụng"),
        (to(1, "a" * 3001), "quá 3.000 chữ"),
    ):
        refused(Invalid, words, correct, world, 0, given)


def test_only_a_published_result_of_an_open_year_is_corrected(world):
    refused(WrongState, "Chưa có kết quả đã công bố", correct, world, 0, to(10))
    a_result(world)
    refused(WrongState, "Chưa có kết quả đã công bố", correct, world, 0, to(10))
    a_published_result(world)
    refused(Invalid, "không thuộc bảng điểm", correct, world, 0, to(10), "I")
    elsewhere = criterion(a_table(make.a_bloc(2)), "I.1")
    told = (card_of(world, 0), elsewhere, to(10))
    refused(Invalid, "không thuộc bảng điểm", correct_mark, *told, by=world.heads[1])

    close_cycle(world.cycle, by=world.board)
    refused(WrongState, "đã khép lại", correct, world, 0, to(10))


def test_who_looked_at_an_older_version_is_told(world):
    a_published_result(world)
    correct(world, 0, to(10), seen=1)

    refused(WrongState, "Người khác vừa thay đổi", correct, world, 1, to(10), seen=1)


def test_what_the_board_marked_only_the_board_corrects(world):
    """A correction that would change nothing is refused, with a sentence."""
    set_layers(world.cycle, ["meeting", "board"], by=world.heads[0])
    sheet = an_appraisal(world, 2, world.board, "board")
    give(sheet, "I.1", 20, by=world.board, reason="Thẩm định")
    send_sheet(sheet, by=world.board)
    a_published_result(world)

    refused(WrongState, "chỉ cơ quan quản lý", correct, world, 2, to(10))
    second = correct(world, 2, to(10), by=world.board)

    assert second.standings.get(enrolment=world.enrolments[2]).total == 6000


def test_a_correction_is_never_averaged_with_what_it_corrects(world):
    """Where leaders marked side by side and no meeting did, the meeting's layer is begun."""
    set_layers(world.cycle, ["lead"], by=world.heads[0])
    world.cycle = hand_lead(world.cycle, by=world.board, leaders=world.enrolments[:2], deputies=[])
    for leader in (0, 1):
        sheet = an_appraisal(world, 2, world.heads[leader])
        give(sheet, "I.1", 20 + 10 * leader, by=world.heads[leader], reason="Thẩm định")
        send_sheet(sheet, by=world.heads[leader])
    first = a_published_result(world)
    assert first.standings.get(enrolment=world.enrolments[2]).total == 7500

    second = correct(world, 2, to(10))

    assert second.standings.get(enrolment=world.enrolments[2]).total == 6000
    assert Layer.objects.filter(cycle=world.cycle, kind="meeting", place=3).exists()


def test_where_the_lead_changed_both_sheets_of_the_meeting_are_corrected(world):
    for scorer in world.members[:2]:
        layer = Layer.objects.get(cycle=world.cycle, kind="meeting")
        sheet = Sheet.objects.create(card=card_of(world, 2), layer=layer, organization=scorer)
        Mark.objects.create(
            sheet=sheet,
            criterion=criterion(sheet.card.table, "I.1"),
            value=20,
            points=2000,
            at=clock.now(),
        )
        told = {"state": "sent", "sent_at": clock.now(), "digest": "0" * 64}
        Sheet.objects.filter(pk=sheet.pk).update(**told)
    a_published_result(world)

    assert correct(world, 2, to(10)).standings.get(enrolment=world.enrolments[2]).total == 6000


def test_marks_that_were_never_sent_begin_to_count_by_no_correction(world):
    sheet = an_appraisal(world, 2, world.heads[0], "meeting")
    for code, value in (("II.1", 1), ("I.1", 2)):
        give(sheet, code, value, by=world.heads[0], reason="Nháp")
    a_published_result(world)

    second = correct(world, 2, to(10))
    third = correct(world, 2, to(20), "II.1")

    assert second.standings.get(enrolment=world.enrolments[2]).total == 6000
    assert third.standings.get(enrolment=world.enrolments[2]).total == 5000
    assert Mark.objects.filter(sheet=sheet, is_current=True).count() == 2
    assert Mark.objects.filter(sheet=sheet).count() == 4


def test_a_unit_that_left_since_stays_in_the_corrected_result():
    """“a unit that left”: a correction changes what is corrected and drops nobody."""
    world = make.a_bloc(3)
    a_table(world)
    for member in range(3):
        a_self_score(world, member, I_1=30 + member)
    a_published_result(world)
    leave_cycle(world.enrolments[2], by=world.board, on=clock.today(), reason="Sáp nhập")

    second = correct(world, 1, to(1))

    assert [s.unit_name for s in second.standings.all()] == [
        world.members[n].name for n in (2, 0, 1)
    ]
    assert correct(world, 2, to(2)).standings.get(enrolment=world.enrolments[2]).total == 2200


def test_nobody_corrects_their_own_card(world):
    people = {
        "leader": world.heads[0],
        "deputy": world.heads[1],
        "own": world.heads[2],
        "officer": make.officer(world.members[0]),
        "board": world.board,
    }
    may = {0: {"deputy", "board"}, 1: {"leader", "board"}, 2: {"leader", "board"}}
    cycle = world.fresh_cycle()
    for member, allowed in may.items():
        card = card_of(world, member)
        card.enrolment.cycle = cycle
        permission = "scoring.correct_card"
        assert {who for who, a in people.items() if a.has_perm(permission, card)} == allowed
