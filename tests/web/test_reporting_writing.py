"""Writing a report on its page: filled from the results, saved while typing, hinted at."""

from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.reporting import factories as some
from tests.web.counting import cost_of
from tests.web.reports import at, sign_in, text
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.cycles.actions.years import close_cycle
from thidua.movements.actions import adopt_movement
from thidua.reporting.actions.answering import Remark, return_report, send_report
from thidua.reporting.actions.evidence import attach
from thidua.reporting.actions.reports import Texts, save_draft
from thidua.reporting.models import Report, Turnout
from thidua.targets.actions.drafting import TargetFacts, write_target
from thidua.targets.actions.negotiation import send_set

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def world():
    """A bloc of a leader, a deputy and a member on 20 June 2026, at 10:05."""
    with clock.at(clock.start_of(date(2026, 6, 20)).replace(hour=10, minute=5)):
        yield make.a_bloc(3, year=2026)


@pytest.fixture
def report(world, client):
    """The third member's draft; its officer is signed in."""
    sign_in(client, make.officer(world.members[2]))
    return some.a_report(world, text="Đã làm tốt.")


def typed(report, **texts):
    told = {"achievements": "", "difficulties": "", "plan": "", "proposals": "", **texts}
    return {**told, "revision": str(Report.objects.get(pk=report.pk).revision)}


def test_a_report_is_begun_once_and_opens_where_it_is_written(client, world):
    period = some.a_period(world)
    sign_in(client, world.heads[2])

    for _n in range(2):
        response = client.post(at("begin", world.enrolments[2], period))
        assert response.url == at("edit", Report.objects.get())
    assert client.post(at("begin", world.enrolments[2], 999)).status_code == 404
    assert client.post(at("begin", world.enrolments[1], period)).status_code == 403


def test_the_page_is_filled_from_the_results(client, world, report):
    target = some.a_sent_target(world, number=1200)
    some.measured(world, target, "1234")

    page = text(client.get(at("edit", report)))

    for told in ("ít nhất 1.200 hội viên", "1.234", "đạt 102,83 %, vượt 2,83 %"):
        assert told in page
    assert f'{at("target", target)}#minh-chung">còn thiếu' in page
    assert "Đã làm tốt." in page
    assert "Đã lưu lúc 10:05." in page


def test_without_javascript_the_button_saves(client, world, report):
    told = typed(report, achievements="Xong\r\nhết.", plan="Làm tiếp")

    page = text(client.post(at("edit", report), told, follow=True))

    assert "Đã lưu lúc 10:05." in page
    report.refresh_from_db()
    assert (report.achievements, report.plan, report.revision) == ("Xong\nhết.", "Làm tiếp", 3)
    response = client.post(at("edit", report), {**typed(report), "and_send": "1"})
    assert response.url == at("send", report)


def test_while_typing_it_is_saved_and_nothing_is_recorded(client, report):
    before = Entry.objects.count()
    told = typed(report, achievements="Xây 936/240 căn nhà, vượt 390 %.")

    answer = client.post(at("edit", report), told, **JSON)

    assert answer.status_code == 200
    said = answer.json()
    assert (said["told"], said["is_whole"], said["revision"]) == ("Đã lưu lúc 10:05.", True, 3)
    assert said["hints"]["plan"] == []
    (hint,) = said["hints"]["achievements"]
    assert hint.startswith("Bạn viết “vượt 390 %”. 936/240: đạt 390 %, tức vượt 290 %")
    assert Report.objects.get().achievements == told["achievements"]
    assert Entry.objects.count() == before


