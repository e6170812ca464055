"""The calendar: of a year, of a person, and at its private address."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from tests import factories as make
from tests.kept import kept
from tests.reporting import factories as some
from tests.web.counting import cost_of
from thidua.accounts.acting import NOBODY
from thidua.accounts.actions import end_appointment
from thidua.accounts.models import User
from thidua.core import clock
from thidua.cycles.actions.years import set_phase
from thidua.notifications.models import CalendarAddress, ReminderPlan

pytestmark = pytest.mark.django_db
MINE = "/lich/"


@pytest.fixture
@kept
def world():
    world = make.a_bloc(3, year=2026)
    days = {"opens_on": date(2026, 3, 1), "due_on": date(2026, 3, 20)}
    set_phase(world.cycle, by=world.board, kind="registration", **days)
    return world


def of(world, name: str = "of_cycle") -> str:
    return reverse(f"calendar:{name}", args=[world.cycle.pk])


def feed_of(client, acting) -> str:
    """Return the path of the person's private address, asked for on their page."""
    client.force_login(make.user_of(acting))
    page = client.post(reverse("calendar:renew"), follow=True)
    return "/lich/" + page.context["feed_url"].partition("/lich/")[2]


def entries(answer) -> dict[str, object]:
    """Return the entries of a calendar by their UIDs."""
    calendar = Calendar.from_ical(answer.content)
    return {str(entry["UID"]): entry for entry in calendar.walk("VEVENT")}


def test_the_years_calendar_shows_each_day_and_where_it_is_from(client, world):
    some.a_period(world, "sơ kết", opens_on=date(2026, 6, 15), due_on=date(2026, 7, 15))
    make.a_frozen_covenant(world, sign_by=date(2026, 12, 24))
    client.force_login(make.user_of(world.heads[2]))

    page = client.get(of(world))

    for told in ("Mở giai đoạn đăng ký", "Hạn giai đoạn đăng ký", "Hạn báo cáo sơ kết"):
        assert told in page.text
    assert "Hạn ký Giao ước thi đua năm 2026" in page.text
    assert "Tháng 3 năm 2026" in page.text
    assert "7 ngày trước hạn, 3 ngày trước hạn, 1 ngày trước hạn và đúng ngày hạn" in page.text
    assert of(world, "reminders") not in page.text


def test_the_leader_sets_the_days_of_reminders_and_a_member_does_not(client, world):
    client.force_login(make.user_of(world.heads[2]))
    assert client.post(of(world, "reminders"), {"days": ["5"]}).status_code == 403
    client.cookies.clear()
    client.force_login(make.user_of(world.heads[0]))
    assert of(world, "reminders") in client.get(of(world)).text

    assert client.post(of(world, "reminders"), {"days": ["5", "0"]}).url == of(world)
    assert ReminderPlan.objects.get().days == [5, 0]
    assert "5 ngày trước hạn và đúng ngày hạn" in client.get(of(world)).text
    assert client.post(of(world, "reminders"), {"days": ["400"]}).status_code == 422
    client.post(of(world, "reminders"), {})
    assert "không nhắc tự động" in client.get(of(world)).text


def test_the_calendar_of_a_year_is_for_who_works_in_it(client, world):
    client.force_login(make.user_of(make.a_visitor_with_account()))

    assert client.get(of(world)).status_code == 403


def test_the_private_address_needs_no_sign_in_and_has_all_day_entries(client, world):
    make.a_target_set(world, 2, name="Kết nạp hội viên", due_on=date(2026, 11, 30))
    path = feed_of(client, world.heads[2])
    client.cookies.clear()

    answer = client.get(path)

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    found = entries(answer)
    due = found[f"phase-{world.cycle.pk}-registration-due@127.0.0.1"]
    assert due["DTSTART"].dt == date(2026, 3, 20)
    assert due["DTEND"].dt == date(2026, 3, 21)
    assert str(due["SUMMARY"]) == "Hạn giai đoạn đăng ký"
    assert f"/nam/{world.cycle.pk}/" in str(due["URL"])
    assert any("Kết nạp hội viên" in str(e["SUMMARY"]) for e in found.values())
    assert "X-WR-TIMEZONE:Asia/Ho_Chi_Minh" in answer.text


def test_a_day_that_moves_keeps_its_uid(client, world):
    path = feed_of(client, world.heads[2])
    before = entries(client.get(path))
    days = {"opens_on": date(2026, 3, 1), "due_on": date(2026, 3, 27)}
    set_phase(world.cycle, by=world.board, kind="registration", **days)

    after = entries(client.get(path))

    assert before.keys() == after.keys()
    assert after[f"phase-{world.cycle.pk}-registration-due@127.0.0.1"]["DTSTART"].dt.day == 27


def test_a_renewed_address_a_wrong_one_and_one_that_was_given_up_open_nothing(client, world):
    old = feed_of(client, world.heads[2])
    new = feed_of(client, world.heads[2])
    name = CalendarAddress.objects.get().name

    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    assert client.get(f"/lich/{name}/{'0' * 32}.ics").status_code == 404
    client.post(reverse("calendar:end"))
    assert client.get(new).status_code == 404
    assert CalendarAddress.objects.count() == 0


def test_the_code_of_the_address_is_not_in_the_database(client, world):
    path = feed_of(client, world.heads[2])
    code = path.rpartition("/")[2].removesuffix(".ics")

    assert code not in str(CalendarAddress.objects.values_list())
    assert len(code) == 32


def test_it_shows_what_the_person_may_see_now_and_ends_with_the_account(client, world):
    path = feed_of(client, world.heads[2])
    assert entries(client.get(path))

    right = world.heads[2].appointments[0]
    end_appointment(right, by=NOBODY, on=clock.today() - timedelta(1), reason="Nghỉ hưu")
    assert entries(client.get(path)) == {}
    User.objects.update(is_active=False)
    assert client.get(path).status_code == 404


def test_ones_own_calendar_begins_today_and_names_the_years(client, world):
    client.force_login(make.user_of(world.heads[2]))
    with clock.at(date(2026, 3, 10)):
        page = client.get(MINE)
        whole = client.get(MINE, {"loc": "ca-nam"})

    assert "Hạn giai đoạn đăng ký" in page.text
    assert "Mở giai đoạn đăng ký" not in page.text
    assert "Xem cả 1 ngày đã qua" in page.text
    assert "Mở giai đoạn đăng ký" in whole.text
    assert str(world.cycle) in page.text


def test_the_calendar_costs_the_same_for_one_day_and_for_many(client, world):
    client.force_login(make.user_of(world.heads[2]))
    for_one = cost_of(client, of(world)), cost_of(client, MINE)
    for month in (5, 6, 7):
        some.a_period(world, opens_on=date(2026, month, 1), due_on=date(2026, month, 20))

    assert (cost_of(client, of(world)), cost_of(client, MINE)) == for_one
    assert max(for_one) <= 15
