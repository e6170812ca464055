"""Journeys of a ceremony: a hall's screen, a head's phone, a rehearsal, a line that breaks."""

from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from django.conf import settings
from PIL import Image
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.browser.people import Person
from tests.ceremonies.halls import Hall, a_hall, kept_of_signing
from tests.conftest import PHONE
from tests.many import more_like
from thidua.audit.models import Entry
from thidua.ceremonies.models import Ceremony
from thidua.core import clock
from thidua.cycles.actions.members import leave_cycle
from thidua.documents.models import Signature

pytestmark = pytest.mark.django_db(transaction=True)
BEAMER, OLD_BEAMER = (1920, 1080), (1024, 768)
SOON = 2_000  # milliseconds: what is promised
TEN_MINUTES = 10 * 60 * 1_000


def screen_of(hall: Hall) -> str:
    return f"/le-ky/{hall.ceremony.address}/"


def card(page: Page, name: str) -> Any:
    """Return the card of the member with this name."""
    return page.locator(".seat", has_text=name)


def is_lit(page: Page, name: str, *, within: float = SOON) -> None:
    """See the member's card light up."""
    expect(card(page, name)).to_contain_class("is-lit", timeout=within)


def shows(page: Page, stage: str, *, within: float = SOON) -> None:
    """See the whole screen at this step."""
    expect(page.locator("body")).to_have_attribute("data-stage", stage, timeout=within)


def read_qr(page: Page) -> str:
    """Point a phone at the screen: return the path that its code leads to."""
    picture = Image.open(BytesIO(page.screenshot()))
    [found] = zxingcpp.read_barcodes(picture)
    assert found.text.startswith(settings.PUBLIC_URL)
    return str(found.text).removeprefix(settings.PUBLIC_URL)


def test_a_hall_watches_heads_sign_from_the_code_until_the_covenant_is_in_force(open_page):
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    host, watcher = Person(open_page(size=BEAMER)), Person(open_page(size=PHONE))
    host.sits_down(world.heads[0])

    open_the_hall(host, covenant.pk)
    watcher.goes(f"/le-ky/{Ceremony.objects.get().address}/")
    shows(watcher.page, "waiting")
    host.page.keyboard.press("ArrowRight")
    shows(host.page, "signing")
    shows(watcher.page, "signing", within=2 * SOON)
    sign_from_the_code(host, Person(open_page(size=PHONE)), world, 1)
    is_lit(watcher.page, world.members[1].name, within=2 * SOON)
    sign_from_the_code(host, Person(open_page(size=PHONE)), world, 0)

    shows(host.page, "in_force")
    expect(host.page.locator(".hall__force")).to_be_visible()
    assert Signature.objects.count() == 2
    close_it(host, covenant.pk)
    look_at_the_year(Person(open_page()), world)
    assert host.faults + watcher.faults == []


def open_the_hall(host: Person, covenant_pk: int) -> None:
    """Come from the covenant's page, open the ceremony, and its screen."""
    host.goes(f"/giao-uoc/{covenant_pk}/")
    host.follows("Tổ chức lễ ký hoặc diễn tập")
    host.presses("Mở lễ ký")
    host.sees("Đã mở lễ ký.", "đang chuẩn bị")
    host.goes(f"/le-ky/{Ceremony.objects.get().address}/")
    host.sees("Lễ ký sắp bắt đầu")


def sign_from_the_code(host: Person, head: Person, world: make.World, member: int) -> None:
    """Scan, sign in, read, sign, be told to look up; and the card is lit with name and office."""
    head.goes(read_qr(host.page))
    head.fills("Tên đăng nhập hoặc thư điện tử", make.user_of(world.heads[member]).username)
    head.fills("Mật khẩu", make.PASSWORD)
    head.presses("Đăng nhập")
    head.sees(f"Ký cho {world.members[member].name}")
    head.fills("Mật khẩu của bạn", make.PASSWORD)
    head.presses("Ký giao ước")
    is_lit(host.page, world.members[member].name)
    head.sees("Đã ký. Mời nhìn lên màn hình")
    lit = card(host.page, world.members[member].name)
    expect(lit.locator(".seat__signer")).to_have_text(make.user_of(world.heads[member]).name)
    expect(lit.locator(".seat__office")).to_contain_text("CHỦ TỊCH")
    assert head.faults == []


