"""Pages of the book of outgoing papers."""

from io import BytesIO

import pypdfium2
import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests import factories as make
from tests.documents.factories import a_number
from tests.web.counting import cost_of
from thidua.core import clock
from thidua.documents.actions import cancel_number, open_book
from thidua.documents.models import Number, NumberBook

pytestmark = pytest.mark.django_db
INDEX = "/so-van-ban/"


@pytest.fixture
def issuer():
    return make.an_organization("Liên đoàn Lao động tỉnh", symbol="LĐLĐ", place="Nam Định")


@pytest.fixture
def officer(client, issuer):
    acting = make.officer(issuer)
    client.force_login(make.user_of(acting))
    return acting


def text(response):
    return " ".join(response.content.decode().split())


def told(**facts):
    usual = {"kind": "BC", "dated": clock.today().isoformat(), "title": "Báo cáo năm"}
    return usual | facts


def test_the_book_costs_the_same_for_one_and_for_three(client, issuer, officer):
    a_number(issuer, officer, 1)
    one = cost_of(client, INDEX)

    a_number(issuer, officer, 2)
    a_number(issuer, officer, 3, kind="KH")

    assert cost_of(client, INDEX) == one <= 15


def test_a_number_is_taken_then_cancelled_and_stays_in_the_book(client, officer):
    answer = client.post(reverse("numbers:take"), told(number="05"), follow=True)
    number = Number.objects.get()
    assert "Đã lấy số 05/BC-LĐLĐ" in text(answer)
    answer = client.post(
        reverse("numbers:cancel", args=[number.pk]), {"reason": "Ghi nhầm"}, follow=True
    )

    assert "hủy số văn bản: Ghi nhầm" in text(answer)
    assert "đã hủy" in text(client.get(INDEX))


def test_a_number_that_is_taken_is_said_beside_its_field_and_nothing_is_lost(
    client, issuer, officer
):
    """two officers issuing the same number: on the page."""
    a_number(issuer, officer, 5)

    answer = client.post(reverse("numbers:take"), told(number="5", title="Kế hoạch gõ dở"))

    assert answer.status_code == 422
    assert "đã dùng cho “Báo cáo năm”" in text(answer)
    assert answer.context["form"].errors.keys() == {"number"}
    assert "Kế hoạch gõ dở" in text(answer)


@pytest.mark.parametrize("typed", ["05/BC", "１２", "-1", "9" * 40])
def test_what_is_no_number_is_said_beside_its_field(client, officer, typed):
    answer = client.post(reverse("numbers:take"), told(number=typed))

    assert answer.context["form"].errors.keys() == {"number"}


def test_the_book_is_found_by_year_kind_and_words_without_marks(client, issuer, officer):
    a_number(issuer, officer, 1, title="Báo cáo tổng kết")
    a_number(issuer, officer, 1, kind="KH", title="Kế hoạch ký giao ước")

    assert "Báo cáo tổng kết" not in text(client.get(INDEX, {"q": "giao uoc"}))
    assert "Kế hoạch ký" not in text(client.get(INDEX, {"loai": "BC", "nam": ""}))
    assert "Sổ chưa có số nào" in text(client.get(INDEX, {"nam": "1999"}))


def test_only_a_head_lets_the_program_give_numbers_out(client, issuer, officer):
    books = reverse("numbers:books")
    facts = {"kind": "BC", "year": str(clock.today().year), "first": "12"}
    assert client.post(books, facts).status_code == 403
    client.force_login(make.user_of(make.head(issuer)))

    assert "Từ nay chương trình cấp số Báo cáo" in text(client.post(books, facts, follow=True))
    assert client.post(books, facts).status_code == 422
    client.post(reverse("numbers:take"), told())
    assert Number.objects.get().number == 12
    client.post(reverse("numbers:close_book", args=[NumberBook.objects.get().pk]))

    assert not NumberBook.objects.exists()


def test_another_organisations_book_is_not_there(client, issuer, officer):
    other = make.an_organization()
    number = a_number(other, make.officer(other))

    assert client.get(reverse("numbers:show", args=[number.pk])).status_code == 404
    assert number.title not in text(client.get(INDEX))


def test_the_workbook_has_every_line_as_text(client, issuer, officer):
    cancel_number(a_number(issuer, officer, 1), by=officer, reason="Nhầm")
    a_number(issuer, officer, 2, title="=1+1")

    answer = client.get(reverse("numbers:workbook"))

    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)[1:]
    assert [row[0] for row in rows] == ["01/BC-LĐLĐ", "02/BC-LĐLĐ"]
    assert rows[0][1] == clock.today()
    assert rows[0][5] == "Đã hủy: Nhầm"
    assert rows[1][2] == "Báo cáo: =1+1"


def test_the_paper_has_the_header_and_every_line_on_a_wide_page(client, issuer, officer):
    open_book(issuer, kind="TB", year=clock.today().year, by=officer)
    a_number(issuer, officer, None, kind="TB", title="Thông báo kết quả #1 $x$")

    answer = client.get(reverse("numbers:paper"))

    assert answer["Content-Type"] == "application/pdf"
    with pypdfium2.PdfDocument(answer.content) as pdf:
        words = [page.get_textpage().get_text_range() for page in pdf]
        assert "LIÊN ĐOÀN LAO ĐỘNG TỈNH" in words[0]
        assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in words[0]
        assert pdf[len(pdf) - 1].get_width() > pdf[len(pdf) - 1].get_height()
        assert "01/TB-LĐLĐ" in words[-1]
        assert "#1 $x$" in words[-1]
