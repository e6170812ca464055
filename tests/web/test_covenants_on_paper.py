"""The pages of signing on paper: the sheet to print, the photograph, the second person."""

from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse

from tests import factories as make
from tests.covenants.sheets import a_sheet
from tests.files.samples import EXE, picture, sent
from tests.web.counting import cost_of
from tests.web.papers import drop
from thidua.core import clock
from thidua.core.text import day_text
from thidua.covenants.models import Covenant
from thidua.documents.file_words import words_of
from thidua.documents.models import PaperSheet, Signature

pytestmark = pytest.mark.django_db
MOST = 15


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def covenant(world):
    return make.a_frozen_covenant(world)


@pytest.fixture
def officer(world):
    return make.officer(world.members[2])


def enter(client, acting) -> None:
    client.force_login(make.user_of(acting))


def at(name: str, covenant: Covenant, *args: Any) -> str:
    return reverse(f"covenants:{name}", args=[covenant.pk, *args])


def brought(client, covenant, unit, **told):
    """Send the form as the page does."""
    posted = {
        "digest": covenant.version.digest,
        "organization": unit.pk,
        "signer": "khac",
        "name": "Trần Thị Ký Tay",
        "capacity": "CHỦ TỊCH",
        "signed_on": day_text(clock.today()),
        "file": sent(picture(), "phieu.jpg"),
        **told,
    }
    return client.post(at("on_paper", covenant), posted)


def test_from_the_sheet_to_the_signature(client, world, covenant, officer):
    enter(client, officer)
    assert at("on_paper", covenant) in client.get(at("show", covenant)).content.decode()
    page = client.get(at("on_paper", covenant)).content.decode()
    assert at("blank_sheet", covenant, world.members[2].pk) in page
    assert world.heads[2].user.name in page

    sheet_page = client.get(brought(client, covenant, world.members[2]).url).content.decode()
    assert "Bạn đã nộp phiếu này" in sheet_page
    sheet = PaperSheet.objects.get()
    enter(client, world.heads[0])
    assert at("sheet", covenant, sheet.pk) in client.get(at("show", covenant)).content.decode()
    page = client.get(at("sheet", covenant, sheet.pk)).content.decode()
    assert covenant.version.shown_code in page
    assert "Đúng cả, xác nhận đã ký" in page
    told = client.post(at("confirm_sheet", covenant, sheet.pk), follow=True).content.decode()

    assert "Đã xác nhận" in told
    assert "Ký tay trên giấy" in told
    assert "bản giấy là bản có giá trị" in told
    assert Signature.objects.get().method == "paper"
    public = reverse("verifying:show", args=[covenant.version.shown_code])
    assert "người thứ hai đối chiếu" in client.get(public).content.decode()
    told = client.get(at("signing_file", covenant, "json")).json()["signatures"][0]
    assert told["proof"]["photograph_sha256"] == sheet.blob.digest


@pytest.mark.programs
def test_the_sheet_names_the_paper_and_the_unit_and_is_told_apart_from_the_paper(
    client, world, covenant, officer
):
    enter(client, officer)
    response = client.get(at("blank_sheet", covenant, world.members[2].pk))
    assert response["Content-Type"] == "application/pdf"
    words = words_of(BytesIO(response.content), None)

    for told in (covenant.version.shown_code, world.members[2].name, "Họ và tên người ký"):
        assert told in words
    assert covenant.version.digest in words.replace("\n", "").replace(" ", "")
    page = drop(client, response.content, "phieu.pdf").content.decode()
    assert "phiếu để ký tay" in page


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    client, world, covenant, officer
):
    enter(client, officer)
    response = brought(client, covenant, world.members[2], file=sent(EXE, "phieu.jpg"))
    page = response.content.decode()

    assert response.status_code == 422
    assert "Chỉ nhận ảnh JPG, PNG" in page
    assert "Trần Thị Ký Tay" in page
    response = brought(client, covenant, world.members[2], signed_on="hôm qua", name="")
    assert response.status_code == 422
    assert not PaperSheet.objects.exists()


