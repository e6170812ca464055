"""The operator's own page: the ways to everything that keeps the installation running."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from thidua.house.checks import State, examine
from thidua.web.access import signed_in
from thidua.web.house.setup import operator

Words = str | Promise


@dataclass(frozen=True)
class Way:
    """One card: a title, what it is for, and the address."""

    title: Words
    text: Words
    url: str


# A page that this installation does not have is left out.
WAYS: tuple[tuple[str, Words, Words], ...] = (
    ("setup:check", _("Kiểm tra"), _("Còn thiếu gì trước khi mời người khác, máy chủ có gì lạ.")),
    ("imports:index", _("Nhập từ bảng tính"), _("Đơn vị, khối, người, tài khoản từ Excel, CSV.")),
    ("accounts:list", _("Tài khoản"), _("Mời người, in phiếu, xem ai chưa vào, giúp vào lại.")),
    ("organizations:index", _("Đơn vị"), _("Nhập, sửa, đổi tên các đơn vị.")),
    ("organizations:changes", _("Sắp xếp đơn vị"), _("Hợp nhất, sáp nhập, chia tách, giải thể.")),
    ("certificates:index", _("Chứng thư và khóa"), _("Chữ ký số: tin nơi cấp nào, của ai.")),
    ("personal:find", _("Dữ liệu của một người"), _("Khi có người yêu cầu xem hoặc xóa tên.")),
    ("keeping:index", _("Sao lưu"), _("Các bản sao lưu, lịch sao lưu, lần thử phục hồi.")),
    ("inbox:outbox", _("Thư đi"), _("Thư đang chờ, thư chưa gửi được, gửi lại.")),
    ("jobs:index", _("Việc chạy nền"), _("Việc đang chạy, đang chờ, và việc không xong.")),
    ("setup:mail", _("Máy chủ gửi thư"), _("Thư đi bằng hộp thư nào; gửi thư thử.")),
    ("setup:look", _("Tên, biểu trưng, liên hệ"), _("Những gì hiện ở đầu và cuối mỗi trang.")),
    ("setup:slogan", _("Chủ đề năm"), _("Chủ đề, khẩu hiệu của năm, hiện ở trang chủ.")),
)


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the ways, and how many things are missing."""
    operator(request)
    found = examine()
    ways = [Way(title, text, url) for name, title, text in WAYS if (url := _address(name))]
    count = sum(one.finding.state is State.MISSING for one in found)
    return render(request, "house/system.html", {"ways": ways, "missing_count": count})


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
