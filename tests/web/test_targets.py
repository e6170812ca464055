"""Pages of registrations: who sees them, what they show, what they cost."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories as make
from tests.many import more_like
from thidua.core import clock
from thidua.cycles.actions.members import hand_lead, leave_cycle
from thidua.cycles.actions.years import close_cycle, set_phase
from thidua.targets.actions.drafting import (
    TargetFacts,
    register_honour,
    set_common_target,
    write_target,
)
from thidua.targets.actions.negotiation import send_set
from thidua.targets.models import CommonTarget, TargetSet

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(3, year=2026)


def sign_in(client, acting):
    client.force_login(make.user_of(acting))


def of_cycle(world):
    return reverse("targets:of_cycle", args=[world.cycle.pk])


def show(target_set):
    return reverse("targets:show", args=[target_set.pk])


def text(response):
    return " ".join(response.content.decode().split())


def test_registrations_are_for_the_people_of_the_year(client, world):
    target_set = make.a_target_set(world)
    assert client.get(of_cycle(world)).status_code == 302
    assert client.get(show(target_set)).status_code == 302

    sign_in(client, make.a_visitor_with_account())
    assert client.get(of_cycle(world)).status_code == 403
    assert client.get(show(target_set)).status_code == 404
    for acting in (*world.heads, world.board, make.officer(world.members[1])):
        sign_in(client, acting)
        assert client.get(of_cycle(world)).status_code == 200
        assert client.get(show(target_set)).status_code == 200


def test_the_overview_shows_each_member_and_what_its_own_next_step_is(client, world):
    make.a_locked_set(world, 2)
    make.a_target_set(world, 1)
    sign_in(client, world.heads[0])

    response = client.get(of_cycle(world))

    page = text(response)
    assert [row.is_locked for row in response.context["rows"]] == [False, False, True]
    assert '<strong class="num">1/3</strong> đơn vị đã thống nhất' in page
    assert "Bắt đầu đăng ký" in page
    begun = client.post(reverse("targets:begin", args=[world.enrolments[0].pk]), follow=True)
    assert "Đã mở bản đăng ký" in text(begun)
    assert "Mở bản đăng ký" in text(client.get(of_cycle(world)))


def test_a_registration_is_begun_only_for_ones_own(client, world):
    sign_in(client, world.heads[0])

    begin = reverse("targets:begin", args=[world.enrolments[1].pk])
    assert client.post(begin).status_code == 403
    hidden = make.a_bloc(1, year=2026, is_open=False)
    begin = reverse("targets:begin", args=[hidden.enrolments[0].pk])
    assert client.post(begin).status_code == 404
    assert not TargetSet.objects.exists()


def test_a_registration_shows_everything_that_is_told(client, world):
    target_set = make.a_target_set(world, number=1234, baseline=1100, due_on=date(2026, 11, 30))
    register_honour(
        target_set, by=world.heads[2], honour="ttldxs", subject="collective", subject_name="Ban A"
    )
    sign_in(client, world.heads[0])

    page = text(client.get(show(target_set)))

    for told in (
        "ít nhất 1.234 hội viên",
        '1.100 <span class="unit">hội viên</span>',
        "30/11/2026",
        "Tập thể lao động xuất sắc",
        "Ban A (tập thể nhỏ)",
        "Điều 27 Luật Thi đua, khen thưởng",
        "số 06/2022/QH15",
        f"{world.members[2].name} đang soạn",
        f"{world.members[0].name} (khối trưởng) trả lời từng chỉ tiêu.",
    ):
        assert told in page
    assert "chưa xác minh" not in page


def test_the_law_is_that_of_the_years_last_day(client):
    world = make.a_bloc(3, year=2023)
    target_set = make.a_target_set(world)
    register_honour(target_set, by=world.heads[2], honour="co_tinh", subject="unit")
    sign_in(client, world.heads[2])

    for address in (show(target_set), reverse("targets:register", args=[target_set.pk])):
        page = text(client.get(address))
        assert "15/2003/QH11" in page
        assert "06/2022/QH15" not in page
        assert "chưa xác minh" in page


@pytest.mark.parametrize(
    ("deputies", "reviewer", "said"),
    [
        ([1], None, "(khối phó) trả lời từng chỉ tiêu."),
        ([], 2, "(được hội nghị cử) trả lời từng chỉ tiêu."),
        ([], None, "(cơ quan quản lý) trả lời."),
    ],
)
def test_the_leaders_page_says_who_answers_and_why(client, world, deputies, reviewer, said):
    hand_lead(
        world.cycle,
        by=world.board,
        leaders=[world.enrolments[0]],
        deputies=[world.enrolments[n] for n in deputies],
        reviewer=world.enrolments[reviewer] if reviewer else None,
    )
    target_set = make.a_target_set(world, 0)
    sign_in(client, world.heads[0])

    page = text(client.get(show(target_set)))

    assert "không ai tự xét phần của mình" in page
    assert said in page


def test_without_a_leader_the_managing_body_answers(client):
    """A bloc with one member, with no deputy, with 200."""
    world = make.a_bloc(1, year=2026, leader=False)
    target_set = make.a_target_set(world, 0)
    send_set(target_set, by=world.heads[0])
    sign_in(client, world.board)

    page = text(client.get(show(target_set)))

    assert f"{world.body.name} (cơ quan quản lý) trả lời." in page
    assert "Đồng ý" in page


def test_the_page_says_until_when_and_marks_what_came_late(client, world):
    set_phase(
        world.cycle,
        by=world.board,
        kind="registration",
        opens_on=date(2026, 2, 1),
        due_on=date(2026, 3, 1),
        closes_on=date(2026, 3, 31),
    )
    target_set = make.a_target_set(world)
    for day, said in [
        (date(2026, 1, 1), "Nhận đăng ký từ ngày 1/2/2026."),
        (date(2026, 3, 1), "Hạn gửi: trước 24 giờ ngày 1/3/2026."),
        (date(2026, 3, 2), "Đã quá hạn 1/3/2026"),
        (date(2026, 4, 1), "Giai đoạn đăng ký đã đóng."),
    ]:
        with clock.at(day):
            sign_in(client, world.heads[2])
            page = text(client.get(show(target_set)))
        assert said in page
        assert ('class="button button--big"' in page) is (day.month == 3)

    with clock.at(date(2026, 3, 2)):
        sign_in(client, world.heads[2])
        client.post(reverse("targets:send", args=[target_set.pk]))
        page = text(client.get(show(target_set)))
    assert '<span class="tag tag--late">gửi muộn</span>' in page


def test_a_locked_registration_shows_its_digest_and_nothing_to_press(client, world):
    target_set = make.a_locked_set(world)

    for acting in world.heads:
        sign_in(client, acting)
        page = text(client.get(show(target_set)))
        assert TargetSet.objects.get(pk=target_set.pk).digest in page
        assert "button--big" not in page
        assert "Thêm chỉ tiêu" not in page


@pytest.mark.parametrize("ends", ["left", "closed"])
def test_when_duties_have_ended_there_is_nothing_to_press(client, world, ends):
    target_set = make.a_target_set(world)
    if ends == "left":
        leave_cycle(world.enrolments[2], by=world.board, on=date(2026, 5, 1), reason="Sáp nhập")
    else:
        close_cycle(world.cycle, by=world.board)
    sign_in(client, world.heads[2])

    page = text(client.get(show(target_set)))

    assert "Bản đăng ký không thay đổi nữa." in page
    assert "Thêm chỉ tiêu" not in page
    assert "Gửi bản đăng ký" not in page
    new = reverse("targets:new", args=[target_set.pk])
    assert client.get(new).status_code == 302
    assert client.post(new, {"name": "A", "direction": "more", "number": "1"}).status_code == 422


def test_common_targets_show_the_members_parts_and_what_they_come_to(client, world):
    sign_in(client, world.heads[0])
    new = reverse("targets:new_common", args=[world.cycle.pk])
    typed = {"name": "Nhà đại đoàn kết", "direction": "more", "number": "1.000", "unit": "căn"}

    assert "Đã hiểu: ít nhất 1.000 căn." in text(client.post(new, typed, follow=True))
    assert client.post(new, typed).status_code == 422
    common = CommonTarget.objects.get()
    for member, number in [(1, 600), (2, 500)]:
        make.a_target_set(world, member, number=number, unit="căn", common=common)
    page = text(client.get(of_cycle(world)))
    assert '1.100 <span class="unit">căn</span>' in page
    assert "đã đăng ký đủ" in page

    sign_in(client, world.heads[2])
    assert client.get(new).status_code == 403
    assert client.post(new, typed).status_code == 403


@pytest.mark.parametrize("count", [1, 3, 9])
def test_both_pages_cost_the_same_for_one_three_and_nine(
    client, django_assert_max_num_queries, count
):
    world = make.a_bloc(3, year=2026)
    common = set_common_target(
        world.cycle,
        TargetFacts(name="Chung", unit="hội viên", number=9),
        by=world.heads[0],
    )
    for member in range(min(count, 3)):
        target_set = make.a_target_set(world, member, common=common)
    acting = world.heads[target_set.enrolment.place - 1]
    for number in range(count):
        write_target(target_set, TargetFacts(name=f"Chỉ tiêu {number}", number=1), by=acting)
    send_set(target_set, by=acting)
    more_like(world, 2, max(count - 3, 0))
    sign_in(client, world.heads[0])
    client.get(of_cycle(world))

    with django_assert_max_num_queries(16):
        client.get(of_cycle(world))
    with django_assert_max_num_queries(15):
        response = client.get(show(target_set))

    assert len(response.context["targets"]) == count + 1


def test_the_pages_are_there_in_english(client, world):
    make.a_locked_set(world, 1)
    target_set = make.a_target_set(world, 0)
    sign_in(client, world.heads[0])
    client.cookies["django_language"] = "en"

    for address in (
        of_cycle(world),
        show(target_set),
        reverse("targets:new", args=[target_set.pk]),
        reverse("targets:edit", args=[target_set.targets.get().pk]),
        reverse("targets:register", args=[target_set.pk]),
        reverse("targets:new_common", args=[world.cycle.pk]),
    ):
        assert client.get(address).status_code == 200
