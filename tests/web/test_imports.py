"""Pages of imports: brought, previewed, confirmed, taken back; seen by one's own body alone."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.imports.sheets import brought, rows_of, unit, upload, xlsx
from tests.web.counting import cost_of
from thidua.imports.actions.writing import confirm_import
from thidua.imports.models import Import
from thidua.organizations.models import Organization

pytestmark = pytest.mark.django_db
BRING = "/nhap-lieu/don-vi/"


@pytest.fixture
def board(client):
    acting = make.board(make.an_organization("Ban Thi đua tỉnh", kind="board"))
    client.force_login(make.user_of(acting))
    return acting


def text(response):
    return " ".join(response.content.decode().split())


def page(imported):
    return reverse("imports:show", args=[imported.pk])


def test_a_sheet_is_brought_previewed_and_confirmed(client, board):
    rows = rows_of("organizations", unit("Hội A"), unit("Hội B", parent="Hội A"))

    answer = client.post(BRING, {"file": upload(xlsx(rows))})
    preview = text(client.get(answer.url))
    assert "Nhập vào hệ thống</button>" in preview
    assert Organization.objects.filter(name="Hội A").count() == 0

    imported = Import.objects.get()
    client.post(reverse("imports:confirm", args=[imported.pk]))
    result = text(client.get(page(imported)))

    made = Organization.objects.get(name="Hội B")
    assert f'<a href="{reverse("organizations:show", args=[made.pk])}">Hội B</a>' in result
    assert "Gỡ lần nhập này" in result


def test_an_error_stands_with_its_row_cell_and_sentence_and_the_button_is_off(client, board):
    rows = rows_of("organizations", unit("Hội A", level="thiên hà"))

    answer = client.post(BRING, {"file": upload(xlsx(rows))}, follow=True)

    shown = text(answer)
    assert "“thiên hà” không có trong danh sách" in shown
    assert ">D2<" in shown
    assert "Còn 1 lỗi." in shown
    assert reverse("imports:confirm", args=[Import.objects.get().pk]) not in shown


def test_what_cannot_be_read_is_told_beside_the_file_and_nothing_is_kept(client, board):
    answer = client.post(BRING, {"file": upload(xlsx([]), "trong.pdf")})

    assert answer.status_code == 422
    assert "Tên tệp kết thúc bằng" in text(answer)
    assert Import.objects.count() == 0


def test_unknown_headings_are_told_by_hand(client, board):
    rows = [["A", "B"], ["Hội A", "x"]]
    client.post(BRING, {"file": upload(xlsx(rows))})
    imported = Import.objects.get()
    address = reverse("imports:columns", args=[imported.pk])
    assert "Cần bạn chỉ giúp vài cột" in text(client.get(page(imported)))

    twice = {"c0": "name", "c1": "name", "header_row": "1"}
    assert "đang được chọn cho hai cột" in text(client.post(address, twice))
    told = {"c0": "name", "header_row": "1", "all-kind": "social", "all-level": "province"}
    client.post(address, told)

    imported.refresh_from_db()
    assert (imported.state, imported.found["counts"]["make"]) == ("checked", 1)


def test_a_row_that_means_what_is_there_is_asked_about(client, board):
    there = make.an_organization("Hội Nông dân", short_name="HND")
    client.post(BRING, {"file": upload(xlsx(rows_of("organizations", unit("HND"))))})
    imported = Import.objects.get()
    assert imported.found["counts"]["make"] == 0
    assert "Đã có, dùng lại: Hội Nông dân" in text(client.get(page(imported)))
    assert "Còn 1 chỗ cần bạn chọn." in text(client.get(page(imported)))

    client.post(reverse("imports:choose", args=[imported.pk]), {"2:name": str(there.pk)})

    imported.refresh_from_db()
    assert (imported.found["counts"]["open"], imported.found["counts"]["keep"]) == (0, 1)


def test_an_import_is_taken_back_from_its_page(client, board):
    rows = rows_of("organizations", unit("Hội A"))
    imported = confirm_import(brought("organizations", rows, board), by=board)
    address = reverse("imports:undo", args=[imported.pk])
    assert "Gỡ tất cả những gì" in text(client.get(address))

    client.post(address)

    assert Organization.objects.filter(name="Hội A").count() == 0
    assert "đã gỡ" in text(client.get(page(imported)))


def test_another_body_sees_nothing_of_it(client, board):
    rows = rows_of("organizations", unit("Hội A"))
    imported = brought("organizations", rows, board)
    other = make.board(make.an_organization("Ban khác", kind="board"))
    client.cookies.clear()
    client.force_login(make.user_of(other))

    assert client.get(page(imported)).status_code == 404
    assert client.get(reverse("imports:file", args=[imported.pk])).status_code == 404
    assert "bang.xlsx" not in text(client.get("/nhap-lieu/"))


def test_a_member_may_not_import(client):
    client.force_login(make.user_of(make.a_visitor_with_account()))

    assert client.get("/nhap-lieu/").status_code == 403
    assert client.get("/nhap-lieu/tai-khoan/hien-co.xlsx").status_code == 403


def test_the_list_and_a_result_cost_the_same_for_one_and_for_three(client, board):
    costs = []
    for names in (["A"], ["B", "C", "D"]):
        for name in names:
            rows = rows_of("organizations", *(unit(f"Hội {name}{n}") for n in range(len(names))))
            imported = confirm_import(brought("organizations", rows, board), by=board)
        costs.append((cost_of(client, "/nhap-lieu/"), cost_of(client, page(imported))))

    assert costs[0] == costs[1]
    assert max(costs[0]) <= 15


def test_each_kind_has_its_page_and_form(client, board):
    for slug in ("don-vi", "khoi-cum", "nguoi", "tai-khoan"):
        assert client.get(f"/nhap-lieu/{slug}/").status_code == 200
        form = client.get(f"/nhap-lieu/{slug}/mau.xlsx")
        assert b"".join(form.streaming_content).startswith(b"PK")
        assert client.get(f"/nhap-lieu/{slug}/hien-co.csv").status_code == 200
