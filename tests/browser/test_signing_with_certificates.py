"""Certificates in a browser: the operator says whom to believe, heads sign by file and by key."""

from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp

from tests import certificates as office
from tests import factories as make
from tests.browser.people import Person
from tests.browser.walking import judge
from tests.conftest import PHONE
from tests.house.factories import an_operator
from tests.web.test_second_factor import SECRET
from thidua.documents.models import Signature, TrustRoot

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _secrets(settings, tmp_path):
    settings.HELD_KEYS_SECRET = office.SECRET
    settings.HELD_KEYS_DIR = tmp_path / "keys"


def looks_after_trust(operator: Person, world: make.World) -> list[str]:
    """Believe an authority, register one unit's certificate, hold another's key."""
    operator.goes("/he-thong/chung-thu/")
    operator.sees("Chưa tin nơi cấp nào")
    faults = judge(operator.page)
    operator.follows("Thêm nơi cấp")
    operator.fills("Tên gọi", "CA thử nghiệm")
    operator.brings("Tệp chứng thư", "ca.cer", office.authority().root)
    operator.presses("Tin nơi cấp này")
    operator.follows("Đăng ký chứng thư của đơn vị")
    faults += judge(operator.page)
    operator.fills("Đơn vị", world.members[0].name)
    operator.brings("Tệp chứng thư", "unit.cer", office.issued(0).der)
    operator.presses("Đăng ký")
    operator.sees("Đã đăng ký")
    operator.follows("Giữ một tệp khóa")
    operator.fills("Đơn vị", world.members[1].name)
    operator.brings("Tệp khóa PKCS#12", "unit.p12", office.issued(1).pkcs12(office.PASSPHRASE))
    operator.fills("Mật khẩu của tệp khóa", "sai rồi")
    operator.presses("Giữ khóa này")
    operator.sees("Mật khẩu của tệp khóa không đúng.")
    faults += judge(operator.page)
    operator.brings("Tệp khóa PKCS#12", "unit.p12", office.issued(1).pkcs12(office.PASSPHRASE))
    operator.fills("Mật khẩu của tệp khóa", office.PASSPHRASE)
    operator.presses("Giữ khóa này")
    operator.sees(f"Đã giữ khóa của {world.members[1].name}.")
    return faults + judge(operator.page)


def signs_at_the_office(head: Person, name: str) -> list[str]:
    """Fetch the file, send a wrong one, sign it with the office's tool, send it back."""
    head.follows("Ký số trên máy của đơn vị rồi nộp tệp")
    faults = judge(head.page)
    with head.page.expect_download() as fetched:
        head.page.get_by_role("link", name="Tải bản để ký").click()
    pdf = Path(fetched.value.path()).read_bytes()
    head.brings("Tệp PDF đã ký số", "giao-uoc.pdf", pdf)
    head.presses("Nộp chữ ký số")
    head.sees("Trong tệp không có chữ ký số mới nào.")
    faults += judge(head.page)
    head.brings("Tệp PDF đã ký số", "giao-uoc.pdf", office.sign(pdf, office.issued(0), name))
    head.presses("Nộp chữ ký số")
    head.sees("Còn 1 đơn vị chưa ký.", "Tải bản PDF đã ký số")
    return faults + judge(head.page)


def a_code() -> str:
    """Return the code that is good for longest: a page may take its time to come."""
    *_sooner, last = totp.yield_hotp_counters_from_time()
    return totp.format_hotp_value(totp.hotp_value(SECRET, last))


def test_a_covenant_is_signed_by_a_file_and_by_a_key_that_is_held(open_page):
    runs_it = an_operator()
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    operator, first, second = (
        Person(open_page()),
        Person(open_page()),
        Person(open_page(size=PHONE)),
    )
    operator.sits_down(runs_it)
    faults = looks_after_trust(operator, world)

    first.sits_down(world.heads[0])
    first.goes(f"/giao-uoc/{covenant.pk}/chu-ky/")
    faults += signs_at_the_office(first, office.field(covenant, world.heads[0]))

    totp.TOTP.activate(make.user_of(world.heads[1]), SECRET)
    second.sits_down(world.heads[1])
    second.goes(f"/giao-uoc/{covenant.pk}/chu-ky/")
    second.follows("Ký bằng khóa do hệ thống giữ")
    faults += judge(second.page)
    second.fills("Mã trên điện thoại", a_code())
    second.presses("Ký số giao ước")
    second.sees("Các đơn vị đã ký đủ: giao ước có hiệu lực.")

    visitor = Person(open_page())
    visitor.goes(f"/kiem-tra/{covenant.version.shown_code}/")
    visitor.sees("Chữ ký số hợp lệ", "Tải bản PDF có chữ ký số")
    faults += judge(visitor.page)
    assert faults + operator.faults + first.faults + second.faults + visitor.faults == []
    assert set(Signature.objects.values_list("method", flat=True)) == {"upload", "held_key"}
    assert not TrustRoot.objects.get().is_illustration
