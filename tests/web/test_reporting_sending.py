"""Sending a report on its pages: what is missing, late, closed, taken back, kept as it was."""

from datetime import date

import pytest

from tests import factories as make
from tests.reporting import factories as some
from tests.web.counting import cost_of
from tests.web.reports import at, sign_in, text
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.cycles.actions.years import act_on_phase, set_phase
from thidua.movements.actions import adopt_movement
from thidua.notifications.models import Notice
from thidua.reporting.actions.answering import accept_report
from thidua.reporting.actions.evidence import attach
from thidua.reporting.actions.reports import People, Texts, save_draft
from thidua.reporting.models import Report, ReportSending

pytestmark = pytest.mark.django_db
State = Report.State


@pytest.fixture
def world():
    """A bloc of a leader, a deputy and a member on 20 June 2026."""
    with clock.at(date(2026, 6, 20)):
        yield make.a_bloc(3, year=2026)


@pytest.fixture
def head(client, world):
    """The third member's head, signed in."""
    sign_in(client, world.heads[2])
    return world.heads[2]


def seen(report):
    return {"revision": str(Report.objects.get(pk=report.pk).revision)}


def test_the_page_before_sending_says_what_goes_to_whom(client, world, head):
    report = some.a_report(world)
    target = some.a_sent_target(world)
    some.measured(world, target, "60")

    page = text(client.get(at("send", report)))

    assert f"<dt>Gửi đến</dt><dd>{world.members[0].name}</dd>" in page
    assert '<span class="num">1/1</span>' in page
    assert '<span class="num">1/4</span>' in page
    assert "button--big" in page


def test_it_arrives_is_told_and_those_who_answer_are_told(client, world, head):
    report = some.a_report(world)

    response = client.post(at("send", report), seen(report), follow=True)

    assert f"Đã gửi, {world.members[0].name} đã được báo." in text(response)
    assert response.redirect_chain[-1][0] == at("show", report)
    notice = Notice.objects.get(user=world.heads[0].user, about_type="reporting.report")
    assert notice.link == at("show", report)
    assert Report.objects.get().state == State.SENT


def test_what_is_claimed_needs_evidence_or_explanation(client, world, head):
    report, target = some.a_report(world), some.a_sent_target(world)
    some.measured(world, target, "130")

    page = text(client.get(at("send", report)))
    assert "1 chỉ tiêu ghi là đạt mà chưa có minh chứng, giải trình" in page
    assert f"{at('target', target)}#minh-chung" in page
    assert "button--big" not in page
    response = client.post(at("send", report), seen(report))
    assert response.status_code == 422
    assert "Cần minh chứng hoặc giải trình" in text(response)
    assert not ReportSending.objects.exists()

    attach(some.evidence_of_kind(world, "explanation"), target, by=head)
    assert client.post(at("send", report), seen(report)).status_code == 302


def test_an_empty_report_is_not_sent(client, world, head):
    report = some.a_report(world, text="")

    assert "Báo cáo còn trống" in text(client.get(at("send", report)))
    assert client.post(at("send", report), seen(report)).status_code == 422


def test_after_the_deadline_it_is_accepted_and_marked_late(client, world, head):
    """Reports: “after the deadline (accepted, marked late)”."""
    period = some.a_period(world, opens_on=date(2026, 6, 1), due_on=date(2026, 6, 19))
    report = some.a_report(world, period=period)

    assert "Đã quá hạn 19/6/2026" in text(client.get(at("send", report)))
    page = text(client.post(at("send", report), seen(report), follow=True))

    assert "Báo cáo được ghi là gửi muộn." in page
    assert '<span class="tag tag--late">gửi muộn</span>' in page
    assert ReportSending.objects.get().is_late


@pytest.mark.parametrize("closed", ["by its day", "by hand"])
def test_once_the_period_is_closed_it_is_refused_and_nothing_is_lost(client, world, head, closed):
    """Reports: “after the phase closed (refused)”."""
    days = {"opens_on": date(2026, 5, 1), "due_on": date(2026, 5, 30)}
    closes_on = date(2026, 6, 10) if closed == "by its day" else None
    period = some.a_period(world, **days, kind="half_year", closes_on=closes_on)
    report = some.a_report(world, period=period)
    if closed == "by hand":
        opens_on = date(2026, 5, 1)
        phase = set_phase(world.cycle, by=world.board, kind="interim", opens_on=opens_on)
        act_on_phase(phase, by=world.board, opens=False, reason="Đã họp sơ kết")

    page = text(client.get(at("send", report)))
    assert "đã đóng, không nhận thêm." in page
    assert "button--big" not in page
    response = client.post(at("send", report), seen(report))
    assert response.status_code == 422
    assert "đã đóng, không nhận thêm." in text(response)
    assert Report.objects.get().achievements == "Đã làm tốt."
    assert not ReportSending.objects.exists()


def test_before_the_period_opens_it_is_written_and_not_sent(client, world, head):
    period = some.a_period(world, opens_on=date(2026, 7, 1))
    report = some.a_report(world, period=period)

    assert "nhận báo cáo từ ngày 1/7/2026" in text(client.get(at("send", report)))
    assert client.post(at("send", report), seen(report)).status_code == 422


