"""A stranger with a paper in hand checks it: by its code, by its QR, by the file; on a phone."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from tests import factories as make
from tests.browser.people import Person
from tests.browser.walking import judge
from tests.conftest import PHONE
from tests.web.papers import bytes_of, saved_again
from thidua.typesetting.official import from_data

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_stranger_checks_a_paper_by_code_by_qr_and_by_file(open_page):
    covenant = make.in_force(make.a_bloc(2))
    mark = from_data(covenant.version.official).mark
    whole = bytes_of(covenant.version)
    visitor = Person(open_page(size=PHONE))

    visitor.goes("/")
    visitor.follows("Kiểm tra văn bản")
    faults = judge(visitor.page)
    visitor.fills("Mã tra cứu trên văn bản", mark.code.lower())
    visitor.presses("Xem văn bản của mã này")
    visitor.sees("Đang có hiệu lực", covenant.version.title)
    faults += judge(visitor.page)

    visitor.goes(urlsplit(mark.address).path)
    visitor.sees(covenant.version.title)
    visitor.follows("Đối chiếu tệp")
    visitor.brings("Tệp văn bản", "giao-uoc.pdf", whole)
    visitor.presses("Đối chiếu tệp")
    visitor.sees("Đúng nguyên văn")
    faults += judge(visitor.page)
    visitor.brings("Tệp văn bản", "giao-uoc.pdf", saved_again(whole))
    visitor.presses("Đối chiếu tệp")
    visitor.sees("đã bị thay đổi, hoặc do chương trình khác lưu lại")
    visitor.follows("Xem văn bản thật")
    visitor.sees("Đang có hiệu lực")

    assert faults + judge(visitor.page) == visitor.faults == []
    assert visitor.page.url.endswith(reverse("verifying:show", args=[mark.code]))