def close_it(host: Person, covenant_pk: int) -> None:
    """Close the ceremony at the desk."""
    host.goes(f"/le-ky/giao-uoc/{covenant_pk}/")
    host.presses("Kết thúc lễ ký")
    host.sees("Đã tổ chức")


def look_at_the_year(visitor: Person, world: make.World) -> None:
    """Find the picture, the paper and the signing file on the public page of the year."""
    visitor.goes(f"/nam/{world.cycle.pk}/")
    picture = visitor.page.get_by_role("img", name="Hình vẽ lại màn hình lễ ký")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 1920)
    visitor.sees("không phải ảnh chụp hội trường", "Tải giao ước (PDF)", "Tải hồ sơ ký (PDF)")
    assert visitor.faults == []


def test_a_screen_that_lost_its_line_says_so_and_is_right_again_by_itself(open_page):
    """the projector left without a network for ten minutes."""
    hall = a_hall(3)
    page = open_page(size=OLD_BEAMER)
    page.clock.install()
    page.goto(screen_of(hall))
    line = page.get_by_text("Mất kết nối, đang nối lại")
    expect(line).to_be_hidden()

    page.context.set_offline(True)
    expect(line).to_be_visible(timeout=2 * SOON)
    make.sign(hall.covenant, hall.world.heads[1])
    page.clock.fast_forward(TEN_MINUTES)
    expect(line).to_be_visible()
    expect(card(page, hall.world.members[1].name)).not_to_contain_class("is-lit")
    page.context.set_offline(False)

    is_lit(page, hall.world.members[1].name, within=2 * SOON)
    expect(line).to_be_hidden()
    shows(page, "signing")


def test_a_rehearsal_by_keyboard_lights_every_card_and_signs_nothing(open_page):
    hall = a_hall(2, begun=False, is_rehearsal=True)
    before = kept_of_signing()
    host = Person(open_page(size=OLD_BEAMER))
    host.sits_down(hall.host)
    host.goes(screen_of(hall))
    host.sees("không có chữ ký nào được ghi")
    press = host.page.keyboard.press

    press("PageDown")  # as a clicker does
    shows(host.page, "signing")
    for member in hall.world.members:
        press("ArrowRight")
        expect(card(host.page, member.name)).to_contain_class("is-called", timeout=SOON)
        press("Enter")
        is_lit(host.page, member.name)

    shows(host.page, "in_force")
    host.sees("(diễn tập)", "không có chữ ký nào được ghi")
    assert kept_of_signing() == before
    assert not Entry.objects.filter(code__in=["covenant.signed", "covenant.in_force"]).exists()
    assert host.faults == []


def test_the_keys_darken_the_screen_go_back_and_show_their_legend(open_page):
    hall = a_hall(3)
    host = Person(open_page(size=BEAMER))
    host.sits_down(hall.host)
    host.goes(screen_of(hall))
    body, press = host.page.locator("body"), host.page.keyboard.press

    press("?")
    expect(host.page.get_by_role("dialog")).to_be_visible()
    press("ArrowRight")  # the legend is open: nobody is called behind it
    press("Escape")
    expect(host.page.get_by_role("dialog")).to_be_hidden()
    press("b")
    expect(body).to_have_attribute("data-dark", "", timeout=SOON)
    press("b")
    expect(body).not_to_have_attribute("data-dark", "", timeout=SOON)
    press("ArrowLeft")
    expect(card(host.page, hall.world.members[2].name)).to_contain_class("is-called", timeout=SOON)
    press("Space")
    expect(card(host.page, hall.world.members[0].name)).to_contain_class("is-called", timeout=SOON)
    press("f")
    host.page.wait_for_function("document.fullscreenElement !== null")
    assert host.faults == []


