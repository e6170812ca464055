"""The page of an organisation's header."""

import pytest
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db
TOLD = {"header": "youth", "superior": "Trung ương Đoàn", "place": "Nam Định", "symbol": "TĐTN"}


@pytest.fixture
def unit(client):
    unit = make.an_organization("Tỉnh đoàn", symbol="")
    client.force_login(make.user_of(make.officer(unit)))
    return unit


def text(response):
    return " ".join(response.content.decode().split())


def test_an_officer_looks_first_and_then_keeps_the_header(client, unit):
    page = reverse("organizations:letterhead", args=[unit.pk])
    assert "Chưa có ký hiệu đơn vị" in text(client.get(page))

    look = client.post(page, {**TOLD, "look": "1"})
    unit.refresh_from_db()
    assert "TRUNG ƯƠNG ĐOÀN<br>" in text(look)
    assert unit.place == ""
    kept = client.post(page, TOLD, follow=True)

    assert "Số: 05/BC-TĐTN" in text(kept)
    assert "ĐOÀN TNCS HỒ CHÍ MINH" in text(kept)
    shown = text(client.get(reverse("organizations:show", args=[unit.pk])))
    assert "ghi đầu văn bản" in shown
    assert page in shown


def test_a_symbol_with_a_blank_is_said_beside_its_field(client, unit):
    answer = client.post(
        reverse("organizations:letterhead", args=[unit.pk]), {**TOLD, "symbol": "TĐ TN"}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"symbol"}


def test_nobody_writes_anothers_header(client, unit):
    other = make.an_organization()

    page = reverse("organizations:letterhead", args=[other.pk])

    assert client.post(page, TOLD).status_code == 403
