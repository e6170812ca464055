"""Pictures of what no link of the demonstration leads to: an empty installation, set up and filled.

One operator goes through it as a board would: set-up, sheets, slips, a merger, an award.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

BODY = "Ban Thi đua - Khen thưởng tỉnh (minh họa)"
UNITS = ("Hội Thử nghề (minh họa)", "Hội Thử việc (minh họa)")
PASSWORD = "thi-dua-minh-hoa"
KINDS = "tổ chức xã hội;tỉnh, thành phố"
ORGANIZATIONS = "Tên đầy đủ;Loại đơn vị;Cấp;Đơn vị cấp trên"
ACCOUNTS = "Họ và tên;Đơn vị;Vai trò;Chức vụ"
ACTS = {"sap-nhap": "Sáp nhập", "chia-tach": "Chia, tách", "giai-the": "Giải thể"}


@dataclass(frozen=True)
class Walk:
    """The operator's page, and what takes a picture of it under a name."""

    page: Page
    take: Callable[[str], None]

    def field(self, label: str) -> Locator:
        """Return the field with this label."""
        words = rf"^\s*{re.escape(label)}\s*(\((không bắt buộc|cần có khi ban hành)\))?\s*$"
        return self.page.locator("main").get_by_label(re.compile(words)).first

    def fill(self, told: dict[str, str]) -> None:
        """Fill fields in, by their labels; of a choice its words."""
        for label, text in told.items():
            field = self.field(label)
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=text)
            else:
                field.fill(text)

    def press(self, words: str, role: str = "button") -> None:
        """Press what says so, and wait for the next page."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role(role, name=words).first.click()  # type: ignore[arg-type]

    def follow(self, words: str) -> None:
        """Follow the link that says so."""
        self.page.locator(".page").get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()

    def bring(self, kind: str, sheet: list[str]) -> None:
        """Send a sheet of a kind; its preview then stands there."""
        self.page.goto(f"/nhap-lieu/{kind}/")
        content = "\n".join(sheet).encode("utf-8-sig")
        name = f"{kind}.csv"
        self.field("Tệp bảng tính").set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": content}
        )
        self.press("Gửi và xem trước")


def take_the_installation(walk: Walk, address: str) -> None:
    """Go through it all from the set-up ``address`` on."""
    _set_up(walk, address)
    _sheets(walk)
    _slips(walk)
    _merger(walk)
    _award(walk)
    _papers(walk)


def _set_up(walk: Walk, address: str) -> None:
    walk.page.goto(address)
    walk.take("thiet-lap")
    own = {"Họ và tên": "Người quản trị (minh họa)", "Tên đăng nhập": "quantri"}
    secret = {"Mật khẩu": PASSWORD, "Gõ lại mật khẩu": PASSWORD}
    body = {"Tên đầy đủ": BODY, "Cấp": "tỉnh, thành phố", "Thư điện tử": "quantri@vidu.example"}
    walk.fill({**body, **own, **secret})
    walk.press("Mở tài khoản và đi tiếp")
    for step in ("bao-ve", "hinh-thuc", "gui-thu", "chu-de", "kiem-tra"):
        walk.page.goto(f"/thiet-lap/{step}/")
        walk.take(f"thiet-lap-{step}.tu-dau")
    walk.press("Kết thúc thiết lập")


def _sheets(walk: Walk) -> None:
    walk.bring("don-vi", [ORGANIZATIONS, f"{UNITS[0]};hội;thiên hà;", f"{UNITS[1]};{KINDS};"])
    walk.take("nhap-lieu-lan-n.co-loi")
    walk.bring("don-vi", ["A;B", f"{UNITS[0]};x"])
    walk.take("nhap-lieu-lan-n.chua-ro-cot")
    walk.follow("Chọn cột")
    walk.take("nhap-lieu-lan-n-cot")
    walk.bring("don-vi", [ORGANIZATIONS, *(f"{name};{KINDS};{BODY}" for name in UNITS)])
    walk.take("nhap-lieu-lan-n.xem-truoc")
    walk.press("Nhập vào hệ thống")
    walk.take("nhap-lieu-lan-n.ket-qua")
    walk.follow("Gỡ lần nhập này")
    walk.take("nhap-lieu-lan-n-go")


def _slips(walk: Walk) -> None:
    people = [f"Người thứ {n} (minh họa);{unit};lãnh đạo;Chủ tịch" for n, unit in enumerate(UNITS)]
    walk.bring("tai-khoan", [ACCOUNTS, *people])
    walk.press("Nhập vào hệ thống")
    walk.page.goto("/tai-khoan/danh-sach/?loc=chua-moi")
    for box in walk.page.locator("input[name=user]").all():
        box.check()
    walk.press("In phiếu cho người đã chọn")
    walk.take("tai-khoan-moi")
    walk.press("Làm phiếu để in")
    walk.take("tai-khoan-moi-phieu")


def _merger(walk: Walk) -> None:
    walk.page.goto("/don-vi/")
    walk.follow(UNITS[0])
    walk.follow("Sắp xếp, thay đổi")
    walk.take("don-vi-n-sap-xep")
    here = walk.page.url
    for act, words in ACTS.items():
        walk.follow(words)
        walk.take(f"don-vi-n-{act}")
        walk.page.goto(here)
    walk.follow("Hợp nhất")
    told = {"Hợp nhất cùng với": UNITS[1], "Tên đơn vị mới": "Hội Thử nghề và việc (minh họa)"}
    day = str(walk.page.evaluate("new Date().toISOString().slice(0, 10)"))
    walk.fill({**told, "Số quyết định": "34/QĐ (minh họa)", "Có hiệu lực từ ngày": day})
    walk.take("don-vi-n-hop-nhat")
    walk.press("Xem những gì thay đổi")
    walk.take("don-vi-n-hop-nhat.xem-truoc")
    walk.press("Ghi: hợp nhất")
    walk.take("don-vi-sap-xep-n.hop-nhat")


def _papers(walk: Walk) -> None:
    walk.page.goto("/viec/")
    walk.follow("Sổ văn bản đi")
    walk.take("so-van-ban.trong")
    walk.follow("Đầu văn bản và ký hiệu của đơn vị")
    walk.fill({"Ký hiệu đơn vị": "TĐKT"})
    walk.press("Lưu đầu văn bản")
    walk.take("don-vi-n-dau-van-ban")
    walk.page.goto("/so-van-ban/lay-so/")
    walk.fill({"Loại văn bản": "Báo cáo", "Số": "5", "Trích yếu": "Báo cáo minh họa"})
    walk.take("so-van-ban-lay-so")
    walk.press("Lấy số")
    walk.take("so-van-ban-n")
    for page, name in (("/so-van-ban/", "so-van-ban"), ("/so-van-ban/cap-so/", "cap-so")):
        walk.page.goto(page)
        walk.take(name)
    for page in ("van-ban-phap-luat/", "van-ban-phap-luat/TX04/", "van-ban-phap-luat/moi/"):
        walk.page.goto(f"/{page}")
        walk.take(page.strip("/").replace("/", "-").lower())


def _award(walk: Walk) -> None:
    walk.page.goto("/khen-thuong/moi/")
    year = str(walk.page.evaluate("new Date().getFullYear() - 1"))
    walk.fill({"Đơn vị": BODY, "Danh hiệu, hình thức": "Giấy khen", "Năm được khen": year})
    walk.press("Ghi khen thưởng")
    walk.page.goto("/khen-thuong/")
    walk.take("khen-thuong.da-co")
    walk.follow("Giấy khen")
    walk.take("khen-thuong-n")
    here = walk.page.url
    for act, words in {"sua": "Sửa khen thưởng", "bo": "Bỏ vì ghi nhầm"}.items():
        walk.follow(words)
        walk.take(f"khen-thuong-n-{act}")
        walk.page.goto(here)
