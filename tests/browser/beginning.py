"""An installation from nothing: the first operator sets it up, then brings the board's sheets."""

import io
import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import call_command
from python_calamine import CalamineWorkbook

from tests.browser.people import Person
from tests.files import samples
from tests.notifications.sink import Sink
from thidua.core import clock

BODY, PROVINCE = "Ban Thi đua - Khen thưởng tỉnh Thử Nghiệm", "Thử Nghiệm"
HOUSE, SLOGAN = "Thi đua Thử Nghiệm", "Đoàn kết, mỗi ngày một việc tốt"
OPERATOR, OWN_ADDRESS = "Hoàng Thị Quản Trị", "quantri@thidua.example"
PASSWORD = "mot-mat-khau-kho-doan"
PERIOD = 30  # seconds that a code of the second factor holds
YEAR = clock.today().year
GROWERS, FISHERS = "Hội thử trồng rau", "Hội thử nuôi cá"
WEAVERS, HATTERS = "Hội thử dệt vải", "Hội thử chằm nón"
# Each bloc with its members: the first leads it, the second is the deputy.
BLOCS = {
    "các hội làng nghề thử nghiệm": (GROWERS, FISHERS, WEAVERS, HATTERS),
    "các hội khoa học thử nghiệm": ("Hội thử toán học", "Hội thử vật lý"),
    "các trường thử nghiệm": ("Trường thử số 1", "Trường thử số 2"),
}
LEADER, DEPUTY, WEAVER = "Trần Văn Trồng", "Lê Thị Cá", "Phạm Văn Vải"
LEADERS_ADDRESS = "trong@hoi.example"
HEADS = ((LEADER, GROWERS), (DEPUTY, FISHERS), (WEAVER, WEAVERS))
Sheet = list[dict[str, Any]]


def sets_up(operator: Person, taken: Sink, port: int) -> None:
    """Go from the printed code to the end of the set-up, every step of it."""
    opens_the_first_account(operator)
    takes_a_second_factor(operator)
    gives_it_a_look(operator)
    lets_it_send_mail(operator, taken, port)
    operator.fills("Chủ đề, khẩu hiệu", SLOGAN)
    operator.presses("Ghi và đi tiếp")
    operator.sees("Đã ghi chủ đề năm.", "Kiểm tra trước khi mời người", "Đã ổn")
    operator.presses("Kết thúc thiết lập")
    operator.sees("Thiết lập đã xong.", "Dành cho người quản trị")


def opens_the_first_account(operator: Person) -> None:
    """Follow what the start printed on the server; name the managing body and oneself."""
    operator.goes("/")
    operator.sees("Nơi này chưa được thiết lập")
    printed = io.StringIO()
    call_command("setup_code", stdout=printed)
    found = re.search(r"/thiet-lap/\?ma=\S+", printed.getvalue())
    assert found is not None
    operator.goes(found.group())
    operator.fills("Tên đầy đủ", BODY)
    operator.fills("Địa danh", PROVINCE)
    operator.fills("Cấp", "tỉnh, thành phố")
    operator.fills("Họ và tên", OPERATOR)
    operator.fills("Tên đăng nhập", "quantri")
    operator.fills("Thư điện tử", OWN_ADDRESS)
    operator.fills("Mật khẩu", PASSWORD)
    operator.fills("Gõ lại mật khẩu", PASSWORD)
    operator.presses("Mở tài khoản và đi tiếp")
    operator.sees("Tài khoản quản trị mở được mọi thứ.", BODY)


def takes_a_second_factor(operator: Person) -> None:
    """Set the app on the phone up by the secret, as who cannot scan does."""
    operator.follows("Bật ứng dụng tạo mã")
    operator.page.get_by_text("Không quét được?").click()
    secret = operator.page.locator(".digest__value").inner_text()
    code = format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))
    operator.page.locator("input[name=code]").fill(str(code))
    operator.presses("Bật")
    operator.sees("Mã dự phòng", "Còn 10 trên 10 mã chưa dùng")
    operator.follows("Tôi đã chép, thiết lập tiếp")


def gives_it_a_look(operator: Person) -> None:
    """Give the house its name, an emblem and a contact: they stand on the next page already."""
    assert operator.page.get_by_label("Tên ở đầu mỗi trang").input_value() == HOUSE
    operator.brings("Biểu trưng", "bieu-trung.png", samples.picture("PNG", size=(256, 256)))
    operator.fills("Điện thoại", "0229 000 111")
    operator.presses("Ghi và đi tiếp")
    operator.sees("Đã ghi. Tên và liên hệ đã hiện trên mọi trang.", "0229 000 111")
    emblem = operator.page.locator(".brand__emblem")
    assert "/bieu-trung/" in (emblem.get_attribute("src") or "")
    assert emblem.evaluate("it => it.naturalWidth") == 256


