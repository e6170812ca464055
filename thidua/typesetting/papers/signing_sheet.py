"""Phiếu ký giấy: one unit's sheet to sign a frozen paper by hand, to be photographed back.

It is no version of the paper: it names the paper by its code (and QR), its digest and its title,
leaves blanks for the head's hand, and is told apart by the page that checks files.
"""

from dataclasses import dataclass
from datetime import date

from thidua.typesetting.official import (
    Block,
    Header,
    Heading,
    Items,
    Mark,
    Official,
    Paragraph,
    Signatory,
)

BLANK = "…" * 24
SHEET_OF = "Phiếu ký giấy của văn bản có mã"
PLEDGE = (
    "Lãnh đạo đơn vị có tên trên đây đã đọc toàn văn văn bản mang mã tra cứu và mã băm ghi trên, "
    "đồng ý với nội dung và cam kết thực hiện."
)
STEPS = [
    "1. Mở mã QR ở chân trang, so mã tra cứu và mã băm với văn bản đang ký.",
    "2. Người có thẩm quyền ghi họ tên, chức vụ, ngày ký rồi ký tay, đóng dấu nếu đơn vị dùng dấu.",
    "3. Chụp hoặc quét cả trang, thấy rõ mã tra cứu và chữ ký, rồi nộp lên hệ thống.",
    "4. Giữ lại bản giấy: đó là bản có giá trị.",
]


@dataclass(frozen=True)
class SheetFacts:
    """What stands on the sheet. ``of`` is the bloc, ``unit`` who signs, ``mark`` code and QR."""

    title: str
    of: str
    unit: str
    digest: str
    mark: Mark
    made_on: date
    is_illustration: bool = False


def compose(facts: SheetFacts) -> Official:
    """Return the sheet as a paper of one page."""
    return Official(
        kind="signing_sheet",
        header=Header(body=facts.of.upper()),
        type_name="PHIẾU KÝ",
        title=facts.title,
        dated=facts.made_on,
        body=_body(facts),
        signatories=[Signatory(["THỦ TRƯỞNG ĐƠN VỊ"], party=facts.unit)],
        mark=facts.mark,
        in_decree=False,
        watermark="MINH HỌA" if facts.is_illustration else "",
    )


def _body(facts: SheetFacts) -> list[Block]:
    about = [
        f"- {SHEET_OF} {facts.mark.code}",
        f"- Mã băm SHA-256 của nguyên văn: {facts.digest}",
        f"- Đơn vị ký: {facts.unit}",
    ]
    blanks = [f"- {what}: {BLANK}" for what in ("Họ và tên người ký", "Chức vụ", "Ngày ký")]
    return [
        *(Paragraph(line, align="left") for line in about),
        Paragraph(PLEDGE),
        *(Paragraph(line, align="left") for line in blanks),
        Heading("Cách làm", level="part"),
        Items(STEPS),
    ]
