"""The reviewer's side: read a report, see whose file it is, accept it, or return it for places."""

from datetime import date

import pytest

from tests import factories as make
from tests.reporting import factories as some
from tests.web.counting import cost_of
from tests.web.reports import at, sign_in, text
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.cycles.actions.members import hand_lead
from thidua.notifications.models import Notice
from thidua.reporting.actions.answering import accept_report, send_report, take_back_report
from thidua.reporting.actions.evidence import attach
from thidua.reporting.models import Report, ReportAnswer, ReportSending

pytestmark = pytest.mark.django_db
State = Report.State


@pytest.fixture
def world():
    """A bloc of a leader, a deputy and a member on 20 June 2026."""
    with clock.at(date(2026, 6, 20)):
        yield make.a_bloc(3, year=2026)


@pytest.fixture
def report(world, client):
    """The third member's sent report; the leader's head is signed in."""
    sign_in(client, world.heads[0])
    return some.a_sent_report(world)


def seen(report):
    return {"seen": str(ReportSending.objects.filter(report=report).latest("pk").pk)}


def test_the_reviewer_accepts_and_the_unit_is_told(client, world, report):
    page = text(client.get(at("show", report)))
    assert "Tiếp nhận báo cáo</button>" in page

    page = text(client.post(at("accept", report), seen(report), follow=True))

    assert f"Đã tiếp nhận báo cáo. {world.members[2].name} đã được báo." in page
    assert Report.objects.get().state == State.ACCEPTED
    notice = Notice.objects.get(user=world.heads[2].user, about_type="reporting.report")
    assert notice.text.endswith("đã được tiếp nhận.")
    again = text(client.post(at("accept", report), seen(report), follow=True))
    assert "Báo cáo này đã được trả lời rồi." in again


def test_it_is_returned_for_named_places_each_with_its_reason(client, world, report):
    form = {**seen(report), "reason-achievements": "Thiếu số hộ nghèo", "reason-plan": ""}

    page = text(client.post(at("return", report), form, follow=True))

    assert f"Đã trả lại 1 chỗ để xem lại. {world.members[2].name} đã được báo." in page
    assert "<strong>Kết quả</strong>: Thiếu số hộ nghèo" in page
    answer = ReportAnswer.objects.get()
    assert (answer.place, answer.reason) == ("achievements", "Thiếu số hộ nghèo")
    assert Report.objects.get().state == State.RETURNED
    sign_in(client, world.heads[2])
    assert "Sửa và gửi lại" in text(client.get(at("show", report)))


def test_the_page_of_places_shows_what_was_sent_at_each(client, world):
    target = some.a_sent_target(world, number=1200)
    some.measured(world, target, "1100")
    report = some.a_sent_report(world)
    sign_in(client, world.heads[0])

    page = text(client.get(at("return", report)))

    assert "Đã làm tốt." in page
    assert "ít nhất 1.200 hội viên → 1.100 hội viên (đạt 91,67 %)" in page
    assert f'name="reason-target-{target.pk}"' in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Cần chỉ rõ chỗ cần xem lại."),
        ({"reason-plan": "  "}, "Cần chỉ rõ chỗ cần xem lại."),
        ({"reason-plan": "dài " * 300}, "Dài quá 1000 chữ"),
    ],
)
def test_a_return_without_a_reason_is_no_return(client, world, report, typed, said):
    response = client.post(at("return", report), {**seen(report), **typed})

    assert response.status_code == 422
    assert said in text(response)
    assert Report.objects.get().state == State.SENT
    assert not ReportAnswer.objects.exists()


def test_what_was_sent_anew_since_is_read_first(client, world, report):
    before = seen(report)
    take_back_report(report, by=world.heads[2])
    send_report(report, by=world.heads[2])

    page = text(client.post(at("accept", report), before, follow=True))
    assert "Người khác vừa thay đổi mục này." in page
    response = client.post(at("return", report), {**before, "reason-plan": "Chưa rõ"})
    assert response.status_code == 422
    assert "Chưa rõ" in text(response)
    assert Report.objects.get().state == State.SENT


def test_nobody_answers_their_own_and_the_deputy_reads_the_leaders(client, world):
    report = some.a_sent_report(world, 0)
    sign_in(client, world.heads[0])
    assert "Tiếp nhận báo cáo" not in text(client.get(at("show", report)))
    assert client.post(at("accept", report), seen(report)).status_code == 403
    assert client.get(at("return", report)).status_code == 403

    sign_in(client, world.heads[1])
    client.post(at("accept", report), seen(report))
    assert Report.objects.get().state == State.ACCEPTED


def test_without_a_leader_the_managing_body_answers(client, world):
    hand_lead(world.cycle, by=world.board, leaders=[], deputies=[])
    report = some.a_sent_report(world)
    sign_in(client, world.board)

    assert f"Chờ {world.body.name} trả lời" in text(client.get(at("show", report)))
    client.post(at("accept", report), seen(report))
    assert Report.objects.get().state == State.ACCEPTED


def test_an_officer_of_the_reviewer_reads_why_the_button_is_off(client, world, report):
    sign_in(client, make.officer(world.members[0]))

    page = text(client.get(at("show", report)))

    assert "Lãnh đạo đơn vị bạn hoặc người ký thay mới trả lời được." in page
    assert 'aria-disabled="true"' in page
    before = Entry.objects.count()
    assert client.post(at("accept", report), seen(report)).status_code == 403
    assert client.post(at("return", report), seen(report)).status_code == 403
    assert Entry.objects.count() == before


def test_the_same_file_of_another_unit_is_shown_to_the_reviewer(client, world):
    told = {"file": some.a_file("Cùng một danh sách")}
    for member in (1, 2):
        evidence = some.evidence_of_kind(world, "file", member, **told)
        report = some.a_report(world, member)
        attach(evidence, report, by=world.heads[member])
        send_report(report, by=world.heads[member])
        told["file"].seek(0)
    sign_in(client, world.heads[0])

    for address in (at("show", report), at("evidence", evidence)):
        page = text(client.get(address))
        assert "tệp dùng nhiều nơi" in page
        assert f"Đúng tệp này còn ở: {world.members[1].name}, năm 2026" in page


def test_after_an_answer_there_is_nothing_more_to_press(client, world, report):
    accept_report(report, by=world.heads[0])

    page = text(client.get(at("show", report)))

    assert "Báo cáo đã được tiếp nhận" in page
    assert "Trả lại để xem lại" not in page
    assert client.get(at("return", report)).url == at("show", report)


def test_the_page_of_places_costs_the_same_for_one_target_and_for_three(client):
    costs = []
    for count in (1, 3):
        world = make.a_bloc(3, year=2026)
        target = some.a_sent_target(world)
        with clock.at(date(2026, 6, 20)):
            report = some.a_report(world)
            for _n in range(count):
                evidence = some.evidence_of_kind(world, "file")
                attach(evidence, target, by=world.heads[2])
                attach(evidence, report, by=world.heads[2])
            send_report(report, by=world.heads[2])
        sign_in(client, world.heads[0])
        costs.append(cost_of(client, at("return", report)))

    assert costs[0] == costs[1] <= 18
