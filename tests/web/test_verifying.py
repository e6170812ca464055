"""The page that checks papers: by code, by QR, by SHA-256, without an account."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests import factories as make
from tests.many import more_like
from tests.tampering import alter
from tests.web.counting import cost_of
from tests.web.papers import SECRET, a_paper
from thidua.core import clock
from thidua.covenants.actions.freezing import amend_covenant, freeze_covenant, unfreeze_covenant
from thidua.documents.actions import withdraw_paper
from thidua.typesetting.official import from_data
from thidua.web.verifying import limits

pytestmark = pytest.mark.django_db
MOST = 15


@pytest.fixture
def world():
    return make.a_bloc(3)


def page_of(client, code: str, status: int = 200) -> str:
    """Return the page of a code."""
    response = client.get(reverse("verifying:show", args=[code]))
    assert response.status_code == status
    return response.content.decode()


def test_the_qr_leads_to_the_paper(client, world):
    covenant = make.in_force(world)
    address = from_data(covenant.version.official).mark.address

    page = client.get(urlsplit(address).path).content.decode()

    assert covenant.version.title in page
    assert "Đang có hiệu lực" in page


def test_a_covenant_in_force_is_told_whole_with_the_legal_standing_of_each_signature(client, world):
    covenant = make.in_force(world)
    page = page_of(client, covenant.version.shown_code)

    for head in world.heads:
        assert head.organization.name in page
        assert head.user.name in page
    assert "CHỦ TỊCH" in page
    assert "không phải chữ ký số" in page
    assert "Xác nhận trong hệ thống bằng mật khẩu" in page
    assert covenant.version.digest in page
    assert reverse("covenants:show", args=[covenant.pk]) in page


def test_of_a_covenant_that_is_being_signed_a_visitor_reads_only_what_it_is(client, world):
    covenant = make.a_frozen_covenant(world)
    make.sign(covenant, world.heads[0])
    page = page_of(client, covenant.version.shown_code)

    assert "Bản giao ước thi đua" in page
    assert "chưa có hiệu lực" in page
    assert "không công khai" in page
    assert world.heads[0].user.name not in page
    assert covenant.version.digest not in page
    client.force_login(make.user_of(world.heads[1]))
    assert world.heads[0].user.name in page_of(client, covenant.version.shown_code)


def test_a_paper_that_is_not_public_shows_no_title_no_words_no_names(client):
    version = a_paper("Chuyện nội bộ")
    page = page_of(client, version.shown_code)

    for told in ("Kế hoạch", "05/KH-KTĐ", "KHỐI THI ĐUA THỬ", "Đã ban hành"):
        assert told in page
    for kept in ("Chuyện nội bộ", SECRET, version.digest):
        assert kept not in page


def test_a_text_that_was_opened_again_has_no_worth(client, world):
    leader = world.heads[0]
    covenant = make.a_frozen_covenant(world)
    code, digest = covenant.version.shown_code, covenant.version.digest
    unfreeze_covenant(covenant, by=leader, reason="Sửa một chữ")

    assert "không có giá trị" in page_of(client, code)
    freeze_covenant(make.reread(covenant), by=leader, sign_by=clock.today())
    assert "không có giá trị" in page_of(client, code)
    assert "đang ký" in page_of(client, digest)  # the same words again: the one that counts


def test_an_amended_covenant_leads_to_the_one_that_took_its_place(client, world):
    leader = world.heads[0]
    old = make.in_force(world)
    new = amend_covenant(old, by=leader, reason="Thêm một điều")
    freeze_covenant(new, by=leader, sign_by=clock.today())
    new = make.reread(new)

    assert new.version.shown_code not in page_of(client, old.version.shown_code)
    for head in world.heads:
        make.sign(new, head)
    page = page_of(client, old.version.shown_code)
    assert "đã có bản thay thế" in page
    assert reverse("verifying:show", args=[new.version.shown_code]) in page


def test_a_withdrawn_paper_says_so_and_why(client, world):
    version = a_paper()
    withdraw_paper(version, by=world.heads[0], reason="Sai số liệu quý 2")

    page = page_of(client, version.shown_code)

    assert "Đã thu hồi. Lý do: Sai số liệu quý 2" in page


def test_a_corrected_paper_leads_to_the_new_one(client):
    old = a_paper()
    new = a_paper("Sửa đổi", previous=old)

    page = page_of(client, old.shown_code)

    assert "được sửa đổi bằng một bản mới" in page
    assert reverse("verifying:show", args=[new.shown_code]) in page


def test_an_invented_paper_says_minh_hoa(client):
    assert "MINH HỌA" in page_of(client, a_paper(is_illustration=True).shown_code)


def test_a_text_changed_behind_the_digest_is_told(client, world):
    """a covenant text changed behind the frozen digest (every page then says that it no longer
    matches): also the page that checks papers."""
    covenant = make.in_force(world)
    alter(covenant.version_id, text="Khác")

    assert "không còn trùng khớp" in page_of(client, covenant.version.shown_code)


@pytest.mark.parametrize("shape", ["{}", " {} ", "{}".lower()])
def test_a_code_typed_leads_to_its_page(client, shape):
    version = a_paper()
    typed = shape.format(version.code).lower()

    response = client.post(reverse("verifying:index"), {"code": typed})

    assert response.url == reverse("verifying:show", args=[version.shown_code])


def test_what_is_no_code_gets_a_sentence_beside_the_field_and_stays_typed(client):
    response = client.post(reverse("verifying:index"), {"code": "ABC<b>"})

    assert response.status_code == 422
    assert "Mã có 10 chữ và số" in response.content.decode()
    assert "ABC&lt;b&gt;" in response.content.decode()


def test_an_unknown_code_is_no_paper_of_ours(client):
    page = page_of(client, "ABCDE-23456", status=404)

    assert "Không có văn bản nào mang mã này" in page
    assert 'value="ABCDE-23456"' in page


def test_guessing_is_stopped_and_right_codes_count_for_nothing(client, monkeypatch):
    monkeypatch.setattr(limits, "MOST", 3)
    version = a_paper()
    for _n in range(5):
        page_of(client, version.shown_code)
    for _n in range(3):
        page_of(client, "ABCDE-23456", status=404)

    assert "thử sai quá nhiều lần" in page_of(client, version.shown_code, status=429)
    assert client.post(reverse("verifying:index"), {"code": version.code}).status_code == 429
    other = client.get(
        reverse("verifying:show", args=[version.shown_code]), REMOTE_ADDR="203.0.113.9"
    )
    assert other.status_code == 200
    with clock.at(clock.now() + timedelta(minutes=16)):
        page_of(client, version.shown_code)


def test_behind_a_proxy_the_address_is_what_the_proxy_saw(client, monkeypatch, settings):
    monkeypatch.setattr(limits, "MOST", 1)
    settings.BEHIND_PROXY = True
    address = reverse("verifying:show", args=["ABCDE-23456"])
    told = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7"}

    assert client.get(address, headers=told).status_code == 404
    forged = {"X-Forwarded-For": "198.51.100.2, 203.0.113.7"}
    assert client.get(address, headers=forged).status_code == 429
    assert client.get(address, headers={"X-Forwarded-For": "203.0.113.8"}).status_code == 404


def test_no_address_is_kept(client):
    page_of(client, "ABCDE-23456", status=404)

    assert not [key for key in _keys() if "127.0.0.1" in key]


def _keys() -> list[str]:
    """Return the keys in the cache, whichever kind the tests use."""
    kept = getattr(cache, "_cache", None)
    return list(kept) if kept is not None else []


def test_a_page_of_a_code_costs_the_same_for_three_members_and_more(client):
    covenant = make.in_force(world := make.a_bloc(3))
    page = reverse("verifying:show", args=[covenant.version.shown_code])
    for_three = cost_of(client, page)
    more_like(world, 2, 3)

    assert cost_of(client, page) == for_three <= MOST
    assert client.get(page).text.count(world.members[2].name) >= 4


def test_every_page_leads_here(client):
    assert reverse("verifying:index") in client.get(reverse("home")).content.decode()
