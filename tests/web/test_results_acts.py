"""From marks to a corrected publication through the pages: each act, and how each is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories as make
from tests.scoring.factories import (
    a_result,
    a_scored_world,
    a_self_score,
    a_table,
    an_adopted_result,
    criterion,
)
from tests.scoring.steps import an_appraisal
from tests.scoring.steps import mark as give
from thidua.core import clock
from thidua.notifications.links import address_of
from thidua.notifications.models import Notice
from thidua.scoring.actions.marking import send_sheet
from thidua.scoring.actions.results import object_to_result
from thidua.scoring.models import Objection, Result, TieVote

pytestmark = pytest.mark.django_db
State = Result.State


@pytest.fixture
def world() -> make.World:
    return a_scored_world()


def sign_in(client, acting):
    client.force_login(make.user_of(acting))


def page(name: str, *args: int) -> str:
    return reverse(f"results:{name}", args=args)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_from_drawing_up_to_publication_through_the_pages(client, world):
    sign_in(client, world.heads[0])
    draw_up = page("draw_up", world.cycle.pk)
    confirm = text(client.get(draw_up))
    assert "Báo cho 3 đơn vị đang tham gia." in confirm
    assert "Kiểm tra chéo: còn 3 phiếu chưa xong" in confirm
    drawn = client.post(draw_up, follow=True)
    assert "Đã lập kết quả sơ bộ, bản số 1, và báo 3 đơn vị." in text(drawn)
    result = Result.objects.get()
    assert drawn.redirect_chain[-1][0] == page("show", result.pk)
    notice = Notice.objects.filter(about_type="scoring.result").first()
    assert address_of(notice.about_type, notice.about_id) == page("show", result.pk)

    adopt = page("adopt", result.pk)
    typed = {"minutes": "05/BB-KTĐ", "adopted_on": clock.today().isoformat()}
    adopted = client.post(adopt, typed, follow=True)
    assert "Tiếp theo: công bố kết quả." in text(adopted)

    publish = page("publish", result.pk)
    shown = text(client.get(publish))
    assert "KẾT QUẢ CHẤM ĐIỂM, XẾP HẠNG THI ĐUA" in shown
    published = client.post(publish, {"audience": "public"}, follow=True)
    result.refresh_from_db()
    assert result.version.digest in text(published)
    assert "Đã công bố và báo 3 đơn vị." in text(published)
    again = client.post(publish, {"audience": "public"})
    assert again.status_code == 422
    assert "đã được công bố rồi" in text(again)


def test_a_result_is_not_drawn_up_from_nothing(client):
    """“nobody scored”: the button is off and says why."""
    world = make.a_bloc(2)
    a_table(world)
    sign_in(client, world.heads[0])

    confirm = text(client.get(page("draw_up", world.cycle.pk)))

    assert "Chưa có đơn vị nào gửi điểm nên chưa lập được kết quả." in confirm
    assert 'aria-disabled="true"' in confirm
    refused = client.post(page("draw_up", world.cycle.pk))
    assert refused.status_code == 422
    assert not Result.objects.exists()


def test_what_is_typed_wrong_stays_and_is_told_beside_its_field(client, world):
    result = a_result(world)
    sign_in(client, world.heads[0])
    tomorrow = (clock.today() + timedelta(1)).isoformat()

    late = client.post(page("adopt", result.pk), {"minutes": "05/BB", "adopted_on": tomorrow})
    empty = client.post(page("adopt", result.pk), {"minutes": "", "adopted_on": "hôm qua"})

    assert late.status_code == empty.status_code == 422
    assert late.context["form"].errors == {"adopted_on": ["Ngày hội nghị không thể ở sau hôm nay."]}
    assert 'value="05/BB"' in text(late)
    assert set(empty.context["form"].errors) == {"minutes", "adopted_on"}
    assert 'value="hôm qua"' in text(empty)


def test_adoption_is_off_while_objections_are_open_or_marks_have_changed(client, world):
    result = a_result(world)
    objection = object_to_result(result, by=world.heads[2], text="Thiếu điểm")
    sign_in(client, world.heads[0])
    adopt = page("adopt", result.pk)
    assert "Còn 1 kiến nghị chưa trả lời." in text(client.get(adopt))
    typed = {"minutes": "05/BB", "adopted_on": clock.today().isoformat()}
    assert client.post(adopt, typed).status_code == 422

    answer = page("answer", objection.pk)
    assert client.post(answer, {"answer": "Đúng"}).status_code == 422
    answered = client.post(answer, {"is_upheld": "yes", "answer": "Đúng là thiếu"}, follow=True)
    assert "chấm lại tiêu chí đó ở lớp hội nghị" in text(answered)
    assert "Đúng là thiếu" in text(answered)
    assert client.get(answer).status_code == 302
    sheet = an_appraisal(world, 2, world.heads[0], "meeting")
    give(sheet, "I.1", 40, by=world.heads[0], reason="Tiếp thu kiến nghị")
    send_sheet(sheet, by=world.heads[0])

    told = text(client.get(adopt))
    assert "Điểm đã thay đổi sau khi lập kết quả sơ bộ. Hãy lập lại kết quả." in told
    assert client.post(adopt, typed).status_code == 422
    client.post(page("draw_up", world.cycle.pk))
    newest = Result.objects.latest("number")
    assert client.post(page("adopt", newest.pk), typed).status_code == 302
    assert client.get(adopt).status_code == 302


def test_a_member_objects_to_one_criterion_and_reads_who_answers(client, world):
    result = a_result(world)
    about = criterion(result.table, "I.2")
    sign_in(client, world.heads[2])
    address = page("object", result.pk)
    standing = result.standings.get(enrolment=world.enrolments[2])
    assert f"{address}?tieu-chi={about.pk}" in text(client.get(page("standing", standing.pk)))
    begun = client.get(address, {"tieu-chi": about.pk})
    assert f'<option value="{about.pk}" selected>' in text(begun)
    assert f"{world.members[0].name} trả lời từng kiến nghị" in text(begun)

    typed = {"criterion": about.pk, "text": "Có minh chứng thứ ba"}
    sent = client.post(address, typed, follow=True)

    assert f"Đã gửi kiến nghị và báo {world.members[0].name}." in text(sent)
    assert Objection.objects.get().criterion == about
    twice = client.post(address, typed)
    assert twice.context["form"].errors == {"text": ["Kiến nghị này đã được gửi rồi."]}
    assert "Có minh chứng thứ ba" in text(twice)
    group = criterion(result.table, "I").pk
    for wrong in ({"criterion": group, "text": "A"}, {"criterion": "x", "text": "A"}, {"text": ""}):
        assert client.post(address, wrong).status_code == 422
    assert client.get(address, {"tieu-chi": "９９"}).status_code == 200


def test_an_officer_and_a_stranger_object_to_nothing(client, world):
    result = a_result(world)
    for acting, status in (
        (make.officer(world.members[2]), 403),
        (world.board, 403),
        (make.a_visitor_with_account(), 404),
    ):
        sign_in(client, acting)
        assert client.post(page("object", result.pk), {"text": "A"}).status_code == status
    assert not Objection.objects.exists()


def test_the_leaders_objection_is_the_deputys_to_answer(client, world):
    """Nobody judges their own case."""
    result = a_result(world)
    objection = object_to_result(result, by=world.heads[0], text="Thiếu")
    address = page("answer", objection.pk)
    for acting, status in ((world.heads[0], 403), (world.heads[2], 403), (world.heads[1], 200)):
        sign_in(client, acting)
        assert client.get(address).status_code == status


def test_a_tie_is_settled_by_votes_from_the_minutes(client):
    """“all tied”."""
    world = make.a_bloc(3)
    a_table(world, ties=["vote"])
    for member in range(3):
        a_self_score(world, member, I_1=30)
    result = a_result(world)
    sign_in(client, world.heads[0])
    settle = page("settle", result.pk, 1)
    assert settle in text(client.get(page("of_cycle", world.cycle.pk)))
    names = [f"votes_{enrolment.pk}" for enrolment in world.enrolments]

    wrong = client.post(settle, {names[0]: "1,5", names[1]: "-1", names[2]: "2", "basis": "06"})
    assert "Số phiếu phải là số nguyên." in text(wrong)
    assert 'value="1,5"' in text(wrong)
    negative = client.post(settle, {names[0]: "1", names[1]: "-1", names[2]: "2", "basis": "06"})
    assert "Số phiếu không hợp lệ." in text(negative)
    assert not TieVote.objects.exists()
    noted = client.post(
        settle, dict(zip([*names, "basis"], ("1", "3", "2", "06/BB"), strict=True)), follow=True
    )

    assert "Tiếp theo: lập lại kết quả" in text(noted)
    client.post(page("draw_up", world.cycle.pk))
    newest = Result.objects.latest("number")
    order = [standing.unit_name for standing in newest.standings.all()]
    assert order == [world.members[n].name for n in (1, 2, 0)]
    assert client.get(page("settle", newest.pk, 1)).status_code == 404


def test_what_is_no_longer_to_be_done_leads_back_to_the_result(client, world):
    adopted = an_adopted_result(world)
    sign_in(client, world.heads[0])
    for name in ("adopt", "object"):
        answer = client.get(page(name, adopted.pk))
        assert answer.status_code == 302
        assert answer.url == page("show", adopted.pk)
    client.post(page("publish", adopted.pk), {"audience": "members"})
    assert client.get(page("publish", adopted.pk)).url == page("show", adopted.pk)