def test_the_buttons_come_with_the_mouse_and_a_refusal_is_said_on_the_screen(open_page):
    hall = a_hall(2)
    for head in hall.world.heads[1:]:
        make.sign(hall.covenant, head)
    host = Person(open_page(size=BEAMER))
    host.sits_down(hall.host)
    host.goes(screen_of(hall))
    host.page.mouse.move(200, 200)
    Ceremony.objects.update(state="closed", closed_at=hall.ceremony.begun_at)

    host.page.get_by_role("button", name="Mời đơn vị tiếp theo").click()

    expect(host.page.get_by_role("alert")).to_have_text("Lễ ký này đã kết thúc.")


def test_who_holds_only_the_address_has_no_keys(open_page):
    hall = a_hall(2)
    page = open_page()
    page.goto(screen_of(hall))

    page.keyboard.press("ArrowRight")
    page.keyboard.press("?")

    expect(page.get_by_role("dialog")).to_have_count(0)
    assert hall.again().called_id is None


def test_nothing_moves_for_who_asked_for_less_motion(open_page):
    hall = a_hall(2)
    page = open_page(size=BEAMER)
    moves = """() => [...document.querySelectorAll('.hall, .hall *')].filter(e => {
        const style = getComputedStyle(e);
        return style.transitionDuration !== '0s' || style.animationName !== 'none';
    }).filter(e => !e.matches('a, button, summary, input')).length"""
    page.goto(screen_of(hall))
    assert page.evaluate(moves) > 0

    page.emulate_media(reduced_motion="reduce")

    assert page.evaluate(moves) == 0
    for head in hall.world.heads:
        make.sign(hall.covenant, head)
    shows(page, "in_force")
    assert page.evaluate(moves) == 0


def test_without_scripts_the_screen_loads_itself_again_and_says_so(open_page):
    hall = a_hall(2)
    make.sign(hall.covenant, hall.world.heads[1])
    page = open_page(javascript=False)

    page.goto(screen_of(hall))

    expect(card(page, hall.world.members[1].name)).to_contain_class("is-lit")
    # The test's browser shows nobody what stands in <noscript>.
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page.content()
    assert "trang tự tải lại năm giây một lần" in page.content()


OVERFLOWING = """() => [...document.querySelectorAll('.hall__stage, .hall__seats, .seat')]
    .filter(e => e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2)
    .map(e => e.className)"""


@pytest.mark.parametrize("count", [6, 12, 25])
def test_all_members_fit_a_hall_s_screen_without_scrolling(open_page, count: int):
    hall = a_hall(6)
    page = open_page(size=BEAMER)
    if count > 6:
        more_like(hall.world, 2, count - 6)
    for head in hall.world.heads:
        make.sign(hall.covenant, head)

    for width, height in (BEAMER, OLD_BEAMER):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(screen_of(hall))
        for stage in ("signing", "in_force", "waiting"):
            page.evaluate("stage => { document.body.dataset.stage = stage }", stage)
            expect(page.locator(".seat")).to_have_count(count)
            assert page.evaluate(OVERFLOWING) == [], (width, stage)
            assert page.evaluate("document.scrollingElement.scrollHeight <= innerHeight")


def test_a_member_that_leaves_goes_from_the_screen_without_a_reload(open_page):
    hall = a_hall(3)
    page = open_page(size=BEAMER)
    page.goto(screen_of(hall))
    page.evaluate("window.isTheSame = true")

    leaving = {"on": clock.today(), "reason": "giải thể"}
    leave_cycle(hall.world.enrolments[2], by=hall.world.board, **leaving)

    expect(page.locator(".seat")).to_have_count(2, timeout=SOON)
    assert page.evaluate("window.isTheSame")
