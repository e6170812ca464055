"""The split screen: one criterion at a time, saved while typing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories as make
from tests.files.samples import PDF
from tests.scoring.bare import more_penalties
from tests.scoring.factories import a_draft_table, a_self_score, a_table, criterion, sheet_of
from tests.scoring.steps import a_check, an_appraisal, mark
from tests.web.counting import cost_of
from tests.web.marks import JSON, at, leaf, mark_at, sign_in, text
from thidua.scoring.actions.adoption import adopt_table, draft_next_version
from thidua.scoring.models import Mark


@pytest.fixture
def world(db):
    world = make.a_bloc(3)
    a_table(world)
    return world


def test_a_mark_is_saved_while_it_is_typed(client, world):
    sheet = sheet_of(world, 2)
    sign_in(client, world.heads[2])
    typed = {"value": "30,5", "reason": "", "seen": "0"}

    answer = client.post(mark_at(sheet, "I.1"), typed, **JSON).json()

    assert answer["told"].startswith("Đã lưu ")
    assert (answer["points"], answer["word"], answer["number"]) == ("30,5", "xong", 1)
    assert (answer["total"], answer["done"], answer["overtaken"]) == ("30,5", 1, [])
    (kept,) = Mark.objects.filter(sheet=sheet)
    assert (kept.points, kept.by) == (3050, world.heads[2].user)


def test_a_refusal_while_typing_stands_beside_its_field_and_keeps_nothing(client, world):
    sheet = sheet_of(world, 2)
    sign_in(client, world.heads[2])

    over = client.post(mark_at(sheet, "I.1"), {"value": "41", "seen": "0"}, **JSON)
    words = client.post(mark_at(sheet, "I.1"), {"value": "bốn mươi", "seen": "0"}, **JSON)

    assert over.status_code == words.status_code == 422
    assert over.json()["errors"]["value"] == ["Cao hơn điểm tối đa 40."]
    assert "chưa phải là số điểm" in words.json()["errors"]["value"][0]
    assert not Mark.objects.exists()


def test_whoever_comes_second_is_told_who_marked_what_and_when(client, world):
    sheet = sheet_of(world, 2)
    officer = make.officer(world.members[2])
    mark(sheet, "I.1", 30, by=world.heads[2], seen=0)
    sign_in(client, officer)

    answer = client.post(mark_at(sheet, "I.1"), {"value": "35", "seen": "0"}, **JSON).json()

    (told,) = answer["overtaken"]
    assert world.heads[2].user.name in told
    assert "30 điểm" in told
    assert Mark.objects.filter(sheet=sheet).count() == 2
    page = text(client.get(mark_at(sheet, "I.1")))
    assert "Những lần ghi trước" in page
    assert world.heads[2].user.name in page


def test_a_differing_mark_asks_for_its_reason_at_once(client, world):
    a_self_score(world, 2, I_1=30)
    check = a_check(world, 2, 1)
    sign_in(client, world.heads[1])

    answer = client.post(mark_at(check, "I.1"), {"value": "28", "seen": "0"}, **JSON).json()

    assert "cần ghi lý do" in answer["need"]
    assert answer["word"] == "còn thiếu"
    typed = {"value": "28", "reason": "Thiếu biên bản", "seen": "1"}
    answer = client.post(mark_at(check, "I.1"), typed, **JSON).json()
    assert (answer["need"], answer["word"]) == ("", "khác lớp trước")


def test_without_javascript_the_button_saves_and_goes_on(client, world):
    sheet = sheet_of(world, 2)
    sign_in(client, world.heads[2])

    first = client.get(at("sheet", sheet))
    onward = client.post(first.url, {"value": "30", "seen": "0", "go": "next"})
    back = client.post(onward.url, {"value": "1", "seen": "0", "go": "previous"})
    last = client.post(mark_at(sheet, "T.1"), {"value": "0", "seen": "0", "go": "next"})

    assert first.url == mark_at(sheet, "I.1")
    assert onward.url == mark_at(sheet, "I.2")
    assert back.url == mark_at(sheet, "I.1")
    assert last.url == at("whole", sheet)
    assert client.get(at("sheet", sheet)).url == mark_at(sheet, "II.1")
    assert Mark.objects.filter(sheet=sheet).count() == 3


def test_what_was_typed_wrong_stays_and_is_told_beside_the_field(client, world):
    sheet = sheet_of(world, 2)
    sign_in(client, world.heads[2])

    response = client.post(
        mark_at(sheet, "I.1"), {"value": "12,3", "reason": "Chữ dài", "seen": "0", "go": "next"}
    )

    page = text(response)
    assert response.status_code == 422
    assert "Điểm phải theo bước 0,25." in page
    assert 'value="12,3"' in page
    assert "Chữ dài" in page


def test_the_page_shows_rule_marks_evidence_and_where_one_stands(client, world):
    a_self_score(world, 2, I_1=30)
    check = a_check(world, 2, 1)
    sign_in(client, world.heads[1])

    page = text(client.get(mark_at(check, "I.1")))

    assert "Cho từ 0 đến 40 điểm, theo bước 0,25." in page
    assert "tiêu chí 1/5" in page
    assert "Đơn vị không gửi minh chứng cho tiêu chí này." in page
    assert "<strong>30 điểm</strong>" in page
    assert f'rel="next" href="{mark_at(check, "I.2")}"' in page


def test_a_criterion_of_another_version_is_not_there(client, world):
    sheet = sheet_of(world, 2)
    new = adopt_table(draft_next_version(sheet.card.table, by=world.heads[0]), by=world.heads[0])
    sign_in(client, world.heads[2])

    assert client.get(at("mark", sheet, criterion(new, "I.1"))).status_code == 404
    response = client.post(mark_at(sheet, "I.1"), {"value": "30", "seen": "0"})
    assert response.status_code == 422
    assert "Bảng điểm đã có bản mới" in text(response)
    assert 'value="30"' in text(response)


def test_who_may_not_mark_a_sheet_has_no_page_of_it(client, world):
    a_self_score(world, 2, I_1=30)
    own, check = sheet_of(world, 2), a_check(world, 2, 1)

    sign_in(client, world.heads[1])
    assert client.get(mark_at(own, "I.1")).status_code == 403
    assert client.get(at("sheet", own)).url == at("card", own.card)
    sign_in(client, world.heads[2])
    assert client.get(mark_at(check, "I.1")).status_code == 403
    assert client.post(mark_at(check, "I.1"), {"value": "3"}, **JSON).status_code == 403
    sign_in(client, make.a_visitor_with_account())
    assert client.get(mark_at(own, "I.1")).status_code == 404
    client.logout()
    assert client.get(mark_at(own, "I.1")).status_code == 302


@pytest.mark.django_db
def test_the_screen_costs_the_same_for_five_criteria_and_for_sixty(client):
    costs = []
    for count in (0, 55):
        world = make.a_bloc(3)
        table = a_draft_table(world)
        more_penalties(table, count)
        adopt_table(table, by=world.heads[0])
        sign_in(client, world.heads[2])
        own = sheet_of(world, 2)
        file = SimpleUploadedFile("Báo cáo.pdf", PDF, content_type="application/pdf")
        client.post(at("prove", own, leaf(own, "I.1")), {"kind": "file", "file": file})
        costs.append([cost_of(client, mark_at(own, "I.1"))])
        a_self_score(world, 2, I_1=30)
        lead = an_appraisal(world, 2, world.heads[0])
        sign_in(client, world.heads[0])
        costs[-1] += [cost_of(client, mark_at(lead, "I.1")), cost_of(client, at("whole", lead))]

    assert costs[0] == costs[1]
    assert max(costs[0]) <= 15