def lets_it_send_mail(operator: Person, taken: Sink, port: int) -> None:
    """Mistake the port first and read what the server said; then the test message comes."""
    operator.fills("Tên máy chủ gửi thư (SMTP)", "127.0.0.1")
    operator.fills("Cổng", "1")
    operator.ticks("không bảo mật, chỉ dùng cho máy chủ thư trong mạng nội bộ, cổng 25")
    operator.fills("Địa chỉ người gửi", "thidua@tinh.example")
    operator.presses("Ghi và gửi thư thử cho tôi")
    operator.sees("Máy chủ thư không nhận kết nối ở cổng này. Hãy xem lại cổng.")
    operator.fills("Cổng", str(port))
    operator.presses("Ghi và gửi thư thử cho tôi")
    operator.sees(f"Máy chủ thư đã nhận thư thử gửi tới {OWN_ADDRESS}.", "Chủ đề năm")
    assert [(str(mail["To"]), str(mail["Subject"])) for mail in taken.messages] == [
        (OWN_ADDRESS, "Thư thử của Thi Đua")
    ]


def brings_all_sheets(operator: Person, folder: Path) -> None:
    """Bring organisations, blocs, people and accounts, each by the form that the page gives."""
    operator.follows("Nhập từ bảng tính")
    operator.sees("Chưa nhập bảng nào")
    units = [unit for members in BLOCS.values() for unit in members]
    brings(operator, folder, "1. Đơn vị", [_unit(name) for name in units])
    operator.follows("Nhập bảng tiếp theo")
    brings(operator, folder, "2. Khối, cụm", [_member(*told) for told in _memberships()])
    operator.follows("Nhập bảng tiếp theo")
    posts = [{"Họ và tên": who, "Đơn vị": at, "Chức vụ": "Chủ tịch"} for who, at in HEADS]
    brings(operator, folder, "3. Người", posts)
    operator.follows("Nhập bảng tiếp theo")
    brings(operator, folder, "4. Tài khoản", [_account(who, at) for who, at in HEADS])


def brings(operator: Person, folder: Path, title: str, sheet: Sheet) -> None:
    """Take the form of a kind home, fill it in, send it, look at what it comes to, confirm."""
    operator.follows(title)
    with operator.page.expect_download() as begun:
        operator.page.get_by_role("link", name="Tải mẫu Excel").click()
    form = folder / begun.value.suggested_filename
    begun.value.save_as(form)
    filled = folder / f"da-dien-{form.name}"
    _fill(form, filled, sheet)
    operator.brings("Tệp bảng tính", filled.name, filled.read_bytes())
    operator.presses("Gửi và xem trước")
    operator.sees("Xem trước", filled.name)
    assert operator.reads("Số hàng đã đọc") == str(len(sheet))
    assert operator.reads("Lỗi") == "không có"
    operator.presses("Nhập vào hệ thống")
    operator.sees("Đã nhập xong. Dưới đây là kết quả của từng hàng.")
    assert operator.reads("Hàng tạo mới") == str(len(sheet))


def _fill(form: Path, filled: Path, sheet: Sheet) -> None:
    """Write ``sheet`` under the headings of the form, in a workbook as a spreadsheet saves it."""
    headings = CalamineWorkbook.from_path(str(form)).get_sheet_by_index(0).to_python()[0]
    assert set(sheet[0]) <= set(headings)
    with xlsxwriter.Workbook(filled) as book:
        page = book.add_worksheet("Bảng")
        page.write_row(0, 0, headings)
        for row, told in enumerate(sheet, start=1):
            page.write_row(row, 0, [told.get(str(heading)) for heading in headings])


def _unit(name: str) -> dict[str, Any]:
    return {
        "Tên đầy đủ": name,
        "Loại đơn vị": "tổ chức xã hội",
        "Cấp": "tỉnh, thành phố",
        "Đơn vị cấp trên": BODY,
        "Địa danh": PROVINCE,
        "Mang tên này từ ngày": f"{date(YEAR - 5, 7, 1):%d/%m/%Y}",
    }


def _memberships() -> Iterator[tuple[str, int, str]]:
    """Yield each bloc with each of its members, counted from 0."""
    for bloc, members in BLOCS.items():
        for place, unit in enumerate(members):
            yield bloc, place, unit


def _member(bloc: str, place: int, unit: str) -> dict[str, Any]:
    return {
        "Khối hay cụm": "khối",
        "Tên khối, cụm": bloc,
        "Cấp": "tỉnh, thành phố",
        "Năm": YEAR,
        "Đơn vị thành viên": unit,
        "Vai trò": ("trưởng", "phó", "", "")[place],
        "Số quyết định thành lập": "12/QĐ-TN",
    }


def _account(who: str, unit: str) -> dict[str, Any]:
    address = LEADERS_ADDRESS if who == LEADER else ""
    told = {"Họ và tên": who, "Đơn vị": unit, "Vai trò": "lãnh đạo", "Chức vụ": "Chủ tịch"}
    return {**told, "Thư điện tử": address}
