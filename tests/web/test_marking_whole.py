"""The whole card at once, its evidence, sending it and taking it back."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories as make
from tests.files.samples import PDF
from tests.scoring.factories import a_self_score, a_table, given, sheet_of
from tests.scoring.steps import a_check, send_all
from tests.web.marks import at, leaf, mark_at, sign_in, text
from thidua.core import clock
from thidua.cycles.actions.years import act_on_phase, set_phase
from thidua.reporting.models import Evidence
from thidua.scoring.actions.marking import save_marks
from thidua.scoring.models import Mark, Proof, Sheet
from thidua.web.marking import whole


@pytest.fixture
def world(db):
    world = make.a_bloc(3)
    a_table(world)
    return world


def test_the_whole_card_is_saved_at_once_or_not_at_all(client, world):
    sheet = sheet_of(world, 2)
    sign_in(client, world.heads[2])
    one, three = leaf(sheet, "I.1").pk, leaf(sheet, "II.1").pk
    typed = {f"c{one}-value": "30", f"c{three}-value": "41", f"c{three}-reason": "Cả năm"}

    refused = client.post(at("whole", sheet), typed)

    page = text(refused)
    assert refused.status_code == 422
    assert "Cao hơn điểm tối đa 40." in page
    assert 'value="30"' in page
    assert "Cả năm" in page
    assert not Mark.objects.exists()
    saved = client.post(at("whole", sheet), {**typed, f"c{three}-value": "39"}, follow=True)
    assert "Đã lưu 2 điểm." in text(saved)
    assert [m.points for m in Mark.objects.filter(sheet=sheet)] == [3000, 3900]
    again = client.post(at("whole", sheet), {**typed, f"c{three}-value": "39"}, follow=True)
    assert "Không có gì mới." in text(again)


def test_one_button_takes_the_units_marks_for_the_rest(client, world):
    a_self_score(world, 2, I_1=30)
    check = a_check(world, 2, 1)
    sign_in(client, world.heads[1])
    assert "Lấy điểm của đơn vị" in text(client.get(at("whole", check)))

    page = text(client.post(at("agree", check), follow=True))

    assert "Đã lấy điểm của lớp trước cho 5 tiêu chí." in page
    assert "Lấy điểm của đơn vị" not in page


def test_the_confirm_page_links_each_criterion_that_lacks_something(client, world):
    sheet = sheet_of(world, 2)
    sign_in(client, world.heads[2])
    save_marks(sheet, given(sheet, {"I.1": 30, "B.1": 1}), by=world.heads[2])

    page = client.get(at("send", sheet))
    refused = client.post(at("send", sheet))

    assert f'href="{mark_at(sheet, "B.1")}"' in text(page)
    assert "Hãy làm xong các tiêu chí ở trên rồi gửi." in text(page)
    assert refused.status_code == 422
    assert "Còn 1 tiêu chí chưa xong" in text(refused)


def test_sending_says_who_was_told_and_can_be_taken_back(client, world):
    sheet = sheet_of(world, 2)
    today = clock.today()
    first, due = today - timedelta(9), today - timedelta(1)
    set_phase(world.cycle, by=world.board, kind="self_scoring", opens_on=first, due_on=due)
    save_marks(sheet, given(sheet, {"I.1": 30}), by=world.heads[2])
    sign_in(client, make.officer(world.members[2]))
    assert "Lãnh đạo đơn vị hoặc người ký thay gửi điểm." in text(client.get(at("send", sheet)))
    assert client.post(at("send", sheet)).status_code == 403

    sign_in(client, world.heads[2])
    assert "vẫn gửi được và sẽ ghi là gửi muộn" in text(client.get(at("send", sheet)))
    page = text(client.post(at("send", sheet), follow=True))
    assert f"{world.members[0].name} đã được báo" in page
    assert "gửi muộn" in page
    assert "Bảng chấm này đã gửi" in text(client.get(mark_at(sheet, "I.1")))

    back = text(client.post(at("take_back", sheet), follow=True))
    assert "Đã rút lại điểm." in back
    act_on_phase(world.cycle.phases.get(), by=world.board, opens=False, reason="Hết hạn")
    assert "đã đóng nên không gửi được nữa" in text(client.get(at("send", sheet)))
    assert client.post(at("send", sheet)).status_code == 422


def test_evidence_is_brought_picked_and_taken_from_a_criterion(client, world):
    sheet = sheet_of(world, 2)
    sign_in(client, world.heads[2])
    here, there = leaf(sheet, "B.1"), leaf(sheet, "I.1")
    told = {"kind": "explanation", "text": "Chưa có biên bản nghiệm thu."}
    file = SimpleUploadedFile("Báo cáo.pdf", PDF, content_type="application/pdf")

    wrong = client.post(at("prove", sheet, here), {"kind": "link", "url": "ftp://x"})
    client.post(at("prove", sheet, here), {"kind": "file", "file": file})
    client.post(at("prove", sheet, here), told)
    kept = Evidence.objects.get(kind="file")
    picked = client.post(
        at("prove", sheet, there), {"kind": "there", "evidence": kept.pk}, follow=True
    )

    assert wrong.status_code == 422
    assert 'value="ftp://x"' in text(wrong)
    assert "Đã gắn “Báo cáo.pdf”" in text(picked)
    assert Proof.objects.filter(criterion=here).count() == 2
    page = text(client.get(mark_at(sheet, "B.1")))
    assert "Chưa có biên bản nghiệm thu." in page
    assert "Xem tại đây" in page
    gone = client.post(at("unprove", Proof.objects.get(criterion=there)), follow=True)
    assert "minh chứng vẫn còn trong kho" in text(gone)
    assert Evidence.objects.filter(withdrawn_at=None).count() == 2


def test_evidence_is_the_units_own_to_put_and_to_take(client, world):
    sheet = sheet_of(world, 2)
    sign_in(client, world.heads[2])
    told = {"kind": "explanation", "text": "Chưa có biên bản nghiệm thu."}
    client.post(at("prove", sheet, leaf(sheet, "I.1")), told)
    send_all(sheet, world.heads[2], I_1=30)
    check = a_check(world, 2, 1)

    late = client.post(at("prove", sheet, leaf(sheet, "I.2")), told)
    sign_in(client, world.heads[1])
    assert "Chưa có biên bản nghiệm thu." in text(client.get(mark_at(check, "I.1")))
    assert client.post(at("prove", check, leaf(check, "I.2")), told).status_code == 403
    assert client.post(at("unprove", Proof.objects.get())).status_code in (403, 404)

    assert "đã gửi nên không thêm, bớt minh chứng" in text(late)
    assert Proof.objects.count() == 1


def test_a_sheet_that_was_sent_is_read_and_not_typed_in(client, world):
    sheet = a_self_score(world, 2, I_1=30)
    sign_in(client, world.heads[2])

    page = text(client.get(at("whole", Sheet.objects.get(pk=sheet.pk))))

    assert "Rút lại để sửa" in page
    assert 'inputmode="decimal"' not in page


def test_a_table_too_long_for_one_form_is_opened_criterion_by_criterion(client, world, monkeypatch):
    monkeypatch.setattr(whole, "MOST_AT_ONCE", 3)
    sheet = sheet_of(world, 2)
    sign_in(client, world.heads[2])

    page = text(client.get(at("whole", sheet)))
    posted = client.post(at("whole", sheet), {f"c{leaf(sheet, 'I.1').pk}-value": "30"})

    assert "Hãy mở từng tiêu chí." in page
    assert mark_at(sheet, "II.1") in page
    assert 'inputmode="decimal"' not in page
    assert posted.status_code == 200
    assert not Mark.objects.exists()


def test_the_same_file_in_other_hands_is_told_to_whoever_judges(client, world):
    """Shown to the scorer, not to the unit itself."""
    for member in (1, 2):
        sheet = sheet_of(world, member)
        sign_in(client, world.heads[member])
        file = SimpleUploadedFile("Báo cáo.pdf", PDF, content_type="application/pdf")
        client.post(at("prove", sheet, leaf(sheet, "I.1")), {"kind": "file", "file": file})
        assert "Đúng tệp này còn ở" not in text(client.get(mark_at(sheet, "I.1")))
        send_all(sheet, world.heads[member], I_1=30)
    check = a_check(world, 2, 0)

    sign_in(client, world.heads[0])

    page = text(client.get(mark_at(check, "I.1")))
    assert "Đúng tệp này còn ở" in page
    assert f"{world.members[1].name}, năm {world.cycle.year}" in page
