"""Periods of a year on their pages: the usual two, one of them, who sets them."""

from datetime import date

import pytest

from tests import factories as make
from tests.reporting import factories as some
from tests.web.counting import cost_of
from tests.web.reports import at, sign_in, text
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.cycles.actions.years import close_cycle
from thidua.reporting.models import Period

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "other",
    "name": "quý III",
    "opens_on": "2026-09-15",
    "due_on": "30/09/2026",
    "closes_on": "",
    "source": "Điều 8 quy chế",
}


@pytest.fixture
def world():
    """A bloc of a leader, a deputy and a member on 20 June 2026."""
    with clock.at(date(2026, 6, 20)):
        yield make.a_bloc(3, year=2026)


def test_a_year_without_periods_teaches_what_to_do(client, world):
    sign_in(client, world.heads[2])
    page = text(client.get(at("of_cycle", world.cycle)))
    assert "Khi khối trưởng đặt kỳ báo cáo" in page

    sign_in(client, world.heads[0])
    page = text(client.get(at("of_cycle", world.cycle)))
    assert at("periods", world.cycle) in page
    page = text(client.get(at("periods", world.cycle)))
    assert "Đặt hai kỳ thường gặp" in page


def test_the_usual_two_are_set_with_one_press_and_said_back(client, world):
    sign_in(client, world.heads[0])

    page = text(client.post(at("set_usual", world.cycle), follow=True))

    assert "Đã đặt “Sơ kết 6 tháng” và “Tổng kết năm”" in page
    assert "Từ 15/6, hạn 15/7" in page
    assert "Hạn gửi: trước 24 giờ ngày 15/7/2026, còn 25 ngày." in page
    assert "Nguồn của các ngày: mốc thường gặp" in page
    again = text(client.post(at("set_usual", world.cycle), follow=True))
    assert "Năm này đã có kỳ sơ kết 6 tháng và kỳ tổng kết năm." in again
    assert Period.objects.count() == 2


def test_a_period_is_added_written_anew_and_taken_out(client, world):
    sign_in(client, world.board)

    page = text(client.post(at("new_period", world.cycle), FORM, follow=True))
    assert "Đã ghi kỳ “quý III”: từ 15/9, hạn 30/9." in page
    period = Period.objects.get()
    assert (period.opens_on, period.due_on) == (date(2026, 9, 15), date(2026, 9, 30))

    later = {**FORM, "due_on": "2026-10-05", "closes_on": "2026-10-20"}
    page = text(client.post(at("edit_period", period), later, follow=True))
    assert "từ 15/9, hạn 5/10, đóng sau 20/10" in page

    page = text(client.post(at("remove_period", period), follow=True))
    assert "Đã bỏ kỳ “quý III”." in page
    assert not Period.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"due_on": "2026-09-01"}, "due_on", "Hạn phải từ ngày mở trở đi."),
        ({"due_on": "31/02/2026"}, "due_on", "Chưa phải là một ngày có thật."),
        ({"name": ""}, "name", "Hãy điền mục này."),
        ({"opens_on": "2012-01-01"}, "opens_on", "Ngày phải trong khoảng từ năm 2025"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_stays(client, world, typed, field, said):
    sign_in(client, world.board)

    response = client.post(at("new_period", world.cycle), {**FORM, **typed})

    assert response.status_code == 422
    assert any(said in error for error in response.context["form"].errors[field])
    assert "Điều 8 quy chế" in text(response)
    assert not Period.objects.exists()


def test_a_period_with_reports_says_why_it_stays(client, world):
    period = some.a_period(world)
    some.a_sent_report(world, period=period)
    sign_in(client, world.board)

    page = text(client.post(at("remove_period", period), follow=True))

    assert "Đã có báo cáo gửi cho kỳ này nên không bỏ được." in page
    assert Period.objects.get() == period


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 5, 31), "Nhận từ ngày 1/6/2026, hạn trước 24 giờ ngày 1/7/2026."),
        (date(2026, 6, 30), "Hạn gửi: trước 24 giờ ngày 1/7/2026, còn 1 ngày."),
        (date(2026, 7, 1), "Hạn gửi: trước 24 giờ hôm nay, ngày 1/7/2026."),
        (date(2026, 7, 2), "gửi lúc này vẫn được nhận nhưng ghi là muộn."),
        (date(2026, 8, 1), "Kỳ đã đóng, không nhận thêm."),
    ],
)
def test_a_period_says_in_plain_words_how_it_stands(client, world, day, said):
    days = {"opens_on": date(2026, 6, 1), "due_on": date(2026, 7, 1)}
    some.a_period(world, **days, closes_on=date(2026, 7, 31))

    with clock.at(day):
        sign_in(client, world.heads[2])
        page = text(client.get(at("periods", world.cycle)))

    assert said in page
    assert "Sửa<" not in page


def test_members_read_the_periods_and_strangers_do_not(client, world):
    period, stranger = some.a_period(world), make.a_visitor_with_account()
    before = Entry.objects.count()
    sign_in(client, world.heads[2])
    assert client.get(at("periods", world.cycle)).status_code == 200
    for address in (at("new_period", world.cycle), at("edit_period", period)):
        assert client.get(address).status_code == 403
        assert client.post(address, FORM).status_code == 403
    assert client.post(at("remove_period", period)).status_code == 403

    sign_in(client, stranger)
    assert client.get(at("periods", world.cycle)).status_code == 403
    assert Entry.objects.count() == before


def test_in_a_closed_year_nothing_is_offered(client, world):
    some.a_period(world)
    close_cycle(world.cycle, by=world.board)
    sign_in(client, world.board)

    page = text(client.get(at("periods", world.cycle)))

    assert "Thêm kỳ" not in page
    assert client.post(at("new_period", world.cycle), FORM).status_code == 422


def test_the_list_costs_the_same_for_one_and_for_three(client, world):
    sign_in(client, world.board)
    some.a_period(world)
    one = cost_of(client, at("periods", world.cycle))
    for _n in range(2):
        some.a_period(world)

    assert cost_of(client, at("periods", world.cycle)) == one <= 15
