"""What may happen in a signing round: refused and answered, stood in, over, amended, by a link."""

from datetime import timedelta

import pytest

from tests import factories as make
from tests.browser.people import Person
from tests.browser.walking import judge
from tests.conftest import PHONE
from tests.covenants.links import a_code, a_contact, a_link
from thidua.core import clock
from thidua.covenants.codes import code_of
from thidua.covenants.models import Covenant, SigningLink

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def sits(open_page):
    """Return a function that lets somebody sit down before a browser of their own."""

    def sits(acting: make.Acting | None = None, **how) -> Person:
        person = Person(open_page(**how))
        if acting is not None:
            person.sits_down(acting)
        return person

    return sits


def page_of(covenant: Covenant, part: str = "") -> str:
    """Return the address of the covenant, or of a page of it."""
    return f"/giao-uoc/{covenant.pk}/{part}"


def in_days(days: int) -> str:
    """Return a day as the browser's own field takes it."""
    return (clock.today() + days * DAY).isoformat()


def test_a_head_declines_the_leader_answers_and_the_head_signs(world, sits):
    covenant = make.a_frozen_covenant(world)
    head, leader = sits(world.heads[1], size=PHONE), sits(world.heads[0])

    head.goes(page_of(covenant))
    head.follows("Từ chối ký, ghi lý do")
    head.fills("Lý do chưa ký", "Chỉ tiêu trồng cây quá cao")
    head.presses("Gửi lý do chưa ký")
    leader.goes(page_of(covenant, "vong-ky/"))
    leader.sees("từ chối ký", "Chỉ tiêu trồng cây quá cao")
    assert judge(leader.page) == []
    leader.follows("Trả lời")
    assert judge(leader.page) == []
    leader.fills("Trả lời", "Đã thống nhất hạ xuống 500 cây ở phụ lục.")
    leader.presses("Gửi trả lời")
    head.goes(page_of(covenant, "vong-ky/"))
    head.sees("Đã thống nhất hạ xuống 500 cây ở phụ lục.")
    head.goes(page_of(covenant, "chu-ky/"))
    head.fills("Mật khẩu của bạn", make.PASSWORD)
    head.presses("Ký giao ước")

    head.sees(f"Đã ký cho {world.members[1].name}")
    assert head.faults + leader.faults == []


