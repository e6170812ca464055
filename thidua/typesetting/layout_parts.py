"""Find the parts of a paper on its pages: which row is the motto, which the number, which the name.

Found by their words and places, not by their sizes, so that a part that is set wrongly is still
found and can be measured.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from thidua.typesetting.official import HeaderStyle
from thidua.typesetting.reading import MM, Page, Read, Row, Rule

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
STATES = (STATE, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")
MOTTO = "Độc lập - Tự do - Hạnh phúc"
OTHER_HEADS: dict[str, HeaderStyle] = {
    "ĐẢNG CỘNG SẢN VIỆT NAM": "party",
    "ĐOÀN TNCS HỒ CHÍ MINH": "youth",
}
DATE = re.compile(r"\bngày\s*(?P<day>[\d.…_]*)\s*tháng\s*(?P<month>[\d.…_]*)\s*năm\s*(?P<year>\d*)")
SYMBOL = re.compile(r"^Số\b\s*(?P<colon>:?)\s*(?P<number>\d*)[\s.…]*(?P<rest>[/-].*)?")
ANNEX = re.compile(r"^PHỤ LỤC\b")
TOP = 25 * MM  # where a page begins after its number
HEAD_ENDS = 0.45  # of the page's height: the head of a paper is above this


@dataclass
class Parts:
    """The rows of each part on the first page, and the rest of the paper by page number."""

    style: HeaderStyle = "state"
    state: Row | None = None
    motto: Row | None = None
    superior: list[Row] = field(default_factory=list)
    issuer: list[Row] = field(default_factory=list)
    symbol: Row | None = None
    letter_title: list[Row] = field(default_factory=list)
    place: Row | None = None
    type_name: Row | None = None
    title: list[Row] = field(default_factory=list)
    recipients: tuple[int, Row] | None = None
    recipients_list: list[Row] = field(default_factory=list)
    capacity: list[tuple[int, Row]] = field(default_factory=list)
    signer: tuple[int, Row] | None = None
    annexes: list[tuple[int, list[Row]]] = field(default_factory=list)
    numbers: dict[int, Row] = field(default_factory=dict)

    @property
    def head_ends(self) -> float:
        """The lowest baseline of the head."""
        rows = [self.state, self.motto, self.symbol, self.place, self.type_name]
        rows += [*self.superior, *self.issuer, *self.letter_title, *self.title]
        return max((row.y for row in rows if row is not None), default=0.0)

    @property
    def is_draft(self) -> bool:
        """Whether its number is still a blank: then nobody has signed it either."""
        found = SYMBOL.match(plain(self.symbol.text)) if self.symbol else None
        return found is not None and not found["number"]

    @property
    def last_page(self) -> int:
        """Where the paper itself ends and its annexes begin, counted from 0; -1 without annexes."""
        return self.annexes[0][0] if self.annexes else -1


def plain(text: str) -> str:
    """Return ``text`` composed, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_capitals(text: str) -> bool:
    """Say whether all letters are capitals, and there are some."""
    return text == text.upper() and text != text.lower()


def rule_under(page: Page, row: Row, *, within: float = 6 * MM) -> Rule | None:
    """Return the level line that stands under ``row``, about its middle."""
    near = [
        rule
        for rule in page.rules
        if 0 < rule.top - row.y + 1 < within and rule.x0 < row.middle < rule.x1
    ]
    return min(near, key=lambda rule: rule.top, default=None)


def parts_of(read: Read) -> Parts:
    """Return what was found; a part that is not there is None or empty."""
    parts = Parts(numbers=_page_numbers(read.pages))
    parts.annexes = list(_annexes(read.pages))
    first = read.pages[0]
    _find_head(parts, first)
    _find_title(parts, first)
    _find_end(parts, read.pages)
    return parts


def _find_head(parts: Parts, page: Page) -> None:
    top = [row for row in page.rows if row.y < HEAD_ENDS * page.height]
    half = page.width / 2
    for row in top:
        text = plain(row.text)
        if parts.state is None and text.upper() in STATES:
            parts.state = row
        elif parts.motto is None and _squeezed(text) == _squeezed(MOTTO):
            parts.motto = row
        elif text.upper() in OTHER_HEADS and row.middle > half:
            parts.style, parts.state = OTHER_HEADS[text.upper()], row
        elif parts.symbol is None and SYMBOL.match(text) and row.x0 < half:
            parts.symbol = row
        elif parts.place is None and DATE.search(text) and row.middle > half:
            parts.place = row
    _find_issuer(parts, page, top)
    _find_letter_title(parts, top, half)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s–—-]+", "", text).casefold()


def _find_issuer(parts: Parts, page: Page, top: list[Row]) -> None:
    """Rows at the left above the number; the line stands under the issuing body."""
    half = page.width / 2
    floor = parts.symbol or parts.place or parts.motto
    if floor is None:
        return
    limit = floor.y + (14 * MM if floor is parts.motto else 0)
    left = [
        row for row in top if row.x1 < half + 3 * MM and row.y < limit and row is not parts.symbol
    ]
    left = [row for row in left if not row.text.isdigit() and is_capitals(row.text)]
    lined = next((i for i in range(len(left) - 1, -1, -1) if rule_under(page, left[i])), None)
    last = len(left) - 1 if lined is None else lined
    first = last
    while first > 0 and left[first - 1].is_bold:
        first -= 1
    parts.superior, parts.issuer = left[: max(first, 0)], left[max(first, 0) :]


