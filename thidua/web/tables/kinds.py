"""The ways to reckon points, explained to whoever writes a table, and the fields each asks for."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua.scoring.models import Criterion

Kind = Criterion.Kind
WITH_ROWS = (Kind.GRADED, Kind.BANDED)
OUTSIDE = (Kind.PENALTY, Kind.KNOCKOUT)


@dataclass(frozen=True)
class Explained:
    """One way to reckon points: when one takes it, with an example from a real table."""

    kind: Kind
    told: str | Promise
    example: str | Promise

    @property
    def label(self) -> str:
        """The kind's own name."""
        return str(self.kind.label)


EXPLAINED = [
    Explained(
        Kind.MANUAL,
        _("Người chấm tự cho điểm trong khoảng cho phép."),
        _("Ví dụ: quốc phòng - an ninh, tối đa 80 điểm."),
    ),
    Explained(
        Kind.PASS_FAIL,
        _("Chỉ có hai kết quả. Không đạt thì 0 điểm hoặc bị trừ."),
        _("Ví dụ: ký giao ước đúng hạn, đạt được 20 điểm, không ký trừ 8."),
    ),
    Explained(
        Kind.GRADED,
        _("Có sẵn vài mức, mỗi mức một số điểm; một mức được đánh dấu là điểm liệt nếu cần."),
        _("Ví dụ: báo cáo 8, 6, 4 hoặc 0 điểm."),
    ),
    Explained(
        Kind.BANDED,
        _("Điểm theo khoảng mà số đo rơi vào. Các khoảng phải liền nhau, không chồng, không hở."),
        _("Ví dụ: từ 80 % được 4 điểm; từ 60 đến dưới 80 % được 3; dưới 60 % được 2."),
    ),
    Explained(
        Kind.PROPORTIONAL,
        _("Điểm tăng đều theo phần trăm đạt so với chỉ tiêu của chính đơn vị."),
        _("Ví dụ: cứ 1 % được 2,5 điểm, nhiều nhất 250."),
    ),
    Explained(
        Kind.LEADER_RELATIVE,
        _(
            "Đạt chỉ tiêu được nửa số điểm; phần vượt so với đơn vị vượt nhiều nhất. Một đơn vị "
            "sửa số thì điểm của các đơn vị khác đổi theo."
        ),
        _("Ví dụ: tối đa 10 điểm, đơn vị vượt nhiều nhất được đủ 10."),
    ),
    Explained(
        Kind.COUNT,
        _("Mỗi lần có được một số điểm, đến mức tối đa."),
        _("Ví dụ: mỗi điển hình tiên tiến 10 điểm, nhiều nhất 20."),
    ),
    Explained(
        Kind.DEDUCT,
        _("Có sẵn điểm tối đa, mỗi lần sai trừ bớt trong chính tiêu chí này."),
        _("Ví dụ: hồ sơ đúng hạn 30 điểm, mỗi hồ sơ muộn trừ 2."),
    ),
    Explained(
        Kind.PENALTY,
        _("Mỗi lần trừ thẳng vào tổng điểm, ngoài điểm chuẩn."),
        _("Ví dụ: không phát động thi đua trừ 8 điểm."),
    ),
    Explained(
        Kind.KNOCKOUT,
        _("Không có điểm. Nếu xảy ra thì đơn vị không được xếp hạng, xếp loại."),
        _("Ví dụ: có cán bộ lãnh đạo bị kỷ luật."),
    ),
]
# What the maximum is called, where "điểm tối đa" would not be plain.
MAXIMUM = {
    Kind.PASS_FAIL: _("Điểm khi đạt"),
    Kind.DEDUCT: _("Điểm có sẵn"),
}
