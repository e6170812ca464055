"""How reports put numbers into words: what the hints look for. Vietnamese in every language."""

import re
from decimal import Decimal

_BLANK = " \u00a0\u202f"
NUMBER = rf"\d{{1,3}}(?:[.{_BLANK}]\d{{3}})+(?:,\d+)?(?!\d)|\d+\.\d{{1,2}}(?!\d)|\d+(?:,\d+)?"
ANY_NUMBER = re.compile(rf"(?<![\d.,/])(?:{NUMBER})")
FRACTION = re.compile(
    rf"(?<![\d.,/-])(?P<actual>{NUMBER})\s?/\s?(?P<target>{NUMBER})(?![\d/]|[.,]\d|-\d)"
)
# What makes of "19/5" a day and of "18/2022" a paper.
BEFORE_NO_FRACTION = re.compile(
    r"(?:ngày|dịp|lễ|tháng|quý|mùng|từ|đến|số|luật|lệnh|nghị quyết|nghị định|quyết định|chỉ thị|"
    r"kế hoạch|thông tư|hướng dẫn|công văn|báo cáo|kết luận|quy định)\s*$",
    re.IGNORECASE,
)
# "đạt 390 %" and "vượt mức 290 %"; what compares with another year is no claim on the target.
CLAIM = re.compile(
    r"\b(?:(?P<exceeds>vượt)|đạt)(?:\s+(?:mức|tỷ lệ|tỉ lệ|chỉ tiêu|kế hoạch|là|được))*\s*:?\s*"
    r"(?:(?P<at_least>trên|hơn)|(?P<about>gần|khoảng|xấp xỉ|dưới))?\s*"
    rf"(?P<percent>{NUMBER})\s?%(?!\s*so với (?!kế hoạch|chỉ tiêu))",
    re.IGNORECASE,
)
BEFORE_NO_CLAIM = re.compile(
    r"(?:chưa|không|phấn đấu|mục tiêu|dự kiến|sẽ|để|cần|phải|đạt và|đạt,|đạt hoặc)\s*$",
    re.IGNORECASE,
)
_LEAD = r"\b(?:bao gồm|gồm|trong đó)\b"
# A list goes on to the end of the sentence or bracket, or to the next list; a dot within a number
# ends nothing.
_LIST = rf"(?P<parts>(?:(?!{_LEAD})(?:[^().\n]|(?<=\d)\.(?=\d))){{3,400}})"
TOTAL = re.compile(
    rf"\b(?:tổng cộng|tổng số|tổng|cộng)\s*:?\s*(?:là\s*|có\s*)?(?P<total>{NUMBER})(?!\s?%|[\d/])"
    rf"(?P<unit>[^\d().;:\n%]{{0,60}})[(,:]?\s*\b(?:bao gồm|gồm)\b\s*:?\s*{_LIST}",
    re.IGNORECASE,
)
PARTS = re.compile(rf"{_LEAD}\s*:?\s*{_LIST}", re.IGNORECASE)
SHARE = re.compile(rf"\bchiếm\s+(?:tỷ lệ\s+|tỉ lệ\s+)?(?P<percent>{NUMBER})\s?%", re.IGNORECASE)
BETWEEN_PARTS = re.compile(r";|,(?!\d)|\s+và\s+")
NOT_COUNTED = re.compile(
    r"\b(?:năm|quý|tháng|khóa|khoá|khối|cụm|số|đợt|lần thứ|cấp)\s+\d+(?:[/-]\d+)*", re.IGNORECASE
)
SENTENCE_END = re.compile(r"[.!?;](?=\s|$)|\n")


def number_in(text: str) -> Decimal:
    """Return the number that a text matching `NUMBER` means.

    Dots and blanks group thousands, a comma begins the decimals; a dot before one or two last
    digits does so too.
    """
    bare = re.sub(r"\s", "", text)
    if re.fullmatch(r"\d+\.\d{1,2}", bare):
        return Decimal(bare)
    return Decimal(bare.replace(".", "").replace(",", "."))


def lowered(text: str) -> str:
    """Return ``text`` in lower case, letter for letter, so that positions stay."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