def test_an_officer_prepares_and_reads_who_sends(client, world):
    report = some.a_report(world)
    sign_in(client, make.officer(world.members[2]))

    page = text(client.get(at("send", report)))

    assert f"mới gửi được: {world.heads[2].actor_name}." in page
    assert "button--big" not in page
    assert client.post(at("send", report), seen(report)).status_code == 403


def test_what_another_saved_since_is_seen_before_it_is_sent(client, world, head):
    report = some.a_report(world)
    before = seen(report)
    save_draft(report, Texts("Viết khác hẳn"), {}, by=head, revision=report.revision)

    response = client.post(at("send", report), before)

    assert response.status_code == 422
    assert "Người khác vừa thay đổi mục này." in text(response)
    assert 'name="revision" value="3"' in text(response)
    assert not ReportSending.objects.exists()


def test_a_form_sent_twice_sends_once(client, world, head):
    report = some.a_report(world)
    client.post(at("send", report), seen(report))

    response = client.post(at("send", report), seen(report))

    assert "Báo cáo được gửi rồi" in text(response) or "đã được gửi rồi" in text(response)
    assert ReportSending.objects.count() == 1


def test_it_is_taken_back_until_somebody_has_answered(client, world, head):
    report = some.a_sent_report(world)
    page = text(client.post(at("take_back", report), follow=True))
    assert "Đã rút lại báo cáo. Sửa xong thì gửi lại." in page
    assert Report.objects.get().state == State.DRAFT

    client.post(at("send", report), seen(report))
    accept_report(report, by=world.heads[0])
    page = text(client.post(at("take_back", report), follow=True))
    assert "Đã có trả lời cho báo cáo nên không rút lại được nữa." in page


def test_what_was_sent_is_shown_as_it_was_and_every_piece_opens(client, world, head):
    target = some.a_sent_target(world, number=1200)
    some.measured(world, target, "1234")
    evidence = some.evidence_of_kind(world, "explanation", text="Chưa gom đủ danh sách <b>")
    attach(evidence, target, by=head)
    adoption = adopt_movement(world.cycle, make.a_movement(world, "Vì người nghèo"), by=world.board)
    report = some.a_report(world)
    told = Texts("Dòng một\n\nDòng <i>hai</i>", plan="Làm nữa")
    people = {adoption.pk: People(12345, "ước")}
    save_draft(report, told, people, by=head, revision=report.revision)
    client.post(at("send", report), seen(report))
    some.measured(world, target, "1300")  # what comes later changes nothing of it

    sign_in(client, world.heads[1])  # every member of the year reads it
    page = text(client.get(at("show", report)))

    for said in (
        "ít nhất 1.200 hội viên",
        '1.234 <span class="unit">hội viên',
        "đạt 102,83 %, vượt 2,83 %",
        "Dòng &lt;i&gt;hai&lt;/i&gt;",
        "12.345 người",
        "Chưa gom đủ danh sách &lt;b&gt;",
        at("evidence", evidence),
        ReportSending.objects.get().digest,
    ):
        assert said in page
    assert "1.300" not in page
    assert "Hạn chế" not in page


def test_the_history_opens_each_sending_and_hides_what_was_taken_back(client, world, head):
    report = some.a_report(world, text="Bản đầu")
    client.post(at("send", report), seen(report))
    first = ReportSending.objects.get()
    client.post(at("take_back", report))
    save_draft(report, Texts("Bản sau"), {}, by=head, revision=2)
    client.post(at("send", report), seen(report))
    second = ReportSending.objects.exclude(takes_back=True).latest("pk")

    page = text(client.get(at("sending", report, first)))
    assert "Bản đầu" in page
    assert "Đây không phải bản mới nhất" in page
    assert first.digest[:16] in text(client.get(at("show", report)))
    sign_in(client, world.heads[0])
    assert client.get(at("sending", report, first)).status_code == 404
    assert "Bản sau" in text(client.get(at("sending", report, second)))
    assert first.digest[:16] not in text(client.get(at("show", report)))


def test_a_report_changed_behind_its_digest_says_so(client, world, head):
    report = some.a_sent_report(world)
    sending = ReportSending.objects.get()
    content = {**sending.content, "texts": {**sending.content["texts"], "plan": "Chèn thêm"}}
    ReportSending.objects.filter(pk=sending.pk).update(content=content)

    for address in (at("show", report), at("sending", report, sending)):
        assert "Nội dung không còn khớp với mã băm lúc gửi" in text(client.get(address))


def test_strangers_find_nothing(client, world):
    report = some.a_sent_report(world)
    stranger = make.a_visitor_with_account()
    sign_in(client, stranger)
    before = Entry.objects.count()

    for name in ("show", "edit", "send", "return"):
        assert client.get(at(name, report)).status_code == 404
    for name in ("send", "take_back", "accept"):
        assert client.post(at(name, report)).status_code == 404
    assert Entry.objects.count() == before


def test_the_page_of_what_was_sent_costs_the_same_for_one_and_for_three(client, world, head):
    costs = []
    for count in (1, 3):
        report = some.a_report(world)
        for _n in range(count):
            attach(some.evidence_of_kind(world, "file"), report, by=head)
        client.post(at("send", report), seen(report))
        for _n in range(count - 1):
            client.post(at("take_back", report))
            client.post(at("send", report), seen(report))
        costs.append(cost_of(client, at("show", report)))

    assert costs[0] == costs[1] <= 17
