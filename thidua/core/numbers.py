"""Numbers as Vietnamese officers write them: "1.234" is a thousand and more, "12,5" a decimal."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from thidua.core.errors import Invalid

LIMIT = Decimal(10) ** 15
PLACES = 4
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"[+-]?\d+(?:,\d+)?")


def parse_number(text: str) -> Decimal:
    """Return the number that ``text`` means; refuse with ``Invalid`` what cannot be one.

    Dots group thousands, a comma starts the decimals; blanks count for nothing, and the
    signs that word processors write for minus are taken for it. At most four decimals, and
    below 10^15.
    """
    bare = "".join(text.split()).replace("\u2212", "-").replace("\u2013", "-")
    if not (_GROUPED.fullmatch(bare) or _PLAIN.fullmatch(bare)):
        raise Invalid(
            _("“%(typed)s” chưa phải là một số. Viết như 1.234 hoặc 12,5.") % {"typed": text[:40]}
        )
    whole, _comma, decimals = bare.replace(".", "").partition(",")
    if len(decimals.rstrip("0")) > PLACES:
        raise Invalid(_("Số có nhiều nhất bốn chữ số sau dấu phẩy."))
    if len(whole) > 16 or abs(number := Decimal(f"{whole}.{decimals or 0}")) >= LIMIT:
        raise Invalid(_("Số này quá lớn: phải nhỏ hơn 10¹⁵."))
    return number.normalize() + 0


def format_number(number: Decimal | int | None) -> str:
    """Return ``number`` as it is written in Vietnamese: 1.234,5 (no trailing zeros)."""
    if number is None:
        return ""
    text = f"{Decimal(number):,f}"
    whole, _dot, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


_POINTS = re.compile(r"[+-]?[0-9]{1,7}(?:[.,][0-9]+)?")


def parse_points(text: str) -> int:
    """Return the points that ``text`` means, in whole hundredths; refuse with ``Invalid``.

    In a mark both signs are decimal: "12,5" and "12.5" are the same. At most two decimals, and only
    the digits 0 to 9 (a "１２" of another script is refused, not guessed).
    """
    bare = "".join(text.split()).replace("\u2212", "-").replace("\u2013", "-")
    if not _POINTS.fullmatch(bare):
        raise Invalid(
            _("“%(typed)s” chưa phải là số điểm. Viết như 12 hoặc 12,5.") % {"typed": text[:40]}
        )
    whole, _dot, decimals = bare.replace(",", ".").partition(".")
    if len(decimals.rstrip("0")) > 2:
        raise Invalid(_("Điểm có nhiều nhất hai chữ số sau dấu phẩy."))
    return int(Decimal(f"{whole}.{decimals or 0}") * 100)


def format_points(points: int | None) -> str:
    """Return hundredths as points are written: 1250 → "12,5"."""
    return "" if points is None else format_number(Decimal(points) / 100)
