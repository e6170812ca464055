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
    ("setup:look", _("Tên, biểu trưng, liên hệ"), _("Những gì hiện ở đầu và cuối mỗi trang.")),
    ("setup:slogan", _("Chủ đề năm"), _("Chủ đề, khẩu hiệu của năm, hiện ở trang chủ.")),
    ("setup:mail", _("Máy chủ gửi thư"), _("Thư đi bằng hộp thư nào; gửi thư thử.")),
    ("inbox:outbox", _("Thư đã gửi và chưa gửi được"), _("Xem thư nào chưa đi, gửi lại.")),
    ("jobs:index", _("Việc chạy nền"), _("Việc đang chạy, đang chờ, và việc hỏng.")),
    ("imports:index", _("Nhập từ bảng tính"), _("Đơn vị, khối, người, tài khoản từ Excel, CSV.")),
    ("accounts:invitations", _("Tài khoản và lời mời"), _("Mời người, in phiếu, xem ai chưa vào.")),
    ("accounts:all", _("Mọi tài khoản"), _("Tìm tài khoản, cấp lại phiếu, khóa, mở.")),
    ("organizations:index", _("Đơn vị"), _("Nhập, sửa, đổi tên, sắp xếp các đơn vị.")),
    ("keeping:index", _("Sao lưu"), _("Các bản sao lưu, lịch sao lưu, bản thử phục hồi.")),
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
