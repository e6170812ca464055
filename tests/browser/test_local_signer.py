"""Signing through a service on the head's own machine; ours stands for the real one."""

import pytest

from tests import certificates as office
from tests import factories as make
from tests.browser.local_signer import LocalService
from tests.browser.people import Person
from tests.browser.test_ways_to_sign import refusals_of
from tests.browser.walking import judge
from thidua.covenants.models import LocalSigning
from thidua.documents.models import Signature
from thidua.web.covenants import vgca

pytestmark = pytest.mark.django_db(transaction=True)
BUTTON = "Ký bằng phần mềm trên máy này"


@pytest.fixture
def world():
    world = make.a_bloc(2)
    office.believe()
    for n, unit in enumerate(world.members):
        office.register(unit, n)
    return world


@pytest.fixture
def covenant(world):
    covenant = make.a_frozen_covenant(world)
    make.sign(covenant, world.heads[0])
    office.original(covenant)  # made by now, as a background job does it
    return covenant


@pytest.fixture
def service(world, covenant, settings):
    """Return the service of the second head's machine, which runs."""
    field = office.field(covenant, world.heads[1])
    with LocalService(office.opened(office.issued(1)), field) as running:
        settings.VGCA_URL = running.url
        yield running


def the_head(open_page, world, covenant):
    head = Person(open_page())
    head.sits_down(world.heads[1])
    head.goes(f"/giao-uoc/{covenant.pk}/chu-ky/")
    head.follows("Ký bằng phần mềm ký số của Ban Cơ yếu Chính phủ")
    return head


def tries(head: Person) -> None:
    """Press the button where the page stays; Playwright waits for the sentence."""
    head.page.get_by_role("button", name=BUTTON).click()


def test_a_head_signs_with_the_program_of_the_own_machine(open_page, world, covenant, service):
    head = the_head(open_page, world, covenant)
    refused = refusals_of(head.page)
    faults = judge(head.page)
    head.presses(BUTTON)
    head.sees("Các đơn vị đã ký đủ: giao ước có hiệu lực.")

    assert Signature.objects.get(method="upload").organization == world.members[1]
    [(path, asked)] = service.heard
    assert path == vgca.CALLS["approved"]
    assert set(asked) == set(vgca.REQUEST.values())
    assert asked["MetaData"][0] == {"Key": "code", "Value": covenant.version.code}
    visitor = Person(open_page())
    visitor.goes(f"/kiem-tra/{covenant.version.shown_code}/")
    visitor.sees("Chữ ký số hợp lệ")
    assert faults + refused + head.faults + visitor.faults == []


def test_the_organisation_s_seal_is_another_call(open_page, world, covenant, service):
    head = the_head(open_page, world, covenant)
    head.ticks("Chữ ký số (con dấu) của cơ quan")
    head.presses(BUTTON)
    head.sees("Các đơn vị đã ký đủ: giao ước có hiệu lực.")
    [(path, asked)] = service.heard
    assert path == vgca.CALLS["issued"]
    assert (asked["DocNumber"], asked["IssuedDate"]) == ("", "")


def test_what_goes_wrong_at_the_machine_is_said_and_may_be_tried_again(
    open_page, world, covenant, service
):
    """A token pulled out in the middle."""
    head = the_head(open_page, world, covenant)
    for manner, sentence in (
        ("cancels", "báo chưa ký, mã 11: “Người dùng đã hủy ký.”"),
        ("loses_token", "thiết bị lưu khóa đã bị rút"),
        ("forgets", "báo đã ký nhưng hệ thống chưa nhận được tệp nào"),
        ("mumbles", "trả lời điều hệ thống không hiểu"),
        ("resaves", "được một phần mềm ghi lại"),
    ):
        service.does = manner
        tries(head)
        head.sees(sentence)
        assert not Signature.objects.filter(method="upload").exists()
    faults = judge(head.page)
    service.does = "signs"
    head.presses(BUTTON)
    head.sees("Các đơn vị đã ký đủ: giao ước có hiệu lực.")
    assert faults + head.faults == []


def test_where_no_program_runs_the_page_says_so_and_how_else_to_sign(
    open_page, world, covenant, settings
):
    settings.VGCA_URL = "ws://127.0.0.1:9"
    head = the_head(open_page, world, covenant)
    tries(head)
    head.sees("Không gặp phần mềm ký số trên máy này")
    assert not LocalSigning.objects.exists()
    head.follows("Tải tệp về ký rồi nộp")
    head.sees("Tải bản để ký")


def test_a_text_that_was_opened_again_meanwhile_is_not_signed(open_page, world, covenant, service):
    head = the_head(open_page, world, covenant)
    head.page.evaluate("document.querySelector('[name=digest]').value = '0'.repeat(64)")
    tries(head)
    head.sees("Bản bạn đang xem không phải bản đang được ký.")
    assert service.heard == []
