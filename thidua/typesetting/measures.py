"""Millimetres and points of an official paper: NĐ 30/2020/NĐ-CP, Phụ lục I (domain.md 7.3).

Where the decree leaves a span, the value stands inside it. PDF and Word are set from these alone.
"""

from dataclasses import asdict, dataclass
from typing import Any

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Measures:
    """Lengths: names in ``_mm`` are millimetres, all others points; shares have no unit."""

    width_mm: float = 210
    height_mm: float = 297
    top_mm: float = 20  # 20-25
    bottom_mm: float = 20  # 20-25
    left_mm: float = 30  # 30-35
    right_mm: float = 15  # 15-20
    indent_mm: float = 12.7  # 10 or 12.7
    gap: float = 6  # between paragraphs, at least 6
    leading: float = 1.25  # from one line to the next, in sizes: 1.15 is single, 1.72 is 1.5 lines
    page_number: float = 14  # 13-14
    national: float = 13  # quốc hiệu, 12-13
    motto: float = 14  # tiêu ngữ, 13-14
    issuer: float = 13  # superior and issuing body, 12-13
    number: float = 13  # số, ký hiệu
    place: float = 14  # địa danh, ngày tháng, 13-14 italic
    type_name: float = 14  # tên loại, 13-14
    title: float = 14  # trích yếu, 13-14
    about: float = 13  # V/v, 12-13
    body: float = 14  # 13-14
    table: float = 13  # 13-14
    table_wide: float = 12  # of more columns than the paper is wide for
    signer: float = 14  # capacity and name, 13-14
    parties: float = 13  # the same where several sign one paper
    means: float = 11  # by what means it was signed: not in the decree
    recipients_head: float = 12
    recipients: float = 11
    annex: float = 14
    mark: float = 10  # code and address: not in the decree
    qr_mm: float = 18
    watermark: float = 90
    line_share: float = 0.4  # under body and title: 1/3-1/2 of the words
    most_right: float = 0.66  # of the text's width, for quốc hiệu, place and day
    many_columns: int = 8

    def text_width(self, *, is_wide: bool = False) -> float:
        """Return the points between the left and the right margin."""
        across = self.height_mm if is_wide else self.width_mm
        return (across - self.left_mm - self.right_mm) * POINTS_PER_MM

    @property
    def height(self) -> float:
        """The page's height in points."""
        return self.height_mm * POINTS_PER_MM

    def table_size(self, columns: int, *, is_wide: bool = False) -> float:
        """Return the letters' size in a table: smaller where the columns would crowd."""
        most = self.many_columns + 4 if is_wide else self.many_columns
        return self.table if columns < most else self.table_wide

    def as_data(self) -> dict[str, Any]:
        """Return them as JSON knows them."""
        return asdict(self)


DECREE = Measures()
