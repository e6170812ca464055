"""A card opened down: what stands side by side for whom, what counts, what may be begun."""

import pytest

from tests import factories as make
from tests.scoring.bare import more_penalties
from tests.scoring.factories import (
    POINT,
    a_draft_table,
    a_result,
    a_self_score,
    a_table,
    card_of,
    criterion,
    sheet_of,
)
from tests.scoring.steps import a_check, an_appraisal, mark, send_all
from tests.web.counting import cost_of
from tests.web.marks import at, sign_in, text
from thidua.reporting.actions.evidence import EvidenceFacts, keep_evidence
from thidua.scoring.actions.adoption import adopt_table
from thidua.scoring.actions.marking import send_sheet
from thidua.scoring.actions.proving import prove
from thidua.scoring.actions.tables import CriterionFacts, add_criterion
from thidua.scoring.models import Sheet

pytestmark = pytest.mark.django_db
SECRET = "Thiếu biên bản nghiệm thu"


@pytest.fixture
def world():
    world = make.a_bloc(3)
    a_table(world)
    return world


def page(client, world, acting, member=2):
    sign_in(client, acting)
    return text(client.get(at("card", card_of(world, member))))


def test_the_marks_stand_side_by_side_with_reasons_subtotals_and_the_total(client, world):
    a_self_score(world, 2, I_1=30, II_1=30)
    send_all(a_check(world, 2, 1), world.heads[1], SECRET, I_1=28, II_1=30)
    lead = an_appraisal(world, 2, world.heads[0])
    mark(lead, "II.1", "25.5", by=world.heads[0], reason="Ít mô hình")
    send_sheet(lead, by=world.heads[0])

    opened = page(client, world, world.heads[0])

    assert SECRET in opened
    assert "Ít mô hình" in opened
    for label, points in (("Tự chấm", "30"), ("Đang tính", "25,5"), ("Đang tính", "73,5")):
        assert f'data-label="{label}">{points}<' in opened
    assert '<strong class="num">73,5</strong> điểm, bằng 73,5 % của 100 điểm chuẩn' in opened
    assert "Tốt, 20 điểm" in opened


def test_the_member_sees_no_other_marks_before_the_preliminary_result(client, world):
    a_self_score(world, 2, I_1=30)
    send_all(a_check(world, 2, 1), world.heads[1], SECRET, I_1=28)

    before = page(client, world, world.heads[2])
    a_result(world)
    after = page(client, world, world.heads[2])

    assert SECRET not in before
    assert 'data-label="Kiểm tra chéo' not in before
    assert "Còn 1 bảng chấm của bên khác" in before
    assert '<strong class="num">50</strong> điểm' in before
    assert SECRET in after
    assert '<strong class="num">48</strong> điểm' in after


def test_what_the_system_knows_says_so(client):
    world = make.a_bloc(3)
    table = a_draft_table(world)
    facts = CriterionFacts(
        "I.3", "Đăng ký đúng hạn", "pass_fail", 5 * POINT, owner="system", fact="registered_on_time"
    )
    add_criterion(table, facts, by=world.heads[0], parent=criterion(table, "B"))
    make.a_locked_set(world, 2)
    adopt_table(table, by=world.heads[0])
    sheet = sheet_of(world, 2)

    opened = page(client, world, world.heads[2])
    split = text(client.get(at("mark", sheet, criterion(table, "I.3"))))

    assert "Hệ thống: Gửi bản đăng ký đúng hạn" in opened
    assert "Hệ thống: Gửi bản đăng ký đúng hạn" in split
    assert "Tiêu chí này không phải do bạn chấm." in split


def test_evidence_stays_the_units_until_its_marks_are_sent(client, world):
    by = world.heads[2]
    facts = EvidenceFacts("explanation", text="Lời giải trình của đơn vị.", name="Giải trình 1")
    evidence = keep_evidence(world.enrolments[2], facts, by=by)
    prove(card_of(world, 2), criterion(card_of(world, 2).table, "I.1"), evidence, by=by)

    assert "Giải trình 1" in page(client, world, by)
    assert "Giải trình 1" not in page(client, world, world.heads[0])
    a_self_score(world, 2, I_1=30)
    assert "Giải trình 1" in page(client, world, world.heads[0])


def test_whoever_may_appraise_begins_there_and_nobody_else(client, world):
    a_self_score(world, 2, I_1=30)
    card = card_of(world, 2)

    leader = page(client, world, world.heads[0])
    begun = client.post(at("begin", card), {"kind": "lead"}, follow=True)
    assert "Bắt đầu thẩm định" in leader
    assert "Ghi điểm hội nghị" in leader
    assert "Đã mở bảng chấm." in text(begun)
    assert Sheet.objects.filter(layer__kind="lead").count() == 1
    assert "Bắt đầu thẩm định" not in page(client, world, world.heads[0])
    assert "Bắt đầu thẩm định" not in page(client, world, world.heads[2])
    for kind in ("lead", "meeting", "cross", "self", ""):
        assert client.post(at("begin", card), {"kind": kind}).status_code == 403
    assert "Bắt đầu thẩm định" in page(client, world, world.heads[1], member=0)
    assert "Bắt đầu thẩm định" not in page(client, world, world.heads[0], member=0)


def test_a_notice_leads_whoever_marks_to_the_sheet_and_the_others_to_the_card(client, world):
    sheet = a_self_score(world, 2, I_1=30)
    sign_in(client, world.heads[0])

    assert client.get(at("sheet", sheet)).url == at("card", sheet.card)
    sign_in(client, world.heads[2])
    assert client.get(at("sheet", sheet)).url == at("whole", sheet)


def test_the_card_costs_the_same_for_five_criteria_and_for_fifteen(client):
    costs = []
    for count in (0, 10):
        world = make.a_bloc(3)
        table = a_draft_table(world)
        more_penalties(table, count)
        adopt_table(table, by=world.heads[0])
        a_self_score(world, 2, I_1=30)
        an_appraisal(world, 2, world.heads[0])
        sign_in(client, world.heads[0])
        costs.append(cost_of(client, at("card", card_of(world, 2))))

    assert costs[0] == costs[1]
    assert costs[0] <= 15
