"""The daily desk: "Việc của tôi", the inbox, and the page of who has nothing to act for."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests import factories as make
from tests.many import more_like
from tests.web.counting import cost_of
from thidua.accounts.acting import NOBODY, acting_of
from thidua.accounts.actions import Terms, appoint, end_appointment
from thidua.core import clock
from thidua.cycles.actions.members import hand_lead, join_cycle
from thidua.cycles.actions.years import CycleFacts, found_cycle, open_cycle, set_phase
from thidua.notifications.actions import notify
from thidua.notifications.models import Notice
from thidua.notifications.queries import notices_for
from thidua.targets.actions.negotiation import send_set

pytestmark = pytest.mark.django_db
INDEX, NOTICES = "/viec/", "/viec/thong-bao/"


@pytest.mark.parametrize(
    ("method", "address"), [("get", INDEX), ("get", NOTICES), ("post", NOTICES)]
)
def test_a_visitor_is_asked_to_sign_in(client, method, address):
    answer = getattr(client, method)(address)

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_the_page_shows_each_task_with_its_day_and_one_button(client):
    world = make.a_bloc()
    today = clock.today()
    days = {"opens_on": today - timedelta(9), "due_on": today - timedelta(2)}
    set_phase(world.cycle, by=world.board, kind="registration", **days)
    client.force_login(make.user_of(world.heads[2]))

    page = client.get(INDEX)

    assert page.text.count('<li class="task is-late">') == 1
    assert "trễ 2 ngày" in page.text
    begin = reverse("targets:begin", args=[world.enrolments[2].pk])
    assert f'method="post" action="{begin}"' in page.text
    assert '<button class="button">Bắt đầu đăng ký</button>' in page.text
    assert "đã qua hạn" in page.text


def test_a_stranger_to_every_year_is_told_so(client):
    make.a_bloc()
    client.force_login(make.user_of(make.a_visitor_with_account()))

    page = client.get(INDEX)

    assert page.context["page"].object_list == []
    assert "Đơn vị chưa có trong năm thi đua nào đang chạy" in page.text


def test_when_nothing_is_due_the_page_says_what_comes_next_and_when(client):
    world = make.a_bloc()
    make.a_locked_set(world)
    opens_on = clock.today() + timedelta(12)
    set_phase(world.cycle, by=world.board, kind="covenant", opens_on=opens_on)
    client.force_login(make.user_of(world.heads[2]))

    page = client.get(INDEX)

    assert "Lúc này không có việc gì chờ bạn" in page.text
    assert page.context["coming"][0].day == opens_on
    assert f"mở giai đoạn giao ước, {world.cycle}." in page.text


def test_what_lies_with_others_is_shown_apart(client):
    world = make.a_bloc()
    send_set(make.a_target_set(world), by=world.heads[2])
    client.force_login(make.user_of(world.heads[2]))

    page = client.get(INDEX)

    assert [w.sentence for w in page.context["waiting"]] == [
        "Bản đăng ký đã gửi, đang chờ trả lời."
    ]
    assert page.context["page"].object_list == []


def test_a_year_in_preparation_asks_nothing_of_its_members(client):
    world = make.a_bloc(is_open=False)
    client.force_login(make.user_of(world.heads[2]))

    assert client.get(INDEX).context["page"].object_list == []


def test_a_person_of_two_organisations_is_told_of_work_in_the_other(client):
    world = make.a_bloc()
    person = make.head(make.an_organization("A, không có việc"))
    user = make.user_of(person)
    terms = Terms(since=date(2000, 1, 1), post="Chủ tịch")
    appoint(user, world.members[2], by=NOBODY, role="head", terms=terms)
    assert acting_of(user).organization == person.organization
    client.force_login(user)

    page = client.get(INDEX)

    assert page.context["page"].object_list == []
    assert page.context["elsewhere"] == [(world.members[2], 1)]
    assert f"{world.members[2].name} cũng có 1 việc đang chờ bạn" in page.text


def test_a_person_without_a_right_is_told_whom_to_ask(client):
    union = make.an_organization("Hội đã nghỉ")
    make.head(union, name="Người Lãnh Đạo Mẫu")
    past = make.officer(union)
    end_appointment(past.appointments[0], by=NOBODY, on=date(2020, 1, 31), reason="Nghỉ việc")
    client.force_login(make.user_of(past))

    page = client.get(INDEX)

    assert "Bạn chưa làm việc cho đơn vị nào" in page.text
    assert "đến hết 31/1/2020" in page.text
    assert "Người Lãnh Đạo Mẫu" in page.text


def more_years(world: make.World, count: int) -> None:
    """Let the bloc go on with so many years more, led as the first one is."""
    for number in range(1, count + 1):
        year = found_cycle(
            world.bloc, by=world.board, year=world.cycle.year + number, facts=CycleFacts()
        )
        enrolled = [join_cycle(year, o, by=world.board) for o in world.members]
        hand_lead(year, by=world.board, leaders=enrolled[:1], deputies=enrolled[1:2])
        open_cycle(year, by=world.board)
        set_phase(year, by=world.board, kind="covenant", opens_on=clock.today())


def a_desk() -> make.World:
    """Make a leader's desk: sets to answer, a covenant to sign."""
    world = make.a_bloc(3)
    for member in (1, 2):
        send_set(make.a_target_set(world, member), by=world.heads[member])
    make.a_frozen_covenant(world)
    set_phase(world.cycle, by=world.board, kind="registration", opens_on=clock.today())
    return world


