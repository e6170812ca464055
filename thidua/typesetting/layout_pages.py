"""The rules about whole pages: paper, margins, fonts, page numbers."""

import re
from collections.abc import Iterator

from thidua.typesetting.layout_body import Body
from thidua.typesetting.layout_measures import SIZE, in_range, judged, missing, number, skipped
from thidua.typesetting.layout_parts import Parts
from thidua.typesetting.layout_rules import Finding
from thidua.typesetting.reading import MM, Page, Read, Row

A4 = (210.0, 297.0)
TIMES = ("TimesNewRoman", "LiberationSerif", "Tinos", "TeXGyreTermes", "NimbusRoman", "Times")
EXACT = 0.6  # millimetres: letters do not begin quite where their box does
ABOUT = 1.5  # the same above and below, where a line's height comes in
RISE = 0.89  # of a size: from the baseline to the top of a line
FALL = 0.22
KEPT_WHOLE = 80.0  # the last words, a signature with its space, the recipients under several


def findings(read: Read, parts: Parts, body: Body) -> Iterator[Finding]:
    """Yield what these rules came to."""
    yield _paper(read)
    yield from _margins(read, parts, body)
    yield _one_family(read)
    yield _embedded(read)
    yield from _page_numbers(read, parts)


def _paper(read: Read) -> Finding:
    for place, page in enumerate(read.pages):
        sides = sorted((page.width / MM, page.height / MM))
        if any(abs(side - right) > 1 for side, right in zip(sides, A4, strict=True)):
            told = f"{number(page.width / MM)} × {number(page.height / MM, 'mm')}"
            return judged("paper", is_met=False, measured=told, page=place)
    if read.pages[0].width > read.pages[0].height:
        return judged("paper", is_met=False, measured="297 × 210 mm", page=0)
    return judged("paper", is_met=True, measured="210 × 297 mm")


def _margins(read: Read, parts: Parts, body: Body) -> Iterator[Finding]:
    upright = [
        (place, page, rows)
        for place, page in enumerate(read.pages)
        if page.width < page.height and (rows := _inside(place, page, parts))
    ]
    if not upright:
        yield from (skipped(f"margin_{side}") for side in ("top", "bottom", "left", "right"))
        return
    sides = {
        "top": lambda page, rows: min(row.y - RISE * row.size for row in rows),
        "bottom": lambda page, rows: page.height - max(row.y + FALL * row.size for row in rows),
        "left": lambda page, rows: min(row.x0 for row in rows),
        "right": lambda page, rows: page.width - max(row.edge for row in rows),
    }
    for side, measure in sides.items():
        value, place = min((measure(page, rows) / MM, place) for place, page, rows in upright)
        off = EXACT if side in ("left", "right") else ABOUT
        key = f"margin_{side}"
        room = _more_room(side, len(upright), body)
        is_met = in_range(key, value, off=off) or (room > 0 and 20 < value < 25 + room)
        yield judged(key, is_met=is_met, measured=number(value, "mm"), page=place)


def _more_room(side: str, pages: int, body: Body) -> float:
    """Return by how many millimetres a margin may look wider than it is.

    A page ends higher where a paragraph is kept whole, or the paper is over; lines that are not
    justified end earlier.
    """
    if side == "bottom":
        return KEPT_WHOLE if pages > 1 else A4[1]
    return A4[0] if side == "right" and not body.flush else 0.0


def _inside(place: int, page: Page, parts: Parts) -> list[Row]:
    """Return the rows that keep the margins: not page numbers, nor the small print at the foot."""
    return [
        row
        for row in page.rows
        if row is not parts.numbers.get(place)
        and not (row.size <= 10 and row.y > page.height - 30 * MM)
    ]


def _one_family(read: Read) -> Finding:
    families = sorted({font.family for font in read.fonts})
    is_times = all(any(family.startswith(name) for name in TIMES) for family in families)
    told = ", ".join(families)
    return judged("font_family", is_met=is_times and len(families) == 1, measured=told)


def _embedded(read: Read) -> Finding:
    loose = sorted({font.family for font in read.fonts if not font.is_embedded})
    told = ", ".join(loose or sorted({font.family for font in read.fonts}))
    return judged("font_embedded", is_met=not loose, measured=told)


def _page_numbers(read: Read, parts: Parts) -> Iterator[Finding]:
    first = parts.numbers.get(0)
    told = first.text if first else ""
    yield judged("page_number_first", is_met=first is None, measured=told, page=0)
    if len(read.pages) == 1:
        yield skipped("page_number")
        return
    for place, page in enumerate(read.pages[1:], start=1):
        row = parts.numbers.get(place)
        if row is None:
            yield missing("page_number", place)
            return
        if why := _wrong_number(row, page):
            yield judged("page_number", is_met=False, measured=why, page=place)
            return
    yield judged("page_number", is_met=True, measured=number(parts.numbers[1].size, "pt"), page=1)


def _wrong_number(row: Row, page: Page) -> str:
    """Say what is wrong with a page number, "" where nothing is."""
    if not re.fullmatch(r"\d+", row.text):
        return f"“{row.text}”"
    if row.y > page.height / 2:
        return f"y = {number(row.y / MM, 'mm')}"
    # In the middle of the page, or of the text between margins of 30–35 and 15–20 mm.
    if not -3 * MM < row.middle - page.width / 2 < 13 * MM:
        return f"x = {number(row.middle / MM, 'mm')}"
    if row.is_bold or row.is_italic or not in_range("page_number", row.size, off=SIZE):
        return number(row.size, "pt") + ", B" * row.is_bold + ", I" * row.is_italic
    return ""
