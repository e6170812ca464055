"""Measure the running text: paragraphs, their indent, their spacing, whether they are justified."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median

from thidua.typesetting.layout_parts import Parts, plain
from thidua.typesetting.reading import MM, Page, Read, Row

FLUSH = 1.0 * MM  # how exactly a row must end at the margin to end there
SINGLE = 1.149  # the height of a single line of a Times-metric letter, in its size
CENTRED = 4 * MM
BASIS = re.compile(r"^(Căn cứ|Xét|Theo đề nghị|Thực hiện|Sau khi)\b")
NUMBERED = re.compile(r"^(Chương|Phần|Mục|Tiểu mục) [\dIVX]+\b|^Điều \d+\.")


@dataclass
class Paragraph:
    """Rows of one paragraph; ``page`` is counted from 0."""

    page: int
    rows: list[Row]

    @property
    def text(self) -> str:
        """Its words."""
        return plain(" ".join(row.text for row in self.rows))


def _goes_on(first: Paragraph, paragraph: Paragraph) -> bool:
    """Whether this is one of the căn cứ too: the text may begin with the same words, upright."""
    is_alike = paragraph.rows[0].is_italic == first.rows[0].is_italic
    return is_alike and not paragraph.text.endswith(":")


@dataclass
class Body:
    """What was measured of the text. Lengths in points."""

    rows: list[tuple[int, Row]] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    addressed: tuple[int, Row] | None = None
    left: float = 0.0
    right: float = 0.0
    flush: list[bool] = field(default_factory=list)
    indents: list[float] = field(default_factory=list)
    spaces: list[float] = field(default_factory=list)
    pitches: list[float] = field(default_factory=list)

    @property
    def sizes(self) -> dict[float, int]:
        """How many letters there are of each size."""
        counts: Counter[float] = Counter()
        for _page, row in self.rows:
            for word in row.words:
                counts[round(word.size * 2) / 2] += len(word.text)
        return dict(counts)

    @property
    def line_space(self) -> float | None:
        """The usual distance of lines, as a multiple of a single line."""
        return median(self.pitches) / SINGLE if self.pitches else None

    @property
    def bases(self) -> list[Paragraph]:
        """The căn cứ at the beginning."""
        found: list[Paragraph] = []
        for paragraph in self.paragraphs[:40]:
            if BASIS.match(paragraph.text) and (paragraph.text.startswith("Căn cứ") or found):
                if found and not _goes_on(found[0], paragraph):
                    break
                found.append(paragraph)
            elif found:
                break
        return found

    @property
    def headings(self) -> list[tuple[int, Row]]:
        """Rows that begin as a chapter, a section or an article does."""
        return [(page, row) for page, row in self.rows if NUMBERED.match(plain(row.text))]


def body_of(read: Read, parts: Parts) -> Body:
    """Return the measured text of the paper itself, without head, end, tables and annexes."""
    body = Body()
    stop = parts.last_page if parts.annexes else len(read.pages)
    for number, page in enumerate(read.pages[:stop]):
        if page.width < page.height:
            body.rows += [(number, row) for row in _text_rows(number, page, parts)]
    body.addressed = next((pair for pair in body.rows if is_addressed(pair[1])), None)
    body.rows = _without_addressed(body.rows)
    if not body.rows:
        return body
    turns = list(_turns(body.rows))
    body.left = min([_edge(row.x0 for _page, row in body.rows), *(low.x0 for _high, low in turns)])
    ends = [-_edge(-row.edge for _page, row in body.rows), *(high.edge for high, _low in turns)]
    body.right = max(ends)
    _gather(body)
    _measure(body)
    return body


def _without_addressed(rows: list[tuple[int, Row]]) -> list[tuple[int, Row]]:
    """Return ``rows`` without "Kính gửi" and those to whom it goes: they have their own places."""
    first = next((i for i, (_p, row) in enumerate(rows) if is_addressed(row)), None)
    if first is None:
        return rows
    after = first + 1
    while after < len(rows) and rows[after][1].x0 > rows[first][1].x0 + 1 * MM:
        after += 1
    return rows[:first] + rows[after:]


def is_addressed(row: Row) -> bool:
    """Say whether the row begins "Kính gửi"."""
    return plain(row.text).startswith("Kính gửi")


def _edge(starts: Iterable[float]) -> float:
    """Return the leftmost start that is no accident of a single row."""
    rounded = Counter(round(start) for start in starts)
    often = [start for start, count in rounded.items() if count >= 2]
    return float(min(often or rounded))


def _turns(rows: list[tuple[int, Row]]) -> Iterator[tuple[Row, Row]]:
    """Yield the first row of a paragraph with its second: a single pair tells both margins.

    A paper of short lines may have no more of them. The first is indented and full.
    """
    farthest = max(row.edge for _page, row in rows)
    for (page, high), (number, low) in itertools.pairwise(rows):
        is_below = page == number and 0 < low.y - high.y < 2.1 * high.size
        is_full = high.edge > max(low.edge, farthest - 5 * MM) - FLUSH
        if is_below and is_full and 5 * MM < high.x0 - low.x0 < 20 * MM:
            yield high, low


def _text_rows(number: int, page: Page, parts: Parts) -> Iterator[Row]:
    top = parts.head_ends + 2 if number == 0 else 0.0
    ends = [y for y in _ends(number, parts)]
    floor = min(ends, default=page.height)
    tables = list(_tables(page, top))
    for row in page.rows:
        if not top < row.y < floor or row is parts.numbers.get(number):
            continue
        if _is_small_print(row, page) or any(a < row.y < b for a, b in tables):
            continue
        yield row


def _is_small_print(row: Row, page: Page) -> bool:
    """Whether it is the code or address at the foot, or the name of a table's column."""
    return row.size <= 10 and row.y > page.height - 30 * MM


