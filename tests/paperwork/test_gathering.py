"""What each kind of paper gathers, and what gathering costs."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.kept import kept
from tests.many import more_like
from tests.paperwork.brought import a_regulation
from tests.paperwork.drafts import a_draft, paper_of, reread, words_of
from tests.reporting import factories as report
from tests.scoring import factories as score
from thidua.core import clock
from thidua.cycles.actions.years import set_phase
from thidua.cycles.models import Cycle, Phase
from thidua.movements.actions import adopt_movement
from thidua.paperwork.actions.brought import ArticleFacts, confirm_articles, send_brought
from thidua.paperwork.gathering import every_file
from thidua.paperwork.models import Draft
from thidua.paperwork.papers import KINDS, kind_of, official_of
from thidua.reporting.models import Period
from thidua.scoring.actions.checks import assign_check
from thidua.scoring.actions.marking import save_marks, send_sheet
from thidua.scoring.models import Layer

pytestmark = pytest.mark.django_db


@kept
def a_full_world() -> make.World:
    """Make a year in which there is something to write of for every kind of paper."""
    world = make.a_bloc()
    adopt_movement(world.cycle, make.a_movement(world, "Dân vận khéo"), by=world.heads[0])
    make.a_locked_set(world)
    for kind in (Period.Kind.HALF_YEAR, Period.Kind.YEAR):
        report.a_report(world, period=report.a_period(world, kind=kind))
    score.a_table(world)
    assign_check(score.card_of(world, 1), world.members[2].pk, by=world.heads[0])
    score.all_scored(world)
    score.an_adopted_result(world)
    world.cycle = world.fresh_cycle()
    return world


def cost_of(draft: Draft) -> int:
    draft = reread(draft)
    with CaptureQueriesContext(connection) as queries:
        official_of(draft)
    return len(queries)


def test_every_kind_has_something_to_write_of_and_costs_the_same_with_nine_members():
    """A number of queries that does not grow with the members, for every kind of paper."""
    world = a_full_world()
    drafts = [a_draft(world, kind) for kind in KINDS]
    few = {draft.kind: cost_of(draft) for draft in drafts}
    assert set(few) == set(KINDS)
    Draft.objects.all().delete()
    more_like(world, 1, 6)
    assert len(world.cycle.current()) == 9
    assert {kind: cost_of(a_draft(world, kind)) for kind in KINDS} == few


def test_where_there_is_nothing_to_write_of_there_is_no_subject():
    world = make.a_bloc()
    without = {
        kind.key
        for kind in KINDS.values()
        if not kind.subjects(world.cycle, world.enrolments[2] if kind.of_member else None)
    }
    assert without == {
        "scoring_table",
        "half_year_report",
        "year_report",
        "self_score",
        "cross_check",
        "score_summary",
        "result_notice",
        "reminder",
    }


def test_a_paper_about_a_row_that_is_not_there_still_comes_to_something():
    world = make.a_bloc()
    for kind in KINDS:
        assert official_of(a_draft(world, kind, subject=999_999)).body


def test_a_paper_tells_nothing_of_another_bloc_s_row():
    other, world = a_full_world(), make.a_bloc()
    for kind in KINDS.values():
        member = other.enrolments[2] if kind.of_member else None
        subject = kind.subjects(other.cycle, member)[0].pk
        words = paper_of(world, kind.key, subject=subject)
        assert "Nội dung một" not in words
        assert not any(unit.name in words for unit in other.members)
        assert "Đã làm tốt." not in words


def test_a_plan_tells_themes_movements_and_days():
    world = make.a_bloc()
    adopt_movement(world.cycle, make.a_movement(world, "Dân vận khéo"), by=world.heads[0])
    year = world.cycle.year
    set_phase(
        world.cycle,
        by=world.board,
        kind=Phase.Kind.REGISTRATION,
        opens_on=date(year, 1, 2),
        due_on=date(year, 2, 15),
    )
    world.cycle = world.fresh_cycle()
    words = paper_of(world, "plan")
    assert "“Đoàn kết”" in words
    assert "Phong trào thi đua “Dân vận khéo”" in words
    assert f"Đăng ký | từ 02/01/{year} đến 15/02/{year}" in words


def test_the_year_s_own_rules_are_what_the_quy_che_says():
    world = make.a_bloc()
    assert "Điều 1. Phạm vi điều chỉnh" in paper_of(world, "regulation")
    Draft.objects.all().delete()
    Cycle.objects.update(regulation="Điều 1. Của riêng khối\n1. Một khoản")
    assert "Của riêng khối" in paper_of(world, "regulation")


def test_articles_that_were_confirmed_are_what_the_quy_che_says():
    world = make.a_bloc()
    brought = a_regulation(world, 0)
    told = [
        ArticleFacts("1", "Phạm vi", "Chương I", "Của văn bản đưa lên."),
        ArticleFacts("2", "Đối tượng", "Chương I", ""),
    ]
    confirm_articles(brought, told, by=world.heads[0])
    assert "đưa lên" not in paper_of(world, "regulation")
    Draft.objects.all().delete()
    send_brought(brought, by=world.heads[0])
    words = paper_of(world, "regulation")
    assert words == "Chương I\nĐiều 1. Phạm vi\nCủa văn bản đưa lên.\nĐiều 2. Đối tượng"


def test_a_table_is_told_with_its_rules_in_words():
    world = make.a_bloc()
    score.a_table(world)
    words = paper_of(world, "scoring_table")
    assert "Thang điểm: 100 điểm chuẩn, điểm thưởng nhiều nhất 5 điểm" in words
    assert "I.1 | Nội dung một | 40 | Cho từ 0 đến 40 điểm, theo bước 0,25." in words
    assert "I | Nhiệm vụ chính trị | 60" in words
    assert "Không hoàn thành 0 (điểm liệt)" in words


def test_a_member_s_own_marks_are_told_with_points_and_total():
    world = make.a_bloc()
    score.a_table(world)
    assert "chưa chấm xong" in paper_of(world, "self_score")
    Draft.objects.all().delete()
    sheet = score.sheet_of(world, 2)
    marks = score.given(sheet, {"I.1": 35.5, "II.1": 30, "B.1": 1, "T.1": 1}, reason="Có sổ")
    save_marks(sheet, marks, by=world.heads[2])
    words = paper_of(world, "self_score")
    assert "I.1 | Nội dung một | 40 | 35,5" in words
    assert "I | Nhiệm vụ chính trị | 60 | 55,5" in words
    assert "T.1 | Báo cáo muộn |  | −2 | 1 lần. Có sổ" in words
    assert "Tổng điểm: 85,5, trong đó điểm chuẩn 85,5, điểm thưởng 2, điểm trừ 2." in words


def test_a_check_tells_only_where_it_differs_once_both_have_marked():
    world = make.a_bloc()
    score.a_table(world)
    sheet = assign_check(score.card_of(world, 1), world.members[2].pk, by=world.heads[0])
    assert "đã xem xét 00 tiêu chí" in paper_of(world, "cross_check")
    Draft.objects.all().delete()
    score.a_self_score(world, 1, I_1=35, II_1=30)
    marks = score.given(sheet, {"I.1": 33, "II.1": 30}, reason="Thiếu minh chứng")
    save_marks(sheet, marks, by=world.heads[2])
    send_sheet(sheet, by=world.heads[2])
    official = official_of(a_draft(world, "cross_check"))
    words = words_of(official)
    assert "01 tiêu chí có điểm khác" in words
    assert "I.1 | Nội dung một | 40 | 35 | 33 | Thiếu minh chứng" in words
    assert "TỔNG ĐIỂM |  | 85 | 83" in words
    assert [one.party for one in official.signatories] == [u.name for u in world.members[1:]]


def test_a_cross_check_is_the_checker_s_paper_alone():
    world = make.a_bloc()
    score.a_table(world)
    assign_check(score.card_of(world, 1), world.members[2].pk, by=world.heads[0])
    subjects = kind_of("cross_check").subjects
    assert [s.label for s in subjects(world.cycle, world.enrolments[2])] == [world.members[1].name]
    assert subjects(world.cycle, world.enrolments[1]) == []


def test_the_summary_has_a_column_for_each_group_and_a_row_for_each_member():
    world = score.a_scored_world()
    score.a_result(world)
    words = paper_of(world, "score_summary")
    assert "STT | Đơn vị | I | II | Thưởng | Trừ | Tổng điểm | % | Hạng" in words
    assert f"1 | {world.members[0].name} | 60 | 30 | 0 | 0 | 90 | 90 | 1" in words
    assert "sơ bộ, chưa được hội nghị thông qua" in words
    assert kind_of("result_notice").subjects(world.cycle, None) == []


def test_the_notice_tells_what_the_meeting_adopted():
    world = score.a_scored_world()
    score.an_adopted_result(world)
    words = paper_of(world, "result_notice")
    assert "(biên bản: 01/BB-K) đã thông qua" in words
    assert f"2 | {world.members[1].name} | 89 | 89" in words
    assert "chưa phải quyết định khen thưởng" in words


def test_a_reminder_names_who_owes_what_by_when_and_addresses_them():
    world = make.a_bloc()
    today = clock.today()
    set_phase(
        world.cycle,
        by=world.board,
        kind=Phase.Kind.REGISTRATION,
        opens_on=today - timedelta(days=9),
        due_on=today - timedelta(days=1),
    )
    report.a_sent_target(world, 2)
    world.cycle = world.fresh_cycle()
    official = official_of(a_draft(world, "reminder"))
    assert official.addressed_to == [unit.name for unit in world.members[:2]]
    assert official.recipients == ["Như trên", world.body.name, "Lưu: VT"]
    assert "CV" not in official.symbol
    words = words_of(official)
    assert f"1 | {world.members[0].name} | Bản đăng ký thi đua |" in words
    assert "Đã quá hạn" in words
    assert world.members[2].name not in words


def test_what_has_not_begun_is_not_owed():
    world = make.a_bloc()
    later = clock.today() + timedelta(days=30)
    report.a_period(world, opens_on=later, due_on=later)
    world.cycle = world.fresh_cycle()
    assert kind_of("reminder").subjects(world.cycle, None) == []
    assert "đã hoàn thành mọi nội dung" in paper_of(world, "reminder", subject=0)


def test_reports_signatures_and_own_marks_are_asked_for_too():
    world = make.a_bloc()
    make.a_frozen_covenant(world)
    score.a_table(world)
    period = report.a_period(world)
    set_phase(
        world.cycle,
        by=world.board,
        kind=Phase.Kind.SELF_SCORING,
        opens_on=clock.today(),
    )
    world.cycle = world.fresh_cycle()
    words = paper_of(world, "reminder")
    for what in ("Ký giao ước thi đua", f"Báo cáo “{period.name}”", "Bảng tự chấm điểm"):
        assert words.count(what) == 3
    assert Layer.objects.filter(cycle=world.cycle, kind=Layer.Kind.SELF).exists()


def test_the_list_of_papers_is_lines_alone_each_of_eight_columns_key_first(capfd):
    """Whatever else is said would be taken for a paper by the script that reads it."""
    world = a_full_world()
    call_command("papers", str(world.cycle.pk), list=True)
    told = capfd.readouterr()
    lines = [line.split("\t") for line in told.out.splitlines()]
    assert told.err == ""
    assert {len(line) for line in lines} == {8}
    assert len(lines) == len(list(every_file(world.cycle)))
    for key, file, *_rest in lines:
        assert file in (f"{key}.pdf", f"{key}.docx")
