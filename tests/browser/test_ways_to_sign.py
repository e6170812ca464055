"""Signing by a passkey with Chromium's own authenticator, and on paper with a second person."""

import pytest
from playwright.sync_api import Page

from tests import factories as make
from tests.browser.people import Person
from tests.browser.test_second_step import give_a_passkey_device
from tests.browser.walking import judge
from tests.conftest import PHONE
from tests.covenants.sheets import a_sheet
from tests.files.samples import picture
from thidua.core import clock
from thidua.documents.models import Signature
from thidua.documents.proving import proven_of

pytestmark = pytest.mark.django_db(transaction=True)


def with_a_key(person: Person, acting: make.Acting) -> None:
    """Sign in and register the key of this device, as its owner does on the account's pages."""
    person.signs_in(make.user_of(acting).username, make.PASSWORD)
    give_a_passkey_device(person.page)
    person.goes("/tai-khoan/2fa/webauthn/add/")
    person.fills("Mật khẩu", make.PASSWORD)
    person.presses("Xác nhận")
    person.presses("Thêm khóa")
    person.page.wait_for_url("**/recovery-codes/**")


def refusals_of(page: Page) -> list[str]:
    """Return the list into which the page's refusals by policy go."""
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Content Security" in m.text else None)
    return refused


def test_a_head_signs_with_the_key_of_the_device(open_page):
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    make.sign(covenant, world.heads[0])
    head = Person(open_page())
    refused = refusals_of(head.page)
    with_a_key(head, world.heads[1])

    head.goes(f"/giao-uoc/{covenant.pk}/chu-ky/")
    faults = judge(head.page)
    head.presses("Ký bằng khóa truy cập (passkey)")
    head.sees("Các đơn vị đã ký đủ: giao ước có hiệu lực.", "Ký bằng khóa truy cập (passkey)")
    faults += judge(head.page)

    signature = Signature.objects.get(method="passkey")
    proven = proven_of(signature)
    assert proven is not None
    assert proven.holds
    visitor = Person(open_page())
    visitor.goes(f"/kiem-tra/{covenant.version.shown_code}/")
    visitor.sees("Đã kiểm: khóa truy cập của người ký")
    faults += judge(visitor.page)
    assert faults + refused + head.faults + visitor.faults == []


def test_a_device_without_the_key_or_a_browser_without_passkeys_says_so(open_page):
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    head = Person(open_page())
    with_a_key(head, world.heads[1])
    elsewhere = Person(open_page())
    elsewhere.sits_down(world.heads[1])
    give_a_passkey_device(elsewhere.page)
    elsewhere.goes(f"/giao-uoc/{covenant.pk}/chu-ky/")
    elsewhere.page.locator("[data-passkey-ask]").click()
    elsewhere.sees("Chưa có gì được ký")

    elsewhere.page.add_init_script("delete window.PublicKeyCredential")
    elsewhere.goes(f"/giao-uoc/{covenant.pk}/chu-ky/")
    elsewhere.sees("chưa biết dùng khóa truy cập")
    button = elsewhere.page.locator("[data-passkey-ask]")
    assert not button.is_visible()
    assert not Signature.objects.exists()


def brings_a_sheet(officer: Person) -> list[str]:
    """Print the sheet, forget everything once, then bring the photograph."""
    officer.follows("Ký trên giấy")
    with officer.page.expect_download() as printed:
        officer.page.get_by_role("link", name="Tải phiếu để in (PDF)").click()
    assert printed.value.suggested_filename.endswith(".pdf")
    faults = judge(officer.page)
    officer.presses("Nộp ảnh phiếu đã ký")
    officer.sees("Chưa gửi được, còn chỗ cần sửa")
    faults += judge(officer.page)
    officer.fills("Ai đã ký", "Người khác, chưa có tài khoản")
    officer.page.get_by_label("Họ và tên người ký").fill("Trần Thị Ký Tay")
    officer.page.get_by_label("Tư cách ký").fill("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")
    officer.fills("Ngày ký ghi trên phiếu", f"{clock.today()}")
    officer.brings("Ảnh phiếu đã ký", "phieu.jpg", picture(size=(400, 560)))
    officer.presses("Nộp ảnh phiếu đã ký")
    officer.sees("Đã nộp ảnh", "Bạn đã nộp phiếu này")
    return faults + judge(officer.page)


def returns_it(leader: Person) -> list[str]:
    """Open the sheet from the covenant's page and send it back."""
    leader.follows("Trần Thị Ký Tay")
    leader.sees("PHÓ CHỦ TỊCH")
    faults = judge(leader.page)
    leader.presses("Trả lại phiếu")
    leader.sees("Cần ghi lý do")
    leader.fills("Lý do trả lại", "Ảnh mờ")
    leader.presses("Trả lại phiếu")
    leader.sees("Đã trả lại phiếu và báo đơn vị.")
    return faults


def test_a_head_signs_on_paper_and_a_second_person_confirms_it(open_page):
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    make.sign(covenant, world.heads[0])
    officer, leader = Person(open_page(size=PHONE)), Person(open_page())
    officer.sits_down(make.officer(world.members[1]))
    leader.sits_down(world.heads[0])

    officer.goes(f"/giao-uoc/{covenant.pk}/")
    faults = brings_a_sheet(officer)
    leader.goes(f"/giao-uoc/{covenant.pk}/")
    faults += returns_it(leader)
    officer.goes(f"/giao-uoc/{covenant.pk}/ky-giay/")
    officer.sees("Lý do trả lại: Ảnh mờ")
    sheet = a_sheet(covenant, world.members[1], by=make.officer(world.members[1]))
    leader.goes(f"/giao-uoc/{covenant.pk}/phieu-da-ky/{sheet.pk}/")
    leader.presses("Đúng cả, xác nhận đã ký")
    leader.sees("Có hiệu lực, các đơn vị đã ký đủ.", "Ký tay trên giấy")
    faults += judge(leader.page)

    assert Signature.objects.filter(method="paper", user=None).count() == 1
    assert faults + officer.faults + leader.faults == []