def test_the_desk_costs_the_same_for_more_members_and_more_years(client):
    world = a_desk()
    client.force_login(make.user_of(world.heads[0]))
    costs = [cost_of(client, INDEX)]
    more_like(world, 2, 2)
    costs.append(cost_of(client, INDEX))
    more_years(world, 2)
    costs.append(cost_of(client, INDEX))

    assert len(client.get(INDEX).context["years"]) == 3
    assert len(set(costs)) == 1
    assert costs[0] <= 17


def test_the_inbox_shows_ones_own_and_marks_them_read(client):
    world = make.a_bloc()
    Notice.objects.all().delete()
    notify([world.members[2].pk], "Mời xem năm mới.", about=world.cycle)
    notify([world.members[1].pk], "Không phải của tôi.", about=world.cycle)
    client.force_login(make.user_of(world.heads[2]))

    page = client.get(NOTICES)
    there = reverse("inbox:follow", args=[notices_for(make.user_of(world.heads[2])).get().pk])
    assert f'<a href="{there}">Mời xem năm mới.</a>' in page.text
    assert "Không phải của tôi" not in page.text
    assert "chưa đọc</span>" in page.text

    answer = client.post(NOTICES, follow=True)
    assert answer.redirect_chain == [(NOTICES, 302)]
    assert "Đã ghi 1 thông báo là đã đọc." in answer.text
    assert "Ghi tất cả là đã đọc" not in answer.text
    assert Notice.objects.filter(read_at=None).count() == 1


def test_an_empty_inbox_says_what_will_stand_there(client):
    client.force_login(make.user_of(make.a_visitor_with_account()))
    assert "Chưa có thông báo nào" in client.get(NOTICES).text


def test_the_inbox_costs_the_same_for_one_and_for_three(client):
    person = make.a_visitor_with_account()
    client.force_login(make.user_of(person))
    notify([person.organization_id], "Tin đầu", about=person.organization)
    for_one = cost_of(client, NOTICES)
    for number in range(2):
        notify([person.organization_id], f"Tin {number}", about=person.organization)

    assert cost_of(client, NOTICES) == for_one <= 8


def test_the_desk_is_there_in_english_too(client):
    world = a_desk()
    client.cookies["django_language"] = "en"
    for person in (world.heads[0], world.heads[2], world.board):
        client.force_login(make.user_of(person))
        for address in (INDEX, NOTICES):
            page = client.get(address)
            assert page.status_code == 200
            assert '<html lang="en">' in page.text