def _find_letter_title(parts: Parts, top: list[Row], half: float) -> None:
    if parts.symbol is None:
        return
    below = [row for row in top if row.y > parts.symbol.y and row.x0 < half]
    for row in below:
        if row.text.startswith("V/v"):
            parts.letter_title = [row]
        elif parts.letter_title and row.x1 < half and row.y - parts.letter_title[-1].y < 24:
            parts.letter_title.append(row)
        elif parts.letter_title:
            break


def _find_title(parts: Parts, page: Page) -> None:
    """The type's name is the first row in capitals, in the middle, under the head."""
    if parts.letter_title:
        return
    above = parts.head_ends
    middle = page.width / 2 + 6 * MM  # the middle of the text, for margins of 30 and 18
    under = [row for row in page.rows if row.y > above + 2 and row.y < 0.7 * page.height]
    for place, row in enumerate(under):
        if is_capitals(row.text) and abs(row.middle - middle) < 12 * MM:
            parts.type_name = row
            parts.title = _title_after(row, under[place + 1 :], page)
            return


def _title_after(name: Row, rows: list[Row], page: Page) -> list[Row]:
    """Rows close under the name, about the same middle, down to the line."""
    title: list[Row] = []
    above = name
    for row in rows:
        if rule_under(page, above) and title:
            break
        if row.y - above.y > 28 or abs(row.middle - name.middle) > 4 * MM:
            break
        if row.text.startswith(("Căn cứ", "Kính gửi", "Điều ", "Chương ")):
            break
        title.append(row)
        above = row
    return title


def _find_end(parts: Parts, pages: list[Page]) -> None:
    stop = parts.last_page if parts.annexes else len(pages)
    found = [
        (number, row)
        for number in range(stop)
        for row in pages[number].rows
        if plain(row.text).startswith("Nơi nhận")
    ]
    if found:
        parts.recipients = number, start = found[-1]
        parts.recipients_list = _listed(pages[number], start)
        if not parts.recipients_list and number + 1 < stop:
            top = Row((replace(start.words[0], y=TOP),))
            parts.recipients_list = _listed(pages[number + 1], top)
    for place, above in _signed_at(parts.recipients, stop):
        if _find_signature(parts, place, pages[place], above):
            return


def _signed_at(recipients: tuple[int, Row] | None, stop: int) -> Iterator[tuple[int, float]]:
    """Yield where the signature may be: beside "Nơi nhận", above it, on the last page before."""
    last = stop - 1
    if recipients is not None:
        last = recipients[0]
        yield last, recipients[1].y - 14 * MM
        yield last, max(recipients[1].y - 80 * MM, 0)
        last -= 1
    yield from ((number, 0.0) for number in range(last, -1, -1))


def _listed(page: Page, start: Row) -> list[Row]:
    """Return the rows close under ``start`` in the left half."""
    above, found = start, []
    for row in page.rows:
        if row.y <= start.y or row.x0 > page.width / 2 - 5 * MM:
            continue
        if row.y - above.y > 9 * MM:
            break
        found.append(row)
        above = row
    return found


def _find_signature(parts: Parts, number: int, page: Page, above: float) -> bool:
    """Capitals at the right after the text; under them the name."""
    floor = parts.head_ends + 5 * MM if number == 0 else 0.0
    right = [
        row
        for row in page.rows
        if row.x0 > 0.42 * page.width and row.y > max(above, floor) and len(row.text) > 2
    ]
    capitals = [row for row in right if is_capitals(row.text) and not row.text.isdigit()]
    if not capitals:
        return False
    first = capitals[0]
    block = [row for row in capitals if row.y - first.y < 30 * MM and _same_middle(row, first)]
    parts.capacity = [(number, row) for row in block]
    below = [
        row
        for row in right
        if row.y > block[-1].y + 8 * MM and _same_middle(row, first) and _is_a_name(row.text)
    ]
    parts.signer = (number, below[0]) if below else None
    return True


def _same_middle(row: Row, other: Row) -> bool:
    return abs(row.middle - other.middle) < 12 * MM


def _is_a_name(text: str) -> bool:
    words = plain(text).partition("(")[0].split()  # "(minh họa)" is no part of a name
    return 2 <= len(words) <= 8 and all(word[:1].isupper() for word in words)


def _annexes(pages: list[Page]) -> Iterator[tuple[int, list[Row]]]:
    for number, page in enumerate(pages[1:], start=1):
        rows = [row for row in page.rows if not row.text.isdigit()]
        if rows and ANNEX.match(plain(rows[0].text).upper()):
            yield number, rows[:6]


def _page_numbers(pages: list[Page]) -> dict[int, Row]:
    """Return rows that are a number alone, in the margin at the top or at the bottom."""
    found = {}
    for number, page in enumerate(pages):
        for row in page.rows:
            in_margin = row.y < 22 * MM or row.y > page.height - 20 * MM
            if in_margin and re.fullmatch(r"[-–]?\s*(\d{1,3}|[ivxIVX]{1,5})\s*[-–]?", row.text):
                found[number] = row
                break
    return found
