"""Pages of legal texts."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.web.counting import cost_of
from thidua.documents.models import LegalText

pytestmark = pytest.mark.django_db
INDEX = "/van-ban-phap-luat/"
TOLD = {"form": "Quyết định", "number": "15/2026/QĐ-UBND", "certainty": "read"}


@pytest.fixture
def board(client):
    acting = make.board(make.an_organization("Ban Thi đua tỉnh", kind="board"))
    client.force_login(make.user_of(acting))
    return acting


def text(response):
    return " ".join(response.content.decode().split())


def test_the_list_costs_the_same_for_one_row_and_for_three(client):
    LegalText.objects.create(key="VB1", title="Một", certainty="read")
    one = cost_of(client, INDEX)
    for n in (2, 3):
        LegalText.objects.create(key=f"VB{n}", title="Thêm", certainty="read")

    assert cost_of(client, INDEX) == one <= 15


def test_a_visitor_sees_what_was_in_force_on_a_day_and_what_is_unverified(client):
    page = text(client.get(INDEX, {"ngay": "2025-06-30", "loc": "hieu-luc"}))

    assert "98/2023/NĐ-CP" in page
    assert "152/2025/NĐ-CP</a>" not in page
    assert "chưa xác minh" in text(client.get(INDEX, {"q": "thong tu 15"}))
    assert "Chưa phải là một ngày có thật" in text(client.get(INDEX, {"ngay": "32/13/2025"}))


def test_an_expired_text_names_the_one_that_came_after(client):
    page = text(client.get(reverse("legal:show", args=["TX04"]), {"ngay": "2026-01-01"}))

    assert "đã được thay bằng Nghị định số 152/2025/NĐ-CP" in page
    assert reverse("legal:show", args=["TX08"]) in page
    assert client.get(reverse("legal:show", args=["TX99"])).status_code == 404


def test_a_board_adds_its_own_text_and_puts_right_a_shipped_one(client, board):
    answer = client.post(reverse("legal:new"), TOLD, follow=True)
    assert "Căn cứ Quyết định số 15/2026/QĐ-UBND" in text(answer)
    edit = reverse("legal:edit", args=["TX11"])
    assert 'value="28/2025/TT-BTC"' in text(client.get(edit))

    facts = {"form": "Thông tư", "number": "28/2025/TT-BTC", "since": "16/07/2025"}
    answer = client.post(edit, {**facts, "certainty": "read"}, follow=True)

    assert "sửa văn bản pháp luật, trước là Thông tư số 28/2025/TT-BTC" in text(answer)
    assert "Ban Thi đua tỉnh" in text(answer)
    assert LegalText.objects.get(key="TX11").organization == board.organization


def test_a_refusal_stands_beside_its_field_with_what_was_typed(client, board):
    wrong = {**TOLD, "since": "2026-02-01", "until": "2026-01-01", "note": "đã gõ"}

    answer = client.post(reverse("legal:new"), wrong)

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"until"}
    assert "đã gõ" in text(answer)


def test_another_board_does_not_change_what_one_has_put_right(client, board):
    client.post(reverse("legal:new"), TOLD)
    client.force_login(make.user_of(make.board(make.an_organization(kind="board"))))
    row = LegalText.objects.get()

    assert client.post(reverse("legal:edit", args=[row.key]), TOLD).status_code == 403
    assert client.get(reverse("legal:edit", args=["TX08"])).status_code == 200
