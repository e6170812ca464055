"""With JavaScript off the work is done just the same: register, send, sign, change organisation."""

import pytest

from tests import factories as make
from tests.browser.people import Person
from tests.conftest import PHONE
from thidua.accounts.actions import Terms, appoint
from thidua.accounts.models import Appointment
from thidua.core import clock

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = clock.today().year


@pytest.fixture
def person(open_page) -> Person:
    """Somebody on a phone whose browser runs no scripts."""
    return Person(open_page(size=PHONE, javascript=False))


def test_a_head_registers_a_target_and_sends_it(person):
    world = make.a_bloc(3)
    person.sits_down(world.heads[2])
    person.goes("/viec/")

    person.presses("Bắt đầu đăng ký")
    person.follows("Thêm chỉ tiêu")
    person.fills("Chỉ tiêu", "Trồng cây bóng mát")
    person.fills("Con số", "một nghìn")
    person.presses("Thêm chỉ tiêu")
    person.sees("Những gì đã nhập vẫn còn đây.")
    person.fills("Con số", "1.234")
    person.fills("Đơn vị tính", "cây")
    person.presses("Thêm chỉ tiêu")
    person.sees("Đã hiểu: ít nhất 1.234 cây.")
    person.presses("Gửi bản đăng ký")

    person.sees(f"Đã gửi, {world.members[0].name} đã được báo.")


def test_a_head_signs_the_covenant(person):
    world = make.a_bloc(3)
    make.a_frozen_covenant(world)
    person.sits_down(world.heads[2])
    person.goes("/viec/")

    person.follows("Đọc và ký")
    person.presses("Ký giao ước")
    person.sees("Chưa gửi được, còn chỗ cần sửa.")
    person.fills("Mật khẩu của bạn", make.PASSWORD)
    person.presses("Ký giao ước")

    person.sees(f"Đã ký cho {world.members[2].name}", "1/3 đơn vị đã ký")


def test_one_who_acts_for_two_organisations_changes_between_them(person):
    world = make.a_bloc(3)
    acting = world.heads[2]
    other = make.an_organization("Hội thử thứ hai")
    terms = Terms(since=clock.today(), post="Chủ tịch")
    appoint(make.user_of(acting), other, by=acting, role=Appointment.Role.HEAD, terms=terms)
    person.sits_down(acting)
    person.goes("/viec/")

    person.page.get_by_text("Đổi đơn vị").click()
    person.page.get_by_role("button", name="Hội thử thứ hai").click()

    person.sees("Từ bây giờ bạn làm việc cho Hội thử thứ hai.")
    assert "Hội thử thứ hai" in person.page.locator(".acting__for").inner_text()