def test_a_head_names_who_signs_instead_and_they_sign(world, sits):
    covenant = make.a_frozen_covenant(world)
    officer = make.officer(world.members[1])
    head, deputy = sits(world.heads[1], size=PHONE), sits(officer, size=PHONE)

    head.goes(page_of(covenant, "chu-ky/"))
    head.follows("Giao người khác ký thay")
    assert judge(head.page) == []
    head.page.get_by_label(make.user_of(officer).name).check()
    head.page.get_by_label("Chức vụ của người ký thay").fill("Phó Chủ tịch")
    head.presses("Giao ký thay")
    head.sees(f"Đã giao {make.user_of(officer).name} ký thay")
    deputy.goes(page_of(covenant, "chu-ky/"))
    deputy.sees("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    deputy.fills("Mật khẩu của bạn", make.PASSWORD)
    deputy.presses("Ký giao ước")

    deputy.goes(page_of(covenant))
    deputy.sees("đã ký", "KT. CHỦ TỊCH")
    assert head.faults + deputy.faults == []


def test_a_round_in_order_is_over_is_extended_and_goes_on_with_a_turn_passed(world, sits):
    with clock.at(clock.now() - DAY):
        covenant = make.a_round_in_order(world, [1, 2, 0])
    head, leader = sits(world.heads[2], size=PHONE), sits(world.heads[0])

    head.goes(page_of(covenant))
    head.sees("Vòng ký đã hết hạn ngày")
    leader.goes(page_of(covenant, "vong-ky/"))
    leader.sees("chưa ký, đã hết hạn")
    leader.follows("Gia hạn ký")
    assert judge(leader.page) == []
    leader.page.get_by_label("Hạn mới, ký trước hết ngày").fill(in_days(3))
    leader.fills("Lý do gia hạn", "Hai đơn vị bận họp")
    leader.presses("Gia hạn và báo các đơn vị")
    leader.sees("Đã gia hạn ký", "đang đến lượt")
    assert judge(leader.page) == []
    head.goes(page_of(covenant))
    head.sees(f"đang đến lượt {world.members[1].name}")
    leader.follows("Chuyển lượt")
    assert judge(leader.page) == []
    leader.fills("Lý do chuyển lượt", "Chủ tịch đi công tác")
    leader.presses("Chuyển lượt")
    head.goes(page_of(covenant, "chu-ky/"))
    head.fills("Mật khẩu của bạn", make.PASSWORD)
    head.presses("Ký giao ước")

    head.sees(f"Đã ký cho {world.members[2].name}")
    assert head.faults + leader.faults == []


def test_an_addendum_is_written_signed_by_all_and_read_by_everyone(world, sits):
    covenant = make.in_force(world)
    leader, visitor = sits(world.heads[0]), sits(size=PHONE)

    leader.goes(page_of(covenant))
    leader.follows("Lập phụ lục")
    assert judge(leader.page) == []
    leader.fills("Lý do", "Thêm chỉ tiêu chuyển đổi số")
    leader.presses("Lập phụ lục")
    leader.follows("Thêm điều khoản")
    leader.fills("Tiêu đề", "Chuyển đổi số")
    leader.fills("Lời văn", "Mỗi đơn vị có một mô hình.")
    leader.presses("Lưu điều khoản")
    addendum = Covenant.objects.get(kind="addendum")
    leader.goes(page_of(addendum, "chot/"))
    leader.sees("PHỤ LỤC SỐ 1", f"sửa đổi, bổ sung {covenant.title}")
    assert judge(leader.page) == []
    leader.presses("Chốt và mở ký")
    for head in world.heads:
        make.sign(addendum, head)
    visitor.goes(page_of(covenant))
    visitor.sees("Bản này có 1 phụ lục đang có hiệu lực.")
    visitor.page.get_by_role("link", name="Phụ lục số 1").first.click()

    visitor.sees("Mỗi đơn vị có một mô hình.", "Đây là phụ lục của")
    assert leader.faults + visitor.faults == []


def test_a_head_without_an_account_signs_by_a_link_on_a_phone(world, sits):
    covenant = make.a_frozen_covenant(world)
    a_contact(world, 1)
    leader, head = sits(world.heads[0]), sits(size=PHONE, javascript=False)
    enrolment = world.enrolments[1].pk

    leader.goes(page_of(covenant, f"duong-dan/{enrolment}/"))
    assert judge(leader.page) == []
    leader.presses("Tạo đường dẫn")
    address = leader.page.locator("[data-copy-text]").inner_text()
    assert judge(leader.page) == []
    head.goes("/ky/" + address.partition("/ky/")[2])
    head.sees("Kính mời Ông/Bà Nguyễn Thị Ví Dụ ký", "TM. BAN THƯỜNG VỤ")
    head.presses("Gửi mã cho tôi")
    head.sees("Đã gửi mã tới c•••@hoi.example")
    head.fills("Mã sáu số trong thư", code_of(SigningLink.objects.get()))
    head.presses("Ký giao ước")
    head.sees(f"Đã ký cho {world.members[1].name}")
    head.goes("/ky/" + address.partition("/ky/")[2])

    head.sees("Đường dẫn này đã dùng rồi")
    assert leader.faults + head.faults == []


def test_the_pages_behind_a_link_are_accessible(world, sits):
    covenant = make.a_frozen_covenant(world)
    link, token = a_link(world, covenant)
    anyone = sits()
    faults = []
    anyone.goes(f"/ky/{token}/")
    faults += judge(anyone.page)
    a_code(link)
    for part in ("", "khac/"):
        anyone.goes(f"/ky/{token}/{part}")
        faults += judge(anyone.page)
    anyone.goes("/ky/khong-co/")
    faults += judge(anyone.page)

    assert faults == []
