"""One journey from an empty installation to a province at work: set up, filled, told, rearranged.

Three persons, each at a browser of their own: who runs the installation and the leader's head at a
desk, the deputy's head on a phone. They use the pages alone; mail goes to a real server.
"""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

import pytest
from django.utils import timezone

from tests.browser.beginning import (
    BLOCS,
    DEPUTY,
    FISHERS,
    GROWERS,
    HATTERS,
    LEADER,
    LEADERS_ADDRESS,
    WEAVER,
    WEAVERS,
    YEAR,
    brings_all_sheets,
    sets_up,
)
from tests.browser.people import Person
from tests.conftest import DESKTOP, PHONE
from tests.notifications.sink import Sink, sink
from thidua.core import clock
from thidua.jobs.schedule import tick
from thidua.jobs.work import run_due

pytestmark = pytest.mark.django_db(transaction=True)
OWN_PASSWORD = "mat-khau-rieng-cua-toi"
BLOC = f"Khối thi đua {next(iter(BLOCS))}"
HEIRS = "Hội thử dệt và chằm nón"


class Letter(NamedTuple):
    """A mail as its reader has it."""

    to: str
    text: str


@pytest.fixture
def mail(settings, tmp_path: Path, live_server) -> Iterator[tuple[Sink, int]]:
    """Return a mail server, for an installation that was told nothing when it started."""
    settings.DATA_DIR = tmp_path
    settings.EMAIL_FROM_ENVIRONMENT = False
    settings.EMAIL_BACKEND = "thidua.house.mailing.HouseMail"
    settings.PUBLIC_URL = str(live_server)
    with sink() as (taken, port):
        yield taken, port


def test_an_empty_installation_becomes_three_blocs_at_work(open_page, mail, tmp_path):
    taken, port = mail
    operator, leader = Person(open_page(size=DESKTOP)), Person(open_page(size=DESKTOP))
    deputy = Person(open_page(size=PHONE))

    sets_up(operator, taken, port)
    brings_all_sheets(operator, tmp_path)
    comes_by_mail(operator, leader, taken)
    comes_by_slip(operator, deputy)
    opens_the_year(operator)
    is_reminded(leader, deputy, taken)
    merges(operator)
    hands_over(leader, deputy)

    assert operator.faults + leader.faults + deputy.faults == []


def invites(operator: Person, who: str, by: str) -> None:
    """Choose one in the list of accounts, and how to invite them."""
    operator.goes("/tai-khoan/danh-sach/")
    operator.ticks(who)
    operator.presses(by)
    operator.sees(who)


def comes_by_mail(operator: Person, leader: Person, taken: Sink) -> None:
    """The leader's head gets a mail, opens its link and chooses a password."""
    before = len(taken.taken)
    invites(operator, LEADER, "Gửi thư mời cho người đã chọn")
    operator.presses("Gửi thư")
    operator.sees("Đã xếp 1 thư mời vào hàng gửi.")
    do_the_jobs()
    (invitation,) = letters(taken, before)
    assert invitation.to == LEADERS_ADDRESS
    link = re.search(r"http\S+/vao/\S+", invitation.text)
    assert link is not None
    leader.goes(link.group())
    chooses_a_password(leader, LEADER, GROWERS)


def comes_by_slip(operator: Person, deputy: Person) -> None:
    """The deputy's head types name and code of a printed slip on a phone."""
    invites(operator, DEPUTY, "Gửi thư mời cho người đã chọn")
    operator.sees("chưa có thư điện tử: hãy in phiếu.")
    invites(operator, DEPUTY, "In phiếu cho người đã chọn")
    operator.presses("Làm phiếu để in")
    slip = operator.page.locator(".slip")
    operator.sees("1 phiếu mời", "Dùng một lần, đến hết ngày")
    deputy.goes("/")
    deputy.chooses("Đăng nhập")
    deputy.follows("Tôi có phiếu mời, mã dùng một lần")
    deputy.fills("Tên đăng nhập", slip.locator("dd").first.inner_text())
    deputy.fills("Mã dùng một lần", slip.locator(".slip__code").inner_text())
    deputy.presses("Tiếp tục")
    chooses_a_password(deputy, DEPUTY, FISHERS)


def letters(taken: Sink, before: int) -> list[Letter]:
    """Return the mails that have come since there were so many."""
    found = [message for message in taken.messages[before:] if isinstance(message, EmailMessage)]
    bodies = [message.get_body(("plain",)) for message in found]
    return [
        Letter(str(message["To"]), body.get_content() if body else "")
        for message, body in zip(found, bodies, strict=True)
    ]