def test_a_sheet_is_seen_by_its_unit_and_by_who_compares_and_nobody_else(
    client, world, covenant, officer
):
    sheet = a_sheet(covenant, world.members[2], by=officer)
    pages = [at("sheet", covenant, sheet.pk), at("sheet_file", covenant, sheet.pk)]
    for acting, status in (
        (officer, 200),
        (world.heads[0], 200),
        (world.board, 200),
        (world.heads[1], 200),  # the deputy prepares the year too
        (make.a_visitor_with_account(), 404),
    ):
        enter(client, acting)
        for page in pages:
            response = client.get(page)
            assert response.status_code == status, (acting, page)
            if response.streaming:
                b"".join(response)
    client.logout()
    assert client.get(pages[1]).status_code == 302


def test_a_plain_member_neither_sees_nor_answers_anothers_sheet(client):
    world = make.a_bloc(4)
    covenant = make.a_frozen_covenant(world)
    sheet = a_sheet(covenant, world.members[2], by=make.officer(world.members[2]))
    enter(client, world.heads[3])

    assert client.get(at("sheet", covenant, sheet.pk)).status_code == 404
    assert client.post(at("confirm_sheet", covenant, sheet.pk)).status_code == 403
    assert client.post(at("return_sheet", covenant, sheet.pk)).status_code == 403
    assert client.get(at("blank_sheet", covenant, world.members[2].pk)).status_code == 404
    response = brought(client, covenant, world.members[2])
    assert response.status_code == 302
    assert PaperSheet.objects.count() == 1


def test_who_brought_it_is_told_why_not_to_confirm(client, world, covenant):
    sheet = a_sheet(covenant, world.members[2], by=world.heads[0])
    enter(client, world.heads[0])
    page = client.get(at("sheet", covenant, sheet.pk)).content.decode()
    assert "Đúng cả" not in page

    response = client.post(at("confirm_sheet", covenant, sheet.pk), follow=True)
    assert "không tự đối chiếu" in response.content.decode()
    assert not Signature.objects.exists()


def test_returning_needs_a_reason_and_tells_the_unit(client, world, covenant, officer):
    sheet = a_sheet(covenant, world.members[2], by=officer)
    enter(client, world.heads[0])
    response = client.post(at("return_sheet", covenant, sheet.pk), {"reason": ""})
    assert response.status_code == 422
    assert "Cần ghi lý do" in response.content.decode()

    client.post(at("return_sheet", covenant, sheet.pk), {"reason": "Ảnh mờ"})
    enter(client, officer)
    assert "Ảnh mờ" in client.get(at("on_paper", covenant)).content.decode()


def test_the_leader_chooses_whose_sheet_it_is(client, world, covenant):
    enter(client, world.heads[0])
    page = client.get(at("on_paper", covenant), {"don_vi": world.members[1].pk}).content.decode()

    assert at("blank_sheet", covenant, world.members[1].pk) in page
    for strange in ("x", "9" * 30, "-1"):
        assert client.get(at("on_paper", covenant), {"don_vi": strange}).status_code == 200
    response = brought(client, covenant, world.members[1], organization="x" * 40)
    assert response.status_code == 302
    assert not PaperSheet.objects.exists()


def test_a_covenant_in_draft_or_signed_by_all_leads_back(client, world):
    covenant = make.in_force(world)
    enter(client, world.heads[0])

    assert client.get(at("on_paper", covenant)).url == at("show", covenant)


def test_the_pages_cost_the_same_with_one_sheet_and_with_three(client):
    world = make.a_bloc(6)
    covenant = make.a_frozen_covenant(world)
    a_sheet(covenant, world.members[2], by=make.officer(world.members[2]))
    enter(client, world.heads[0])
    pages = [at("show", covenant), at("on_paper", covenant)]
    one = [cost_of(client, page) for page in pages]
    for n in (3, 4):
        photo = sent(picture(size=(40, 20 + n)), "phieu.jpg")
        a_sheet(covenant, world.members[n], by=make.officer(world.members[n]), file=photo)

    assert [cost_of(client, page) for page in pages] == one
    assert max(one) <= MOST + 5
