"""The rules about the head of a paper: quốc hiệu, tiêu ngữ, who issues it, number, date, title."""

from collections.abc import Iterator

from thidua.typesetting.layout_measures import (
    in_range,
    judged,
    missing,
    number,
    set_rows,
    skipped,
)
from thidua.typesetting.layout_parts import (
    DATE,
    MOTTO,
    SYMBOL,
    Parts,
    is_capitals,
    plain,
    rule_under,
)
from thidua.typesetting.layout_rules import Finding
from thidua.typesetting.reading import MM, Page, Row

BESIDE = 4 * MM  # how far two middles may lie apart and still be above each other


def findings(page: Page, parts: Parts) -> Iterator[Finding]:
    """Yield what these rules came to; ``page`` is the first."""
    yield from _state(page, parts)
    yield from _issuer(page, parts)
    yield _symbol(parts)
    yield _place_date(parts)
    yield from _title(page, parts)


def _state(page: Page, parts: Parts) -> Iterator[Finding]:
    if parts.style != "state":
        yield from (skipped(key) for key in ("state_name", "motto", "motto_line"))
        return
    state, motto = parts.state, parts.motto
    yield set_rows(
        "state_name",
        [state] if state else [],
        bold=True,
        also=lambda row: is_capitals(row.text) and row.middle > page.width / 2,
    )
    if motto is None:
        yield from (missing("motto"), missing("motto_line"))
        return
    yield set_rows(
        "motto",
        [motto],
        bold=True,
        also=lambda row: (
            plain(row.text) == MOTTO
            and (state is None or (abs(row.middle - state.middle) < BESIDE and row.y > state.y))
        ),
    )
    yield _line("motto_line", page, [motto], off=1)


def _line(key: str, page: Page, rows: list[Row], *, off: float = 2) -> Finding:
    """Judge the line under the last of ``rows``, in percent of the length of their words."""
    under = rule_under(page, rows[-1])
    if under is None:
        return missing(key)
    lengths = {rows[-1].x1 - rows[-1].x0, max(row.x1 - row.x0 for row in rows)}
    shares = sorted(100 * (under.x1 - under.x0) / length for length in lengths)
    is_centred = abs((under.x0 + under.x1) / 2 - rows[-1].middle) < BESIDE
    kept = [share for share in shares if in_range(key, share, off=off)]
    told = number((kept or shares)[-1], "%")
    return judged(key, is_met=is_centred and bool(kept), measured=told, page=0)


def _issuer(page: Page, parts: Parts) -> Iterator[Finding]:
    if parts.superior:
        yield set_rows("superior", parts.superior, bold=False)
    else:
        yield skipped("superior")
    if not parts.issuer:
        yield from (missing("body_name"), missing("body_line"))
        return
    yield set_rows("body_name", parts.issuer, bold=True)
    # Headers of the Party and the Youth Union have stars in its place.
    is_other = parts.style != "state"
    yield skipped("body_line") if is_other else _line("body_line", page, parts.issuer)


def _symbol(parts: Parts) -> Finding:
    if parts.symbol is None:
        return missing("symbol")
    found = SYMBOL.match(plain(parts.symbol.text))
    digits = found["number"] if found else ""
    is_padded = not digits or len(digits) > 1
    is_written = is_padded and (parts.style == "party" or bool(found and found["colon"]))
    return set_rows("symbol", [parts.symbol], bold=False, also=lambda _row: is_written)


def _place_date(parts: Parts) -> Finding:
    if parts.place is None:
        return missing("place_date")
    found = DATE.search(plain(parts.place.text))
    day, month = (found["day"], found["month"]) if found else ("", "")
    is_padded = day not in set("123456789") and month not in ("1", "2")
    return set_rows(
        "place_date", [parts.place], bold=False, italic=True, also=lambda _row: is_padded
    )


def _title(page: Page, parts: Parts) -> Iterator[Finding]:
    if parts.letter_title:
        yield from (skipped(key) for key in ("type_name", "title", "title_line"))
        yield set_rows("letter_title", parts.letter_title, bold=False)
        return
    yield skipped("letter_title")
    if parts.type_name is None:
        yield from (missing(key) for key in ("type_name", "title", "title_line"))
        return
    yield set_rows("type_name", [parts.type_name], bold=True)
    if not parts.title:
        yield from (missing("title"), missing("title_line"))
        return
    yield set_rows("title", parts.title, bold=True)
    yield _line("title_line", page, parts.title)