def _ends(number: int, parts: Parts) -> Iterator[float]:
    """Yield where the end of the paper begins on this page; 0 on the pages after it."""
    marks = [parts.recipients, *parts.capacity[:1]]
    for mark in marks:
        if mark is not None and number >= mark[0]:
            yield mark[1].y - 1 if number == mark[0] else 0.0


def _tables(page: Page, top: float) -> Iterator[tuple[float, float]]:
    """Yield from–to of each table: between level lines that take most of the text's width."""
    by_level: dict[int, float] = {}
    for rule in page.rules:
        if rule.top > top:
            level = round(rule.top / 1.5)
            by_level[level] = by_level.get(level, 0.0) + rule.x1 - rule.x0
    levels = sorted(level * 1.5 for level, length in by_level.items() if length > 0.35 * page.width)
    if len(levels) > 1:
        # Each table apart would need its upright lines; text between two tables is rarely long.
        yield from _joined(levels)


def _joined(levels: list[float]) -> Iterator[tuple[float, float]]:
    start = levels[0]
    for before, level in itertools.pairwise(levels):
        if level - before > 90 * MM:
            yield start - 2, before + 2
            start = level
    yield start - 2, levels[-1] + 2


def _gather(body: Body) -> None:
    """Part the rows into paragraphs: a new one begins at an indent, a gap, after a short row."""
    above: tuple[int, Row] | None = None
    for page, row in body.rows:
        if above is None or _begins(body, above, (page, row)):
            body.paragraphs.append(Paragraph(page, [row]))
        else:
            body.paragraphs[-1].rows.append(row)
        above = (page, row)


def _begins(body: Body, above: tuple[int, Row], here: tuple[int, Row]) -> bool:
    (page, before), (number, row) = above, here
    if row.x0 > body.left + 2 * MM:
        return True
    if number == page and row.y - before.y > 2.1 * row.size:
        return True
    return before.x1 < body.right - 0.25 * (body.right - body.left)


def _measure(body: Body) -> None:
    middle = (body.left + body.right) / 2
    for paragraph in body.paragraphs:
        rows = paragraph.rows
        is_centred = abs(rows[0].middle - middle) < CENTRED and rows[0].x1 < body.right - 5 * MM
        if is_centred and rows[0].x0 > body.left + 15 * MM:
            continue
        if len(rows) > 1:
            body.flush += [_is_flush(row, body.right) for row in rows[:-1]]
            body.pitches += _pitches(rows)
        if len(rows) > 1 or rows[0].x1 > body.right - 0.4 * (body.right - body.left):
            body.indents.append(rows[0].x0 - body.left)
    usual = median(body.pitches) if body.pitches else SINGLE
    for before, after in zip(body.paragraphs, body.paragraphs[1:], strict=False):
        gap = after.rows[0].y - before.rows[-1].y
        if before.page == after.page and len(before.rows) > 1 and 0 < gap < 60:
            body.spaces.append(gap - usual * after.rows[0].size)


def _is_flush(row: Row, right: float) -> bool:
    return min(abs(row.x1 - right), abs(row.edge - right)) < FLUSH


def _pitches(rows: list[Row]) -> list[float]:
    pairs = itertools.pairwise(rows)
    return [(low.y - high.y) / high.size for high, low in pairs if low.y > high.y]