def chooses_a_password(person: Person, name: str, unit: str) -> None:
    """Read for whom one will act, and come in with a password of one's own."""
    person.sees(f"Chào {name}", unit)
    person.fills("Mật khẩu của riêng bạn", OWN_PASSWORD)
    person.fills("Gõ lại mật khẩu đó", OWN_PASSWORD)
    person.presses("Đặt mật khẩu và vào")
    person.sees("Đã đặt mật khẩu của riêng bạn.")


def do_the_jobs(*, later: timedelta = timedelta()) -> None:
    """Do what the worker beside the server would, in a while and not at night."""
    nine = timezone.make_aware(datetime.combine(clock.today(), time(9)))
    with clock.at(max(nine, clock.now()) + later):
        tick()
        run_due()


def opens_the_year(operator: Person) -> None:
    """The board names the day by which members register, tomorrow, and opens the year."""
    tomorrow = clock.today() + timedelta(days=1)
    operator.goes("/khoi-cum/")
    operator.sees(*(f"Khối thi đua {name}" for name in BLOCS))
    operator.follows(BLOC)
    operator.follows(f"Năm {YEAR}")
    operator.sees("4 đơn vị tham gia")
    operator.follows("Giai đoạn")
    operator.follows("Đặt ngày: đăng ký")
    operator.fills("Mở từ ngày", f"{YEAR}-01-01")
    operator.fills("Hạn", f"{tomorrow}")
    operator.presses("Lưu ngày")
    operator.sees("Đã đặt ngày cho giai đoạn đăng ký.")
    operator.follows("Tổng quan")
    operator.follows("Mở năm thi đua")
    operator.presses("Mở năm thi đua")
    operator.sees("Đã mở năm thi đua. Tiếp theo: các đơn vị đăng ký chỉ tiêu.")


def is_reminded(leader: Person, deputy: Person, taken: Sink) -> None:
    """Who has not registered is told so on the day before, in the inbox and by mail."""
    before = len(taken.taken)
    do_the_jobs(later=timedelta(minutes=10))  # so often it is looked who is to be reminded
    told = f"bản đăng ký thi đua năm {YEAR}"
    assert [it.to for it in letters(taken, before) if told in it.text] == [LEADERS_ADDRESS]
    for person in (leader, deputy):
        person.goes("/viec/thong-bao/")
        person.sees("Nhắc hạn", told)


def merges(operator: Person) -> None:
    """The board records a decision by which two members become one, and what follows from it."""
    operator.goes("/don-vi/")
    operator.follows(WEAVERS)
    operator.follows("Sắp xếp, thay đổi")
    operator.follows("Hợp nhất")
    operator.fills("Hợp nhất cùng với", HATTERS)
    operator.fills("Tên đơn vị mới", HEIRS)
    operator.fills("Số quyết định", "34/QĐ-TN")
    operator.fills("Có hiệu lực từ ngày", f"{clock.today()}")
    operator.presses("Xem những gì thay đổi")
    operator.sees("Xem trước khi ghi", "2 phần việc trong các năm đang mở")
    operator.fills(f"{WEAVER}, lãnh đạo của {WEAVERS}", f"chuyển sang làm cho {HEIRS}")
    operator.presses("Ghi: hợp nhất")
    operator.sees("Đã ghi:", f"{WEAVERS}: {HEIRS} làm tiếp", f"{HATTERS}: rời năm thi đua")
    operator.follows(HEIRS)
    operator.sees("Tiền thân", HATTERS)


def hands_over(leader: Person, deputy: Person) -> None:
    """The leader's head hands the year over; the next one receives it, on a phone."""
    leader.chooses("Việc của tôi")
    leader.follows(f"Năm {YEAR}")
    leader.sees("3 đơn vị tham gia", HEIRS)
    leader.follows("Bàn giao")
    assert leader.page.get_by_label("Bên nhận").locator("option:checked").inner_text() == FISHERS
    leader.fills("Ghi chú cho bên nhận", "Hồ sơ giấy ở tủ số 2.")
    leader.presses("Lưu bản bàn giao")
    leader.sees("Đã lưu bản bàn giao.", "Điều sẽ xảy ra khi bàn giao")
    leader.presses("Bàn giao")
    leader.sees(f"Đã bàn giao. {FISHERS} được báo và sẽ xác nhận")
    deputy.goes("/viec/thong-bao/")
    deputy.follows("bàn giao")
    deputy.sees("Hồ sơ giấy ở tủ số 2.", "Xác nhận đã nhận")
    deputy.fills("Ý kiến của bên nhận", "Đủ cả.")
    deputy.presses("Đã nhận bàn giao")
    deputy.sees("Đã xác nhận nhận bàn giao. Bên giao đã được báo.")