def test_hints_stand_beside_the_text_and_block_nothing(client, world, report):
    target = some.a_sent_target(world, number=240, unit="căn", name="Nhà đại đoàn kết")
    some.measured(world, target, "936")
    told = typed(report, achievements="Nhà đại đoàn kết vượt 390 %.", plan="<b>Tổng cộng</b>")
    client.post(at("edit", report), told)

    page = text(client.get(at("edit", report)))

    assert "Bạn viết “vượt 390 %”. Theo số đo, “Nhà đại đoàn kết”" in page
    assert "&lt;b&gt;Tổng cộng" in page
    sent = text(client.get(at("send", report)))
    assert "Nên xem lại; không cản việc gửi" in sent
    assert "Bạn viết “vượt 390 %”." in sent


def test_a_draft_saved_elsewhere_is_never_overwritten(client, world, report):
    told = typed(report, achievements="Chữ của người thứ nhất")
    save_draft(report, Texts("Của người thứ hai"), {}, by=world.heads[2], revision=2)

    answer = client.post(at("edit", report), told, **JSON)

    assert answer.status_code == 409
    said = answer.json()
    assert "vừa được lưu ở nơi khác" in said["told"]
    assert (said["revision"], said["kept"]["achievements"]) == (3, "Của người thứ hai")
    response = client.post(at("edit", report), told)
    assert response.status_code == 422
    assert "Chữ của người thứ nhất" in text(response)
    assert 'name="revision" value="2"' in text(response)
    assert Report.objects.get().achievements == "Của người thứ hai"


def test_what_was_sent_meanwhile_is_not_saved_over(client, world, report):
    told = typed(report, achievements="Muộn mất rồi")
    send_report(report, by=world.heads[2])

    answer = client.post(at("edit", report), told, **JSON)

    assert answer.status_code == 409
    assert "nên chưa sửa được" in answer.json()["told"]
    assert client.get(at("edit", report)).url == at("show", report)


def test_a_number_of_people_is_whole_and_a_wrong_one_keeps_nothing_else_back(client, world, report):
    adoption = adopt_movement(world.cycle, make.a_movement(world, "Vì người nghèo"), by=world.board)
    people, note = f"turnout_{adoption.pk}", f"note_{adoption.pk}"
    told = {**typed(report, achievements="Còn đây"), people: "1.234", note: "ước tính"}
    client.post(at("edit", report), told)
    assert Turnout.objects.get().people == 1234

    for wrong, said in [("12,5", "phải là số nguyên"), ("nhiều", "chưa phải là một số")]:
        told = {**typed(report, plan="Viết thêm"), people: wrong, note: ""}
        answer = client.post(at("edit", report), told, **JSON)
        assert not answer.json()["is_whole"]
        assert "Chưa lưu “Vì người nghèo”" in answer.json()["told"]
        assert said in answer.json()["told"]
        response = client.post(at("edit", report), {**told, **typed(report, plan="Viết thêm")})
        assert response.status_code == 422
        assert f'value="{wrong}"' in text(response)
        assert f'value="{Report.objects.get().revision}"' in text(response)
    assert (Report.objects.get().plan, Turnout.objects.get().people) == ("Viết thêm", 1234)

    client.post(at("edit", report), {**typed(report), people: "", note: ""})
    assert not Turnout.objects.exists()


def test_a_text_that_is_too_long_says_so_and_stays(client, report):
    told = typed(report, difficulties="dài " * 13_000)

    answer = client.post(at("edit", report), told, **JSON)

    assert answer.status_code == 422
    assert "gửi phần dài thành tệp minh chứng" in answer.json()["told"]
    response = client.post(at("edit", report), told)
    assert response.context["form"].errors["difficulties"]
    assert "dài dài dài" in text(response)


def test_what_an_expired_session_typed_is_there_after_sign_in(client, world, report):
    """A session that expired while typing (the text is there after sign-in)."""
    told = typed(report, achievements="Gõ mãi mới xong")
    who = {"login": make.user_of(world.heads[2]).username, "password": make.PASSWORD}
    client.logout()
    client.post(reverse("account_login"), who)
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))

    assert client.post(at("edit", report), told, **JSON).status_code == 302
    client.post(reverse("account_login"), who)

    assert "Gõ mãi mới xong" in text(client.get(at("edit", report)))
    assert Report.objects.get().achievements == "Đã làm tốt."


