"""The reports of a year: one's own by when, who has sent, who is missing; the board, the desk."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests import factories as make
from tests.many import more_like
from tests.reporting import factories as some
from tests.web.counting import cost_of
from tests.web.desk import due, titles
from tests.web.reports import at, sign_in, text
from thidua.core import clock
from thidua.reporting.actions.answering import Remark, accept_report, return_report
from thidua.reporting.actions.reports import begin_report
from thidua.web.cycles.board import board_of
from thidua.web.work.ahead import coming_in, waiting_in
from thidua.web.work.desk import years_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 20)
PAST, SOON = TODAY - timedelta(5), TODAY + timedelta(5)


@pytest.fixture
def world():
    """A bloc of a leader, a deputy and three members on 20 June 2026."""
    with clock.at(TODAY):
        yield make.a_bloc(5, year=2026)


def page_of(client, world, acting):
    sign_in(client, acting)
    return text(client.get(at("of_cycle", world.cycle)))


def test_the_unit_reads_what_is_due_by_when_and_begins(client, world):
    period = some.a_period(world, "quý II", due_on=SOON)
    some.a_period(world, "quý III", opens_on=SOON, due_on=SOON)

    page = page_of(client, world, world.heads[2])

    assert "Hạn gửi: trước 24 giờ ngày 25/6/2026, còn 5 ngày." in page
    assert f'action="{at("begin", world.enrolments[2], period)}"' in page
    assert "chưa tới kỳ" in page
    assert page.count('<button class="button">Bắt đầu soạn') == 1
    assert at("results", world.enrolments[2]) in page
    assert at("library", world.enrolments[2]) in page


@pytest.mark.parametrize(
    ("state", "word", "label"),
    [
        ("draft", "đang soạn", "Soạn tiếp"),
        ("sent", "đã gửi", "Xem báo cáo"),
        ("returned", "cần xem lại", "Xem chỗ cần sửa"),
        ("accepted", "đã tiếp nhận", "Xem báo cáo"),
    ],
)
def test_each_step_of_the_own_report_has_its_word_and_its_button(client, world, state, word, label):
    report = some.a_report(world) if state == "draft" else some.a_sent_report(world)
    if state == "returned":
        return_report(report, [Remark("plan", "Thiếu")], by=world.heads[0])
    if state == "accepted":
        accept_report(report, by=world.heads[0])

    page = page_of(client, world, world.heads[2])

    assert f"{word}</span>" in page
    assert f">{label}<span" in page


def test_the_board_says_who_is_late_and_who_is_missing(client, world):
    period = some.a_period(world, opens_on=date(2026, 6, 1), due_on=date(2026, 6, 18))
    with clock.at(date(2026, 6, 10)):
        some.a_sent_report(world, 1, period)
    some.a_sent_report(world, 2, period)
    begin_report(world.enrolments[3], period, by=world.heads[3])

    page = page_of(client, world, world.board)

    assert "2/5 đơn vị đã gửi, 1 gửi muộn; quá hạn chưa gửi:" in page
    assert world.members[4].label in page.partition("quá hạn chưa gửi:")[2][:300]
    board = board_of(world.fresh_cycle(), world.board)
    assert board.duties[-1].name == f"Báo cáo {period.name[:1].lower()}{period.name[1:]}"
    cells = {row.enrolment.organization_id: row.cells[-1] for row in board.rows}
    found = [cells[member.pk] for member in world.members]
    assert [(cell.word, cell.kind, cell.note, cell.is_missing) for cell in found] == [
        ("chưa gửi", "late", "quá hạn", True),
        ("đã gửi", "wait", "chờ trả lời", False),
        ("gửi muộn", "late", "chờ trả lời", False),
        ("chưa gửi", "late", "quá hạn", True),
        ("chưa gửi", "late", "quá hạn", True),
    ]
    assert [e.organization for e in board.duties[-1].missing] == [
        world.members[0],
        world.members[3],
        world.members[4],
    ]


def test_the_reviewer_finds_what_waits_for_an_answer(client, world):
    report = some.a_sent_report(world, 2)

    assert "1 báo cáo chờ trả lời" in page_of(client, world, world.heads[0])
    for acting in (world.heads[1], world.heads[2], world.board):
        assert "chờ trả lời</h2>" not in page_of(client, world, acting)
    accept_report(report, by=world.heads[0])
    assert "chờ trả lời</h2>" not in page_of(client, world, world.heads[0])


def test_a_draft_opens_for_its_own_unit_alone(client, world):
    report = some.a_report(world, 2)

    assert at("edit", report) in page_of(client, world, world.heads[2])
    for acting in (world.heads[0], world.heads[3], world.board):
        assert at("edit", report) not in page_of(client, world, acting)


def test_the_desk_asks_for_the_report_while_it_is_taken(world):
    with clock.at(PAST):
        period = some.a_period(world, "Sơ kết", opens_on=TODAY, due_on=SOON, closes_on=SOON)
        assert "Gửi báo cáo sơ kết" not in titles(world.heads[2])
    (task,) = [t for t in due(world.heads[2]) if "báo cáo" in t.title]
    assert (task.title, task.due, task.is_post) == ("Gửi báo cáo sơ kết", SOON, True)
    assert task.url == at("begin", world.enrolments[2], period)

    report = some.a_report(world, 2, period)
    (task,) = [t for t in due(make.officer(world.members[2])) if "báo cáo" in t.title]
    assert (task.url, task.label) == (at("edit", report), "Soạn tiếp")
    assert "Lãnh đạo đơn vị gửi." in task.note

    with clock.at(SOON + timedelta(1)):
        (task,) = [t for t in due(world.heads[2]) if "báo cáo" in t.title]
        assert (task.is_mine, task.days_late) == (False, 1)
        assert "nhờ khối trưởng mở lại" in task.why
        (task,) = [t for t in due(world.heads[0]) if "báo cáo" in t.title]
        assert task.url == at("periods", world.cycle)


def test_the_desk_follows_the_report_to_its_reviewer_and_back(world):
    report = some.a_sent_report(world, 2, some.a_period(world, "Sơ kết"))
    unit = world.members[2].name
    reading = f"Đọc báo cáo sơ kết của {unit}"
    assert not [t for t in titles(world.heads[2]) if "báo cáo" in t]
    assert reading in titles(world.heads[0])
    (task,) = [t for t in due(make.officer(world.members[0])) if t.title == reading]
    assert task.why == "Lãnh đạo đơn vị trả lời."
    (year,) = years_of([world.heads[2]])
    (waiting,) = waiting_in(world.heads[2], [year])
    assert waiting.sentence == "Báo cáo sơ kết đã gửi, đang chờ trả lời."

    return_report(report, [Remark("plan", "A"), Remark("proposals", "B")], by=world.heads[0])
    (task,) = [t for t in due(world.heads[2]) if "báo cáo" in t.title]
    assert (task.title, task.note) == ("Xem lại báo cáo sơ kết", "2 chỗ cần xem lại.")
    assert task.url == at("edit", report)
    assert reading not in titles(world.heads[0])


def test_days_of_reports_are_among_what_is_coming(world):
    some.a_period(world, "Báo cáo chuyên đề", opens_on=PAST, due_on=SOON)
    some.a_period(world, "quý III", opens_on=SOON, due_on=SOON)

    coming = coming_in(years_of([world.heads[2]]))

    assert [event.sentence for event in coming] == [
        "hạn báo cáo chuyên đề",
        "bắt đầu nhận báo cáo quý III",
    ]


def test_the_pages_of_a_year_lead_there_and_only_who_follows_it_enters(client, world):
    some.a_period(world)
    sign_in(client, world.heads[2])
    for name in ("cycles:show", "cycles:board", "targets:of_cycle"):
        page = text(client.get(reverse(name, args=[world.cycle.pk])))
        assert f'href="{at("of_cycle", world.cycle)}">Báo cáo</a>' in page

    sign_in(client, make.a_visitor_with_account())
    assert client.get(at("of_cycle", world.cycle)).status_code == 403


def test_page_board_and_desk_cost_the_same_for_three_and_for_nine(client):
    world = make.a_bloc(3, year=2026)
    with clock.at(TODAY):
        periods = [some.a_period(world), some.a_period(world, due_on=TODAY)]
        for member in (1, 2):
            some.a_sent_report(world, member, periods[member % 2])
        sign_in(client, world.heads[0])
        board = reverse("cycles:board", args=[world.cycle.pk])
        pages = (at("of_cycle", world.cycle), board, "/viec/")
        for_three = [cost_of(client, page) for page in pages]
        more_like(world, 2, 6)
        for_many = [cost_of(client, page) for page in pages]
        shown = text(client.get(pages[0]))

    assert for_three == for_many
    assert max(for_three) <= 18
    assert all(enrolment.organization.name in shown for enrolment in world.enrolments)


def test_every_page_is_there_in_english_too(client, world):
    period = some.a_period(world)
    report, target = some.a_sent_report(world, 2, period), some.a_sent_target(world)
    some.measured(world, target, "90")
    evidence, draft = some.evidence_of_kind(world, "file"), some.a_report(world, 2)
    mine = world.enrolments[2]
    client.cookies["django_language"] = "en"
    sign_in(client, world.heads[2])

    for address in (
        at("of_cycle", world.cycle),
        at("periods", world.cycle),
        at("results", mine),
        at("target", target),
        at("prove_target", target),
        at("show", report),
        at("sending", report, report.last_sending()),
        at("edit", draft),
        at("send", draft),
        at("library", mine),
        at("evidence", evidence),
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert '<html lang="en">' in page.text
    sign_in(client, world.heads[0])
    assert client.get(at("return", report)).status_code == 200
    assert client.get(at("new_period", world.cycle)).status_code == 200
