"""From marks to a published ranking: drawing up, objections, adoption, publication, ties."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from tests import factories as make
from tests.scoring.factories import (
    a_published_result,
    a_result,
    a_scored_world,
    a_self_score,
    a_table,
    all_scored,
    an_adopted_result,
    card_of,
    given,
)
from thidua.audit.models import Entry
from thidua.audit.verification import verify
from thidua.core import clock
from thidua.core.errors import AlreadyDone, DomainError, Invalid, OutOfTime, WrongState
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import act_on_phase, close_cycle, set_phase
from thidua.notifications.models import Notice
from thidua.scoring.actions.adoption import set_layers
from thidua.scoring.actions.checks import assign_check
from thidua.scoring.actions.marking import save_marks, send_sheet, take_back_sheet
from thidua.scoring.actions.results import (
    adopt_result,
    draw_up_result,
    publish_result,
)
from thidua.scoring.models import Result, Sheet, Standing

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


def test_a_published_result_ranks_every_member_and_says_why(world):
    result = a_published_result(world)

    standings = list(result.standings.all())
    assert [(s.rank, s.total) for s in standings] == [(1, 9000), (2, 8900), (3, 8800)]
    assert all(s.why for s in standings)
    assert result.version is not None
    assert result.version.matches
    assert "chưa phải quyết định khen thưởng" in result.version.text
    assert verify([])[1] == []


def test_every_total_is_the_sum_of_its_lines(world):
    for standing in a_result(world).standings.all():
        leaves = [line["counted"] for line in standing.lines if not line["is_group"]]
        groups = [line["counted"] for line in standing.lines if line["is_group"]]
        assert sum(leaves) == sum(groups) == standing.total
        marks = [mark for line in standing.lines for mark in line["marks"]]
        assert {mark["scorer"] for mark in marks} == {standing.unit_name}
        labels = {mark["label"] for line in standing.lines for mark in line["marks"]}
        assert labels == {"", "Tốt"}


def test_a_result_is_kept_in_vietnamese_whoever_draws_it_up(world):
    with override("en"):
        result = a_result(world)

    assert result.standings.first().why.startswith("Tổng 90 điểm")


def test_drawing_up_anew_sets_the_one_before_aside_and_tells_the_members(world):
    first = a_result(world)
    second = a_result(world)

    assert (first.number, second.number) == (1, 2)
    assert Result.objects.get(pk=first.pk).state == State.SET_ASIDE
    told = Notice.objects.filter(about_type="scoring.result", about_id=second.pk)
    assert {notice.user_id for notice in told} >= {make.user_of(head).pk for head in world.heads}


def test_a_member_without_marks_has_no_rank_and_is_told_so():
    world = make.a_bloc(3)
    a_table(world)
    a_self_score(world, 0, I_1=10)

    standings = a_result(world).standings.all()

    assert [(s.rank, s.total) for s in standings] == [(1, 3000), (None, None), (None, None)]
    assert standings[1].why == "Chưa có điểm nào được gửi nên chưa xếp hạng."


def test_a_knock_out_is_named_in_the_sentence(world):
    sheet = take_back_sheet(Sheet.objects.get(card=card_of(world, 1)), by=world.heads[1])
    save_marks(sheet, given(sheet, {"I.2": 2}), by=world.heads[1])
    send_sheet(sheet, by=world.heads[1])

    barred = a_result(world).standings.get(enrolment=world.enrolments[1])

    assert (barred.rank, barred.class_name) == (None, "")
    assert barred.why == "Không xếp hạng vì điểm liệt: I.2. Nội dung hai."


def test_without_marks_or_table_there_is_no_result():
    """“nobody scored”: a result is not drawn up from nothing."""
    world = make.a_bloc(2)
    by = world.heads[0]
    refused(WrongState, "chưa có bảng điểm", draw_up_result, world.cycle, by=by)
    a_table(world)
    refused(Invalid, "Chưa có đơn vị nào gửi điểm", draw_up_result, world.cycle, by=by)
    assert not Result.objects.exists()


def test_checkers_that_have_not_agreed_stand_in_the_way(world):
    set_layers(world.cycle, ["cross"], by=world.heads[0], combine="agreed")
    for checker, value in ((1, 10), (2, 20)):
        sheet = assign_check(card_of(world, 0), world.members[checker].pk, by=world.heads[0])
        save_marks(sheet, given(sheet, {"I.1": value}, reason="Đếm lại"), by=world.heads[checker])
        send_sheet(sheet, by=world.heads[checker])

    refused(Invalid, world.members[0].name, draw_up_result, world.cycle, by=world.heads[0])


def test_the_meeting_adopts_only_what_the_marks_of_today_come_to(world):
    result = a_result(world)
    refused(Invalid, "biên bản", adopt, result, world, minutes=" ")
    tomorrow = clock.today() + timedelta(1)
    refused(Invalid, "sau hôm nay", adopt, result, world, adopted_on=tomorrow)
    sheet = Sheet.objects.get(card=card_of(world, 1))
    one, other = (sheet.marks.get(criterion__code=code) for code in ("I.1", "II.1"))
    for mark, change in ((one, -100), (other, 100)):  # the total stays, the lines do not
        mark.points += change
        mark.save()

    refused(WrongState, "Điểm đã thay đổi", adopt, result, world)
    assert adopt(a_result(world), world).minutes == "01/BB"


def test_a_closed_phase_of_assessment_takes_no_adoption(world):
    phase = set_phase(
        world.cycle, by=world.board, kind="assessment", opens_on=date(clock.today().year, 1, 1)
    )
    result = a_result(world)
    act_on_phase(phase, by=world.board, opens=False, reason="Xong")

    refused(OutOfTime, "đã đóng", adopt, result, world)


def test_after_adoption_nothing_is_drawn_up_again(world):
    result = an_adopted_result(world)

    by = world.heads[0]
    refused(WrongState, "lập bản đính chính", draw_up_result, world.cycle, by=by)
    refused(WrongState, "không làm được", adopt, result, world)


def test_a_result_is_published_once_and_for_a_known_audience(world):
    stale = an_adopted_result(world)
    by = world.heads[0]
    refused(Invalid, "công bố cho ai", publish_result, stale, by=by, audience="everyone")
    publish_result(Result.objects.get(pk=stale.pk), by=by, audience="members")

    refused(AlreadyDone, "đã được công bố", publish_result, stale, by=by, audience="members")
    preliminary = a_result(_another_year())
    refused(WrongState, "không làm được", publish_result, preliminary, by=by, audience="public")


def _another_year() -> make.World:
    world = make.a_bloc(2)
    a_table(world)
    all_scored(world)
    return world


def test_a_closed_year_takes_no_result(world):
    result = an_adopted_result(world)
    close_cycle(world.cycle, by=world.board)

    by = world.heads[0]
    refused(WrongState, "đã khép lại", publish_result, result, by=by, audience="members")
    refused(WrongState, "đã khép lại", draw_up_result, world.cycle, by=by)


def test_a_unit_that_left_stays_in_earlier_results_alone(world):
    """“a unit that left”: after the preliminary result it is not in the next one."""
    first = a_result(world)
    leave_cycle(world.enrolments[1], by=world.board, on=clock.today(), reason="Sáp nhập")

    refused(WrongState, "Hãy lập lại kết quả", adopt, first, world)
    second = a_result(world)

    assert Standing.objects.filter(result=first).count() == 3
    assert [(s.rank, s.total) for s in second.standings.all()] == [(1, 9000), (2, 8800)]


def test_a_result_of_invented_marks_is_an_illustration(world):
    card = card_of(world, 0)
    card.is_illustration = True
    card.save()

    result = a_published_result(world)

    assert result.is_illustration
    assert result.version.is_illustration