def test_what_was_returned_stands_at_its_very_place(client, world, report):
    target = some.a_sent_target(world)
    adoption = adopt_movement(world.cycle, make.a_movement(world), by=world.board)
    evidence = some.evidence_of_kind(world, "file")
    client.post(at("prove_report", report), {"kind": "there", "evidence": evidence.pk})
    people = {f"turnout_{adoption.pk}": "9", f"note_{adoption.pk}": ""}
    client.post(at("edit", report), {**typed(report, plan="Làm"), **people})
    send_report(report, by=world.heads[2])
    places = ["plan", f"target:{target.pk}", f"turnout:{Turnout.objects.get().pk}"]
    places.append(f"evidence:{evidence.pk}")
    remarks = [Remark(place, f"Lý do {n}") for n, place in enumerate(places)]
    return_report(report, remarks, by=world.heads[0])

    page = text(client.get(at("edit", report)))

    assert f"{world.members[0].name} đề nghị xem lại 4 chỗ" in page
    assert '<p class="remark">Cần xem lại: Lý do 0</p> <div class="field field--textarea">' in page
    assert '<p class="remark">Cần xem lại: Lý do 1</p></th>' in page
    assert f'<legend>{adoption.movement.name}</legend> <p class="remark">Lý do 2</p>' in page
    assert '<p class="remark">Lý do 3</p>' in page
    there = [f'href="{at("target", target)}"', f'href="#id_turnout_{adoption.pk}"', "#id_plan"]
    assert all(address in page for address in there)
    assert "được trả lại vì chỗ này" in text(client.get(at("target", target)))


def test_when_the_year_is_over_a_draft_is_only_read(client, world, report):
    close_cycle(world.cycle, by=world.board)

    page = text(client.get(at("edit", report)))

    assert "đã khép lại nên không ghi thêm được nữa." in page
    assert "Đã làm tốt." in page
    for button in ("Lưu nháp</button>", "Gửi tệp</button>", "data-autosave"):
        assert button not in page.replace("data-autosave-told", "")
    assert client.post(at("edit", report), typed(report, plan="Muộn")).status_code == 422
    assert "button--big" not in text(client.get(at("send", report)))
    assert "Xem bản nháp" in text(client.get(at("of_cycle", world.cycle)))


def test_nobody_elses_draft_is_there(client, world, report):
    told = typed(report, achievements="Của kẻ khác")
    for acting in (world.heads[0], world.board, make.a_visitor_with_account()):
        sign_in(client, acting)
        for name in ("edit", "show", "send"):
            assert client.get(at(name, report)).status_code == 404
        assert client.post(at("edit", report), told, **JSON).status_code == 404
    assert Report.objects.get().achievements == "Đã làm tốt."


def test_the_page_costs_the_same_for_one_target_and_for_three(client):
    costs = []
    for count in (1, 3):
        world = make.a_bloc(3, year=2026)
        target_set = make.a_target_set(world)
        sign_in(client, world.heads[2])
        costs.append(_cost_with(client, world, target_set, count))

    assert costs[0] == costs[1]
    assert costs[0][0] <= 20
    assert costs[0][1] <= 18


def _cost_with(client, world, target_set, count):
    for number in range(count - 1):
        write_target(
            target_set, TargetFacts(name=f"Chỉ tiêu {number}", number=1), by=world.heads[2]
        )
    send_set(target_set, by=world.heads[2])
    report = some.a_report(world)
    for target in target_set.targets.all():
        some.measured(world, target, "9")
        adopt_movement(world.cycle, make.a_movement(world), by=world.board)
        evidence = some.evidence_of_kind(world, "file")
        attach(evidence, target, by=world.heads[2])
        attach(evidence, report, by=world.heads[2])
    return cost_of(client, at("edit", report)), cost_of(client, at("send", report))
