"""Journeys of a paper: drafted, looked at, issued, and checked by somebody who has no account."""

from io import BytesIO

import pytest
import zxingcpp
from django.conf import settings
from playwright.sync_api import expect
from pypdfium2 import PdfDocument

from tests import factories as make
from tests.browser.people import Person
from tests.conftest import PHONE
from thidua.documents.models import Version
from thidua.paperwork.models import Draft

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, SECOND = "Mỗi chi hội làm một việc tốt.", "Mỗi chi hội làm hai việc tốt."


def test_a_head_issues_a_registration_and_whoever_holds_it_checks_it(open_page):
    world = make.a_bloc(3)
    head, visitor = Person(open_page()), Person(open_page())
    head.sits_down(world.heads[2])

    begin(head, world)
    write(head)
    issue(head)
    paper = download(head)
    check_by_code(visitor, head.reads("Mã tra cứu in trên giấy"))
    check_by_qr(visitor, paper)
    check_the_file(visitor, paper)
    check_a_changed_file(visitor, paper)
    read_by_those_who_follow(head)
    number_in_the_book(head)
    check_the_layout(head, paper)
    withdraw(head)
    check_what_was_withdrawn(visitor)

    assert head.faults + visitor.faults == []


def begin(head: Person, world: make.World) -> None:
    """Come from the year's page, and begin what the unit has not written yet."""
    head.goes(f"/nam/{world.cycle.pk}/")
    head.follows("Văn bản")
    head.sees(f"Văn bản năm {world.cycle.year}", "Bản đăng ký thi đua", "chưa lập")
    head.presses("Lập dự thảo")
    head.sees("Bản đăng ký thi đua", "đang soạn")


def write(head: Person) -> None:
    """Write a part twice; see the new print, and what is different in it."""
    for words in (FIRST, SECOND):
        head.fills("Biện pháp thực hiện", words)
        head.presses("Lưu và xem bản in")
        head.sees("Đã lưu. Bản in đã được làm mới.")
    page = head.page.get_by_role("img", name="Bản in, trang 1")
    page.scroll_into_view_if_needed()
    expect(page).to_have_js_property("complete", True)
    assert page.evaluate("picture => picture.naturalWidth") > 500
    head.page.get_by_text("Lần lưu vừa rồi khác gì").click()
    expect(head.page.locator("del")).to_have_text(FIRST)
    expect(head.page.locator("ins")).to_have_text(SECOND)


def issue(head: Person) -> None:
    """Be told that the number is missing, type it, and issue."""
    head.presses("Lưu và xem lại để ban hành")
    head.sees("Chưa ghi số văn bản")
    head.follows("Quay lại sửa")
    head.fills("Số văn bản", "27")
    head.presses("Lưu và xem lại để ban hành")
    head.sees("27/ĐK")
    head.presses("Ban hành")
    head.sees("Đã ban hành.", "Mã tra cứu", SECOND)


def download(head: Person) -> bytes:
    """Return the PDF that the button gives."""
    link = head.page.get_by_role("link", name="Tải bản PDF")
    answer = head.page.request.get(link.get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    return bytes(answer.body())


def check_by_code(visitor: Person, code: str) -> None:
    """Type the code as it stands on paper, in small letters, without an account."""
    visitor.goes("/kiem-tra/")
    visitor.fills("Mã tra cứu trên văn bản", code.lower())
    visitor.presses("Xem văn bản của mã này")
    visitor.sees("đã ban hành", "27/ĐK")
    visitor.does_not_see(SECOND)


def check_by_qr(visitor: Person, paper: bytes) -> None:
    """Point a phone at the QR of the printed page: it leads to this very paper."""
    address = read_qr(paper)
    assert address == f"{settings.PUBLIC_URL}/kiem-tra/{Version.objects.get().shown_code}/"
    visitor.goes(address.removeprefix(settings.PUBLIC_URL))
    visitor.sees("đã ban hành", "27/ĐK")


def read_qr(paper: bytes) -> str:
    """Return what the QR on the last page says."""
    document = PdfDocument(BytesIO(paper))
    picture = document[len(document) - 1].render(scale=3, grayscale=True).to_pil()
    document.close()
    [found] = zxingcpp.read_barcodes(picture)
    return str(found.text)


def check_the_file(visitor: Person, paper: bytes) -> None:
    """Drop the file that was given out."""
    drop(visitor, paper)
    visitor.sees("Đúng nguyên văn", "27/ĐK", "Tệp đã được đọc xong và không lưu lại.")


def check_a_changed_file(visitor: Person, paper: bytes) -> None:
    """Drop it with one byte changed."""
    middle = len(paper) // 2
    drop(visitor, paper[:middle] + bytes([paper[middle] ^ 1]) + paper[middle + 1 :])
    visitor.sees("Không phải đúng tệp đã phát hành")
    visitor.does_not_see("Đúng nguyên văn")


def drop(visitor: Person, content: bytes) -> None:
    """Choose a file on the page that checks papers."""
    visitor.goes("/kiem-tra/")
    visitor.brings("Tệp văn bản", "Bản đăng ký.pdf", content)
    visitor.presses("Đối chiếu tệp")


def read_by_those_who_follow(head: Person) -> None:
    """Being signed in and of this year, find the paper itself there."""
    head.goes(f"/kiem-tra/{Version.objects.get().shown_code}/")
    head.follows("Đọc văn bản trên hệ thống")
    head.sees("Nguyên văn", SECOND)


def number_in_the_book(head: Person) -> None:
    """Find the number in the book of outgoing papers."""
    head.goes("/so-van-ban/")
    head.sees("27/ĐK", "1 số văn bản")


def check_the_layout(head: Person, paper: bytes) -> None:
    """Have the file measured rule by rule."""
    head.goes("/the-thuc/")
    head.brings("Tệp PDF", "Bản đăng ký.pdf", paper)
    head.presses("Kiểm tra")
    head.sees("Kết quả: Bản đăng ký.pdf", "Lề trái")


def withdraw(head: Person) -> None:
    """Take the paper back, saying why."""
    head.goes(f"/van-ban/{Draft.objects.get().pk}/")
    head.fills("Lý do thu hồi", "Ghi nhầm chỉ tiêu")
    head.presses("Thu hồi")
    head.sees("Văn bản này đã bị thu hồi lúc", "Ghi nhầm chỉ tiêu")


def check_what_was_withdrawn(visitor: Person) -> None:
    """Read why at the same address."""
    visitor.goes(f"/kiem-tra/{Version.objects.get().shown_code}/")
    visitor.sees("đã thu hồi", "Ghi nhầm chỉ tiêu")


def test_on_a_phone_without_scripts_a_draft_is_written_and_looked_at(open_page):
    world = make.a_bloc(3)
    head = Person(open_page(size=PHONE, javascript=False))
    head.sits_down(world.heads[2])

    begin(head, world)
    head.fills("Biện pháp thực hiện", FIRST)
    head.fills("Số văn bản", "hai bảy")
    head.presses("Lưu và xem bản in")
    head.sees("Chỉ ghi số, ví dụ 15.")
    head.fills("Số văn bản", "27")
    head.presses("Lưu và xem bản in")
    head.sees("Đã lưu. Bản in đã được làm mới.")
    picture = head.page.get_by_role("img", name="Bản in, trang 1")
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    box = picture.bounding_box()

    assert box is not None
    assert box["x"] + box["width"] <= PHONE[0]
    assert Draft.objects.get().parts["measures"] == FIRST
    assert head.faults == []
