"""The first half of the journey: the board founds a bloc and a year, and its people come in."""

from dataclasses import dataclass, field

from tests.browser.people import Person
from thidua.core import clock

OWN_PASSWORD = "mat-khau-rieng-cua-toi"
BODY = "Ban Thi đua thử nghiệm"
GROWERS, FISHERS, WEAVERS = "Hội thử trồng rau", "Hội thử nuôi cá", "Hội thử dệt vải"
UNITS, TAILS = (GROWERS, FISHERS, WEAVERS), ("rau", "ca", "vai")
BLOC = "Khối thi đua các hội thử nghiệm"
YEAR = clock.today().year


@dataclass
class Story:
    """Who is who, and the one-time codes that the board read from its slips."""

    board: Person
    codes: dict[str, str] = field(default_factory=dict)


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
    board.sees(f"Đã bắt đầu chuẩn bị năm {YEAR}", "0 đơn vị đang tham gia")


def enter_the_organizations(story: Story) -> None:
    """Found three organisations, with accounts for their heads and one officer."""
    for unit, tail in zip(UNITS, TAILS, strict=True):
        board = story.board
        board.follows("Các đơn vị")
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
    """Open an account on the page of who works for an organisation; note the code of its slip."""
    board = story.board
    here = board.page.url
    board.follows("Mở tài khoản cho người mới")
    board.fills("Họ và tên", f"Người thử {username}")
    board.fills("Tên đăng nhập", username)
    board.fills("Làm việc với vai trò", role)
    board.fills("Chức vụ", post)
    board.presses("Mở tài khoản")
    board.sees(f"Đã mở tài khoản cho Người thử {username}.")
    board.presses("In phiếu")
    board.presses("Làm phiếu để in")
    story.codes[username] = board.page.locator(".slip__code").inner_text()
    board.goes(here)
    board.sees("Ai làm việc cho đơn vị", f"Người thử {username}")


def gather_the_year(board: Person) -> None:
    """Enrol the members, name who leads, open registration, open the year."""
    board.chooses("Việc của tôi")
    board.sees(f"Ghi các đơn vị tham gia năm {YEAR}")
    board.follows("Thêm đơn vị")
    board.follows("Ghi đơn vị tham gia")
    for unit in UNITS:
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


def take_ones_place(person: Person, username: str, code: str) -> None:
    """Come in with the code of one's slip and choose a password."""
    person.goes("/")
    person.chooses("Đăng nhập")
    person.follows("Tôi có phiếu mời, mã dùng một lần")
    person.fills("Tên đăng nhập", username)
    person.fills("Mã dùng một lần", code)
    person.presses("Tiếp tục")
    person.fills("Mật khẩu của riêng bạn", OWN_PASSWORD)
    person.fills("Gõ lại mật khẩu đó", OWN_PASSWORD)
    person.presses("Đặt mật khẩu và vào")
    person.sees("Đã đặt mật khẩu của riêng bạn.")
    person.chooses("Việc của tôi")
    person.sees("Đang làm việc cho", f"Đăng ký chỉ tiêu thi đua năm {YEAR}")
