"""Sending and answering on the pages: target by target, until both sides agree."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.kept import kept
from thidua.targets.actions.drafting import TargetFacts, write_target
from thidua.targets.actions.negotiation import answer_target, finish_answers, send_set
from thidua.targets.models import Answer, TargetSet

pytestmark = pytest.mark.django_db
State = TargetSet.State
AGREE = {"says": "agree", "revision": "1", "answers": "0"}
PROPOSE = {
    "says": "propose",
    "number": "1.500",
    "reason": "Năm trước đã 1.400",
    "revision": "1",
    "answers": "0",
}


@pytest.fixture
def world():
    return make.a_bloc(3, year=2026)


@pytest.fixture
@kept
def draft(world):
    target_set = make.a_target_set(world)
    write_target(target_set, TargetFacts(name="Mô hình", number=2), by=world.heads[2])
    return TargetSet.objects.get(pk=target_set.pk)


@pytest.fixture
@kept
def sent(world, draft):
    send_set(draft, by=world.heads[2])
    return TargetSet.objects.get(pk=draft.pk)


def sign_in(client, acting):
    client.force_login(make.user_of(acting))


def url(name, thing):
    return reverse(f"targets:{name}", args=[thing.pk])


def text(response):
    return " ".join(response.content.decode().split())


def state(target_set):
    return TargetSet.objects.get(pk=target_set.pk).state


def test_the_officer_prepares_and_the_page_says_who_sends(client, world, draft):
    sign_in(client, make.officer(world.members[2]))

    page = text(client.get(url("show", draft)))

    name = world.heads[2].actor_name
    assert f"Lãnh đạo đơn vị hoặc người ký thay mới gửi được: {name}." in page
    assert 'aria-disabled="true"' in page
    assert client.post(url("send", draft)).status_code == 403
    assert state(draft) == State.DRAFT


def test_the_officer_sends_where_the_unit_lets_them(client, world, draft):
    member = world.members[2]
    member.officer_may_send = True
    member.save()
    sign_in(client, make.officer(member))

    response = client.post(url("send", draft), follow=True)

    assert f"Đã gửi, {world.members[0].name} đã được báo." in text(response)
    assert state(draft) == State.SENT


def test_the_button_is_off_while_nothing_can_be_sent(client, world):
    sign_in(client, world.heads[2])
    client.post(reverse("targets:begin", args=[world.enrolments[2].pk]))
    empty = TargetSet.objects.get()

    assert "Cần ít nhất một chỉ tiêu trước khi gửi." in text(client.get(url("show", empty)))
    response = client.post(
        url("send", empty),
        headers={"referer": f"http://localhost{url('show', empty)}"},
        follow=True,
    )
    assert "Cần ít nhất một chỉ tiêu trước khi gửi." in text(response)


def test_a_set_sent_twice_is_sent_once(client, world, draft):
    """A form sent twice."""
    sign_in(client, world.heads[2])

    client.post(url("send", draft))
    response = client.post(url("send", draft))

    assert response.status_code == 409
    assert "Bản đăng ký đã được gửi rồi." in text(response)
    assert draft.sendings.count() == 1


def test_nobody_sends_or_takes_back_for_another_organisation(client, world, draft):
    for acting, status in [(world.heads[0], 403), (make.a_visitor_with_account(), 404)]:
        sign_in(client, acting)
        assert client.post(url("send", draft)).status_code == status
        assert client.post(url("take_back", draft)).status_code == status


def test_what_was_sent_is_taken_back_until_it_is_answered(client, world, sent):
    sign_in(client, world.heads[2])
    assert "Rút lại bản đăng ký" in text(client.get(url("show", sent)))
    answer_target(sent.targets.first(), by=world.heads[0], agrees=True)
    assert "Rút lại bản đăng ký" not in text(client.get(url("show", sent)))

    response = client.post(url("take_back", sent))
    assert (response.status_code, state(sent)) == (409, State.SENT)


def test_taking_back_opens_it_for_writing(client, world, sent):
    sign_in(client, world.heads[2])

    response = client.post(url("take_back", sent), follow=True)

    assert "Đã rút lại bản đăng ký." in text(response)
    assert "Thêm chỉ tiêu" in text(response)


def test_the_whole_talk_from_answers_to_the_lock(client, world, sent):
    first, second = sent.targets.all()
    sign_in(client, world.heads[0])
    assert "Còn 2 chỉ tiêu chưa được trả lời." in text(client.get(url("show", sent)))
    client.post(url("answer", second), AGREE)
    page = text(client.post(url("answer", first), PROPOSE, follow=True))
    assert "Năm trước đã 1.400" in page
    assert '1.500 <span class="unit">hội viên</span>' in page
    assert "Trả lại đơn vị để xem lại" in page
    page = text(client.post(url("finish", sent), follow=True))
    assert f"Chờ {world.members[2].name} xem lại" in page

    sign_in(client, world.heads[2])
    page = text(client.get(url("show", sent)))
    assert "Hãy nhận con số được đề nghị hoặc sửa lại chỉ tiêu: Kết nạp hội viên." in page
    page = text(client.post(url("accept", first), follow=True))
    assert "Đã hiểu: ít nhất 1.500 hội viên." in page
    page = text(client.post(url("send", sent), follow=True))

    assert "bản đăng ký được khóa" in page
    assert TargetSet.objects.get(pk=sent.pk).digest in page


def test_when_all_is_agreed_the_reviewer_locks(client, world, sent):
    sign_in(client, world.heads[0])
    for target in sent.targets.all():
        client.post(url("answer", target), AGREE)
    assert "Thống nhất và khóa" in text(client.get(url("show", sent)))

    client.post(url("finish", sent))

    assert state(sent) == State.LOCKED
    assert client.post(url("finish", sent)).status_code == 409
    assert client.get(url("answer", sent.targets.first())).status_code == 302


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"reason": ""}, "reason", "Đề nghị sửa cần có lý do."),
        ({"reason": "a" * 501}, "reason", "Dài quá 500 chữ"),
        ({"number": "120"}, "number", "trùng với con số đang có"),
        ({"number": "-1"}, "number", "Số âm chỉ có nghĩa"),
        ({"number": "nhiều hơn"}, "number", "“nhiều hơn” chưa phải là một số."),
        ({"says": ""}, "says", ""),
        ({"revision": ""}, "revision", ""),
    ],
)
def test_a_bad_answer_gets_a_sentence_and_loses_nothing(
    client, world, sent, typed, field, sentence
):
    sign_in(client, world.heads[0])

    response = client.post(url("answer", sent.targets.first()), {**PROPOSE, **typed})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert sentence in text(response)
    for name in ("number", "reason"):
        assert response.context["form"][name].value() == {**PROPOSE, **typed}[name]
    assert not Answer.objects.exists()


def test_who_answers_what_has_changed_sees_the_change_and_answers_again(client, world, sent):
    """Answering a revision that has changed meanwhile."""
    target = sent.targets.first()
    client.force_login(make.user_of(world.heads[2]))
    client.post(url("take_back", sent))
    changed = TargetFacts(name=target.name, unit=target.unit, number=90)
    write_target(sent, changed, by=world.heads[2], target=target)
    send_set(sent, by=world.heads[2])
    sign_in(client, world.heads[0])

    response = client.post(url("answer", target), PROPOSE)

    page = text(response)
    assert response.status_code == 422
    assert "Người khác vừa thay đổi mục này." in page
    assert "ít nhất 90 hội viên" in page
    assert "Năm trước đã 1.400" in page
    assert 'name="revision" value="2"' in page
    assert client.post(url("answer", target), {**PROPOSE, "revision": "2"}).status_code == 302


def test_of_two_who_answer_at_once_the_second_sees_the_first(client, world, sent):
    target = sent.targets.first()
    answer_target(target, by=world.heads[0], agrees=True)
    sign_in(client, make.head(world.members[0], post="Phó Chủ tịch"))

    response = client.post(url("answer", target), PROPOSE)

    assert response.status_code == 422
    assert world.heads[0].actor_name in text(response)
    assert 'name="answers" value="1"' in text(response)
    assert Answer.objects.count() == 1


def test_an_answer_sent_twice_counts_once(client, world, sent):
    """A form sent twice."""
    sign_in(client, world.heads[0])

    client.post(url("answer", sent.targets.first()), AGREE)
    response = client.post(url("answer", sent.targets.first()), AGREE)

    assert "Chỉ tiêu này đã được trả lời như vậy rồi." in text(response)
    assert Answer.objects.count() == 1


def test_only_the_reviewer_answers(client, world, sent):
    target = sent.targets.first()
    officer = make.officer(world.members[0])
    people = [(world.heads[1], 403), (world.heads[2], 403), (world.board, 403), (officer, 403)]
    for acting, status in [*people, (make.a_visitor_with_account(), 404)]:
        sign_in(client, acting)
        assert client.get(url("answer", target)).status_code == status
        assert client.post(url("answer", target), AGREE).status_code == status
        assert client.post(url("finish", sent)).status_code == status
    sign_in(client, officer)
    assert "Lãnh đạo đơn vị bạn hoặc người ký thay mới trả lời được." in text(
        client.get(url("show", sent))
    )
    assert not Answer.objects.exists()


def test_only_the_member_accepts_and_only_what_was_proposed(client, world, sent):
    first, second = sent.targets.all()
    answer_target(first, by=world.heads[0], agrees=False, number=150, reason="Ít quá")
    answer_target(second, by=world.heads[0], agrees=True)
    finish_answers(sent, by=world.heads[0])
    for acting, status in [(world.heads[0], 403), (make.a_visitor_with_account(), 404)]:
        sign_in(client, acting)
        assert client.post(url("accept", first)).status_code == status

    sign_in(client, make.officer(world.members[2]))
    assert client.post(url("accept", second)).status_code == 409
    assert client.post(url("accept", first)).status_code == 302
    assert client.post(url("accept", first)).status_code == 409
