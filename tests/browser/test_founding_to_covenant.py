"""One journey, at a phone's and a desktop's width: a new bloc, from founding to a covenant in force.

Each person sits at a browser of their own and uses the pages alone.
"""

from dataclasses import dataclass, field

import pytest

from tests import factories as make
from tests.browser.people import Person
from tests.conftest import DESKTOP, PHONE
from thidua.core import clock

pytestmark = pytest.mark.django_db(transaction=True)
OWN_PASSWORD = "mat-khau-rieng-cua-toi"
BODY = "Ban Thi đua thử nghiệm"
GROWERS, FISHERS, WEAVERS = "Hội thử trồng rau", "Hội thử nuôi cá", "Hội thử dệt vải"
BLOC = "Khối thi đua các hội thử nghiệm"
MOVEMENT = "Vườn thử xanh bốn mùa"
YEAR = clock.today().year


@dataclass
class Story:
    """Who is who, and the one-time passwords that the board read from its pages."""

    board: Person
    passwords: dict[str, str] = field(default_factory=dict)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_new_bloc_goes_from_its_founding_to_a_covenant_in_force(open_page, size):
    boarder = make.board(make.an_organization(BODY, kind="board"))
    story = Story(Person(open_page(size=size)))
    story.board.signs_in(make.user_of(boarder).username, make.PASSWORD)

    found_the_bloc(story.board)
    enter_the_organizations(story)
    gather_the_year(story.board)
    everyone = {name: Person(open_page(size=size)) for name in story.passwords}
    for name, person in everyone.items():
        take_ones_place(person, name, story.passwords[name])
    leader, deputy = everyone["lanh-dao.rau"], everyone["lanh-dao.ca"]
    weaver, helper = everyone["lanh-dao.vai"], everyone["can-bo.vai"]
    adopt_a_movement(leader)
    officer_prepares_and_head_sends(helper, weaver)
    leader_proposes_and_member_accepts(leader, weaver)
    others_register(leader, deputy)
    draft_and_comment(leader, weaver)
    freeze(leader)
    for person, unit in ((leader, GROWERS), (deputy, FISHERS), (weaver, WEAVERS)):
        sign(person, unit)
    visitor = Person(open_page(size=size))
    anyone_reads_it(visitor)

    faults = [f for p in (story.board, visitor, *everyone.values()) for f in p.faults]
    assert faults == []


def found_the_bloc(board: Person) -> None:
    """Found the bloc and begin to prepare its first year."""
    board.sees("Lập khối, cụm thi đua đầu tiên")
    board.follows("Lập khối, cụm")
    board.fills("Gọi là", "khối")
    board.fills("Tên", "các hội thử nghiệm")
    board.fills("Cấp", "tỉnh, thành phố")
    board.fills("Số quyết định thành lập", "12/QĐ-TN")
    board.presses("Lập khối, cụm")
    board.sees(f"Đã lập {BLOC}", "Chưa có năm nào.")
    board.follows("Bắt đầu năm thi đua đầu tiên")
    board.fills("Năm", str(YEAR))
    board.fills("Chủ đề của khối, cụm", "Đoàn kết, sáng tạo")
    board.presses("Bắt đầu chuẩn bị năm")
    board.sees(f"Đã bắt đầu chuẩn bị năm {YEAR}", "đang chuẩn bị")


def enter_the_organizations(story: Story) -> None:
    """Found three organisations, with accounts for their heads and one officer."""
    for unit, tail in ((GROWERS, "rau"), (FISHERS, "ca"), (WEAVERS, "vai")):
        board = story.board
        board.follows("Danh sách đơn vị")
        board.follows("Nhập đơn vị")
        board.fills("Tên đầy đủ", unit)
        board.fills("Loại đơn vị", "tổ chức xã hội")
        board.fills("Cấp", "tỉnh, thành phố")
        board.fills("Đơn vị cấp trên", BODY)
        board.presses("Nhập đơn vị")
        board.sees(unit)
        board.follows("Người làm việc cho đơn vị, tài khoản")
        open_account(story, f"lanh-dao.{tail}", "lãnh đạo", post="Chủ tịch")
    open_account(story, "can-bo.vai", "cán bộ thi đua", post="")


def open_account(story: Story, username: str, role: str, *, post: str) -> None:
    """Open an account on the page of who works for an organisation; note its password."""
    board = story.board
    board.follows("Mở tài khoản cho người mới")
    board.fills("Họ và tên", f"Người thử {username}")
    board.fills("Tên đăng nhập", username)
    board.fills("Làm việc với vai trò", role)
    board.fills("Chức vụ", post)
    board.presses("Mở tài khoản")
    board.sees(f"Đã mở tài khoản cho Người thử {username}.")
    story.passwords[username] = board.page.locator(".digest__value").inner_text()
    board.follows("Tôi đã chép, quay lại danh sách")
    board.sees("Ai làm việc cho đơn vị", f"Người thử {username}")


def gather_the_year(board: Person) -> None:
    """Enrol the members, name who leads, open registration, open the year."""
    board.chooses("Việc của tôi")
    board.sees(f"Ghi các đơn vị tham gia năm {YEAR}")
    board.follows("Thêm đơn vị")
    board.follows("Ghi đơn vị tham gia")
    for unit in (GROWERS, FISHERS, WEAVERS):
        board.ticks(f"{unit} ({BODY})")
    board.presses("Ghi đơn vị tham gia")
    board.sees("Đã ghi 3 đơn vị tham gia", "3 đơn vị đang tham gia")
    board.follows("Chọn khối trưởng, khối phó")
    board.fills(GROWERS, "khối trưởng")
    board.fills(FISHERS, "khối phó")
    board.presses("Lưu vai trò")
    board.sees("Đã ghi đơn vị trưởng, phó của năm.")
    board.follows("Giai đoạn")
    board.follows("Đặt ngày: đăng ký")
    board.fills("Mở từ ngày", f"{YEAR}-01-01")
    board.fills("Hạn", f"{YEAR}-12-31")
    board.presses("Lưu ngày")
    board.sees("Đã đặt ngày cho giai đoạn đăng ký.")
    board.follows("Tổng quan")
    board.follows("Mở năm thi đua")
    board.sees("Điều sẽ xảy ra")
    board.presses("Mở năm thi đua")
    board.sees("Đã mở năm thi đua. Tiếp theo: các đơn vị đăng ký chỉ tiêu.")


def take_ones_place(person: Person, username: str, one_time: str) -> None:
    """Sign in with the one-time password and choose one's own."""
    person.signs_in(username, one_time)
    person.sees("Bạn vừa dùng mật khẩu dùng một lần.")
    for label in ("Mật khẩu hiện tại", "Mật khẩu mới", "Mật khẩu mới (nhập lại)"):
        person.fills(label, one_time if label == "Mật khẩu hiện tại" else OWN_PASSWORD)
    person.presses("Đổi mật khẩu")
    person.chooses("Việc của tôi")
    person.sees("Đang làm việc cho", f"Đăng ký chỉ tiêu thi đua năm {YEAR}")
