"""Pages of the scoring table: who sees them, what they show, how a version is put to use."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories as make
from tests.scoring.factories import a_draft_table, a_self_score, a_table, criterion
from tests.web.counting import cost_of
from thidua.cycles.actions.years import close_cycle
from thidua.notifications.models import Notice
from thidua.scoring.actions.adoption import adopt_table, draft_next_version
from thidua.scoring.actions.ready import take_ready_table
from thidua.scoring.actions.tables import (
    CriterionFacts,
    TableFacts,
    begin_table,
    write_criterion,
)
from thidua.scoring.library import READY
from thidua.scoring.models import Criterion, ScoringTable

pytestmark = pytest.mark.django_db
P = 100


@pytest.fixture
def world():
    return make.a_bloc(3)


def sign_in(client, acting):
    client.force_login(make.user_of(acting))


def of_cycle(world):
    return reverse("tables:of_cycle", args=[world.cycle.pk])


def page_of(table, name="show"):
    return reverse(f"tables:{name}", args=[table.pk])


def text(response):
    return " ".join(response.content.decode().split())


def test_tables_are_for_the_people_of_the_year(client, world):
    draft = a_draft_table(world)
    for address in (of_cycle(world), page_of(draft), page_of(draft, "edit")):
        assert client.get(address).status_code == 302
    sign_in(client, make.a_visitor_with_account())
    assert client.get(of_cycle(world)).status_code == 403
    assert client.get(page_of(draft)).status_code == 404
    for acting, writes in [(world.heads[2], 403), (make.officer(world.members[0]), 200)]:
        sign_in(client, acting)
        assert client.get(of_cycle(world)).status_code == 200
        assert client.get(page_of(draft)).status_code == 200
        assert client.get(page_of(draft, "edit")).status_code == writes
        assert client.get(page_of(draft, "adopt")).status_code == 403


def test_an_empty_year_teaches_and_begins_from_a_ready_table(client, world):
    sign_in(client, world.heads[2])
    assert "Chưa có bảng điểm" in text(client.get(of_cycle(world)))
    assert "Lập bảng điểm" not in text(client.get(of_cycle(world)))

    sign_in(client, world.heads[0])
    begin = reverse("tables:begin", args=[world.cycle.pk])
    assert begin in text(client.get(of_cycle(world)))
    page = text(client.get(begin))
    for ready in READY.values():
        assert ready.source in page
        assert ready.name.replace("&", "&amp;") in page
    assert "ghép để minh họa" in page
    made = client.post(begin, {"ready": "composite"}, follow=True)
    assert "Hãy sửa cho đúng bảng của mình." in text(made)
    assert "MINH HỌA" in text(made)
    again = client.post(begin, {"ready": "hue-2018"}, follow=True)
    assert "Năm này đã có một bảng điểm đang soạn." in text(again)
    assert ScoringTable.objects.count() == 1


def test_an_empty_table_is_begun_by_its_name(client, world):
    sign_in(client, world.heads[0])
    begin = reverse("tables:begin", args=[world.cycle.pk])
    refused = client.post(begin, {"name": " "})
    assert refused.status_code == 422
    assert "Hãy điền mục này." in text(refused)
    made = client.post(begin, {"name": "Bảng của khối"}, follow=True)
    assert "Bảng còn trống" in text(made)
    assert "Bảng điểm chưa có tiêu chí nào." in text(made)
    assert client.get(begin).status_code == 302


def test_a_table_reads_from_top_to_bottom_with_its_words_and_sums(client, world):
    sign_in(client, world.heads[2])
    table = a_table(world, ties=["vote", "group:I", "penalty"], basis="Quy chế số 1", source="Khối")
    response = client.get(page_of(table))
    page = text(response)
    for told in (
        "Bản số 1: 100 điểm chuẩn, thưởng nhiều nhất 5.",
        "Quy chế số 1",
        "Chọn một mức: Tốt 20; Khá 10; Không hoàn thành 0 (điểm liệt).",
        "số phiếu của hội nghị; rồi đến điểm nhóm “Nhiệm vụ chính trị”; rồi đến ít điểm trừ hơn",
        table.digest,
        "kiểm tra chéo",
    ):
        assert told in page
    rows = [(r.node.code, r.depth, r.standard, r.bonus) for r in response.context["laid"].rows]
    assert rows[:3] == [("I", 0, 60 * P, 0), ("I.1", 1, 40 * P, 0), ("I.2", 1, 20 * P, 0)]
    assert rows[-3:] == [("B", 0, 0, 10 * P), ("B.1", 1, 0, 10 * P), ("T.1", 1, 0, 0)]
    assert "Soạn bản mới" not in page


def test_a_table_that_was_changed_behind_its_digest_says_so(client, world):
    table = a_table(world)
    sign_in(client, world.heads[2])
    assert "không còn khớp" not in text(client.get(page_of(table)))
    Criterion.objects.filter(code="I.1").update(max_points=90 * P)
    assert "không còn khớp với mã băm" in text(client.get(page_of(table)))


def test_a_draft_with_something_to_mend_is_not_put_to_use(client, world):
    draft = a_draft_table(world)
    node = criterion(draft, "I.1")
    facts = CriterionFacts("I.1", "Nội dung một", "manual", 30 * P, owner="")
    write_criterion(node, facts, by=world.heads[0])
    group = criterion(draft, "I")
    sign_in(client, world.heads[0])

    page = text(client.get(page_of(draft, "edit")))

    assert "2 chỗ cần sửa trước khi đưa vào dùng" in page
    assert (
        f'<a href="#tc-{group.pk}">I: Nhóm ghi 60 điểm nhưng các tiêu chí cộng lại 50.</a>' in page
    )
    assert f'<a href="#tc-{node.pk}">I.1: Chưa ghi ai chấm tiêu chí này.</a>' in page
    assert f'id="tc-{node.pk}"' in page
    assert 'aria-disabled="true">Đưa vào dùng' in page
    asked = text(client.get(page_of(draft, "adopt")))
    assert "Còn chỗ cần sửa, ghi ở dưới." in asked
    assert 'name="seen_digest"' not in asked
    refused = client.post(page_of(draft, "adopt"))
    assert refused.status_code == 422
    assert "Chưa dùng được bảng điểm" in text(refused)


def test_putting_to_use_says_what_happens_and_whom_it_tells(client, world):
    draft = a_draft_table(world)
    sign_in(client, world.heads[0])
    response = client.get(page_of(draft, "adopt"))
    page = text(response)
    assert "3 đơn vị có phiếu điểm để tự chấm." in page
    for member in world.members:
        assert member.name in page

    done = client.post(
        page_of(draft, "adopt"), {"seen_digest": response.context["digest"]}, follow=True
    )

    assert "Đã đưa bảng điểm vào dùng và báo 3 đơn vị." in text(done)
    sign_in(client, world.heads[2])
    told = client.get(reverse("inbox:index")).context["page"].object_list
    assert page_of(draft) in [notice.link for notice in told]
    assert client.get(page_of(draft, "edit")).status_code == 403


def test_a_draft_that_changed_while_it_was_read_is_shown_anew(client, world):
    draft = a_draft_table(world)
    sign_in(client, world.heads[0])
    seen = client.get(page_of(draft, "adopt")).context["digest"]
    facts = CriterionFacts("II.1", "Đã sửa", "manual", 40 * P)
    write_criterion(criterion(draft, "II.1"), facts, by=world.heads[0])
    refused = client.post(page_of(draft, "adopt"), {"seen_digest": seen})
    assert refused.status_code == 422
    assert "Người khác vừa thay đổi mục này." in text(refused)
    assert refused.context["digest"] != seen


def test_a_new_version_tells_what_it_changes_and_what_opens_again(client, world):
    """“a table changed under open cards”: the page says so before it is done."""
    table = a_table(world)
    a_self_score(world, 0, I_1=35, II_1=30)
    sign_in(client, world.heads[0])
    client.post(page_of(table, "next_version"))
    draft = ScoringTable.objects.get(state="draft")
    assert draft.number == 2
    facts = CriterionFacts("I.1", "Viết lại", "manual", 40 * P)
    write_criterion(criterion(draft, "I.1"), facts, by=world.heads[0])

    page = text(client.get(page_of(draft, "adopt")))

    for told in (
        "Bản số 1 thôi dùng, phiếu cũ vẫn đọc được.",
        "1 phiếu đã gửi mở lại để xem và gửi lần nữa",
        "Đổi 1, thêm 0, bỏ 0 dòng.",
        "I.1. Viết lại",
    ):
        assert told in page
    again = client.post(page_of(table, "next_version"), follow=True)
    assert "Năm này đã có một bảng điểm đang soạn." in text(again)
    client.post(page_of(draft, "adopt"))
    assert ScoringTable.objects.get(state="adopted") == draft
    versions = text(client.get(of_cycle(world)))
    assert "Các bản trước" in versions
    assert Notice.objects.filter(sentence__contains="mở lại").count() == 1


def test_a_draft_is_thrown_away_after_being_asked_once(client, world):
    draft = a_draft_table(world)
    sign_in(client, world.heads[0])
    assert "8 dòng" in text(client.get(page_of(draft, "discard")))
    done = client.post(page_of(draft, "discard"), follow=True)
    assert "Đã bỏ “Bảng điểm thử”." in text(done)
    assert not ScoringTable.objects.exists()


def test_the_layers_of_the_year_are_chosen_in_words(client, world):
    sign_in(client, world.heads[0])
    address = reverse("tables:layers", args=[world.cycle.pk])
    assert "cơ quan quản lý thẩm định" in text(client.get(address))
    assert client.post(address, {"kinds": ["cross"]}).status_code == 422
    typed = {"kinds": ["cross", "board"], "combine": "median", "is_blind": "no"}
    page = text(client.post(address, typed, follow=True))
    assert "tự chấm, kiểm tra chéo, cơ quan quản lý thẩm định." in page
    assert "trung vị; thấy điểm của nhau ngay" in page
    sign_in(client, world.heads[2])
    assert client.post(address, typed).status_code == 403


def test_what_is_in_use_or_over_is_read_and_not_written(client, world):
    table = a_table(world)
    sign_in(client, world.heads[0])
    node = criterion(table, "I.1")
    pages = [
        page_of(table, name) for name in ("edit", "head", "new", "new_group", "adopt", "discard")
    ]
    pages += [reverse(f"tables:{n}_criterion", args=[node.pk]) for n in ("edit", "remove")]
    for address in pages:
        shown = client.get(address, follow=True)
        assert "Muốn đổi thì soạn bản mới." in text(shown)
        assert shown.redirect_chain == [(page_of(table), 302)]
    close_cycle(world.cycle, by=world.board)
    for name in ("begin", "layers"):
        shown = client.get(reverse(f"tables:{name}", args=[world.cycle.pk]), follow=True)
        assert "nên bảng điểm không đổi nữa" in text(shown)
    assert "Soạn bản mới" not in text(client.get(of_cycle(world)))


def test_the_year_costs_the_same_with_one_version_and_with_three(client, world):
    table = a_table(world)
    sign_in(client, world.heads[0])
    client.get(of_cycle(world))
    one = cost_of(client, of_cycle(world))
    for _number in range(2):
        table = adopt_table(draft_next_version(table, by=world.heads[0]), by=world.heads[0])
    assert cost_of(client, of_cycle(world)) == one
    assert one <= 15


def test_two_thousand_criteria_do_not_break_a_page(client, world):
    """“2,000 criteria”: the same number of queries as for one and for three."""
    draft = begin_table(world.cycle, TableFacts("Dài"), by=world.heads[0])
    sign_in(client, world.heads[0])
    pages = [page_of(draft, name) for name in ("edit", "adopt", "head")]
    client.get(pages[0])
    costs = []
    for count in (1, 3, 2_000):
        there = draft.criteria.count()
        Criterion.objects.bulk_create(
            Criterion(
                table=draft, place=n, code=f"x{n}", name="Nội dung", kind="manual", max_points=P
            )
            for n in range(there, count)
        )
        costs.append([cost_of(client, page) for page in pages])
        with CaptureQueriesContext(connection) as captured:
            shown = text(client.get(page_of(draft, "show")))
        costs[-1].append(len(captured))
    assert costs[0] == costs[1] == costs[2]
    assert max(costs[0]) <= 13
    assert "x1999" in shown


def test_the_pages_are_there_in_english(client, world):
    draft = take_ready_table(world.cycle, "composite", by=world.heads[0])
    sign_in(client, world.heads[0])
    client.cookies["django_language"] = "en"
    node = criterion(draft, "I.2")
    for address in (
        of_cycle(world),
        *(page_of(draft, name) for name in ("show", "edit", "head", "new", "adopt", "discard")),
        reverse("tables:layers", args=[world.cycle.pk]),
        reverse("tables:edit_criterion", args=[node.pk]),
    ):
        assert client.get(address).status_code == 200
