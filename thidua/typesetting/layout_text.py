"""The rules about text and end of a paper: căn cứ, paragraphs, signature, nơi nhận, annex."""

from collections.abc import Iterator

from thidua.typesetting.layout_body import Body
from thidua.typesetting.layout_measures import (
    SIZE,
    in_range,
    judged,
    missing,
    number,
    set_rows,
    skipped,
    style_of,
)
from thidua.typesetting.layout_parts import Parts, is_capitals, plain
from thidua.typesetting.layout_rules import Finding
from thidua.typesetting.reading import MM, Read, Row

INDENTS = (10.0, 12.7)
ENOUGH = 0.9  # of rows or letters that must keep a rule: names and foreign words may break one


def findings(read: Read, parts: Parts, body: Body) -> Iterator[Finding]:
    """Yield what these rules came to."""
    yield _addressed(body)
    yield _bases(body)
    yield _text_size(body)
    yield _justified(body)
    yield _indent(body)
    yield from _spaces(body)
    yield _headings(body)
    yield from _signature(parts)
    yield from _recipients(parts)
    yield from _annexes(parts)


def _addressed(body: Body) -> Finding:
    if body.addressed is None:
        return skipped("addressed")
    page, row = body.addressed
    return set_rows("addressed", [row], bold=False, page=page)


def _bases(body: Body) -> Finding:
    found = body.bases
    if not found or (len(found) == 1 and not found[0].text.endswith((";", "."))):
        return skipped("bases")
    for basis in found:
        sign = "." if basis is found[-1] else ";"
        if not basis.text.endswith(sign):
            told = f"“…{basis.text[-30:]}”"
            return judged("bases", is_met=False, measured=told, page=basis.page)
    rows = [row for basis in found for row in basis.rows]
    return set_rows("bases", rows, bold=False, italic=True, page=found[0].page)


def _text_size(body: Body) -> Finding:
    sizes = body.sizes
    if not sizes:
        return skipped("text_size")
    right = sum(n for size, n in sizes.items() if in_range("text_size", size, off=SIZE))
    usual = max(sizes, key=lambda size: sizes[size])
    is_met = right >= ENOUGH * sum(sizes.values()) and in_range("text_size", usual, off=SIZE)
    wrong = [n for n in sizes if not in_range("text_size", n, off=SIZE)]
    told = usual if is_met or usual in wrong else max(wrong, key=lambda size: sizes[size])
    page = next((p for p, row in body.rows if abs(row.size - told) < SIZE), 0)
    return judged("text_size", is_met=is_met, measured=number(told, "pt"), page=page)


def _justified(body: Body) -> Finding:
    if len(body.flush) < 3:
        return skipped("justified")
    share = sum(body.flush) / len(body.flush)
    return judged("justified", is_met=share >= ENOUGH, measured=number(100 * share, "%"))


def _indent(body: Body) -> Finding:
    if not body.indents:
        return skipped("indent")
    indents = [round(indent / MM, 1) for indent in body.indents]
    right = [i for i in indents if any(abs(i - good) < 0.7 for good in INDENTS)]
    wrong = [i for i in indents if i not in right]
    is_met = len(right) >= 0.7 * len(indents)
    told = max(set(right if is_met else wrong), key=indents.count)
    return judged("indent", is_met=is_met, measured=number(told, "mm"))


def _spaces(body: Body) -> Iterator[Finding]:
    if body.spaces:
        ordered = sorted(body.spaces)
        least = ordered[int(len(ordered) * (1 - ENOUGH))]
        is_met = in_range("paragraph_space", least, off=0.6)
        yield judged("paragraph_space", is_met=is_met, measured=number(max(least, 0), "pt"))
    else:
        yield skipped("paragraph_space")
    if body.line_space is None:
        yield skipped("line_space")
    else:
        is_met = in_range("line_space", body.line_space, off=0.06)
        yield judged("line_space", is_met=is_met, measured=number(body.line_space))


def _headings(body: Body) -> Finding:
    if not body.headings:
        return skipped("headings")
    for page, row in body.headings:
        first = row.words[0]
        is_bold = first.font.is_bold and not first.font.is_italic
        if not is_bold or not in_range("headings", row.size, off=SIZE):
            told = f"{style_of(row)}: “{row.text}”"
            return judged("headings", is_met=False, measured=told, page=page)
    page, row = body.headings[0]
    return judged("headings", is_met=True, measured=style_of(row), page=page)


def _signature(parts: Parts) -> Iterator[Finding]:
    rows = [row for _page, row in parts.capacity]
    page = parts.capacity[0][0] if rows else None
    if page is None:
        yield from (missing("capacity"), missing("signer"))
        return
    yield set_rows("capacity", rows, bold=True, page=page)
    if parts.signer is None:
        yield skipped("signer") if parts.is_draft else missing("signer", page)
    else:
        page, row = parts.signer
        yield set_rows("signer", [row], bold=True, page=page)


def _recipients(parts: Parts) -> Iterator[Finding]:
    if parts.recipients is None:
        yield from (missing("recipients"), missing("recipients_list"))
        return
    page, row = parts.recipients
    yield set_rows("recipients", [row], bold=True, italic=True, page=page)
    if not parts.recipients_list:
        yield missing("recipients_list", page)
        return
    finding = set_rows("recipients_list", parts.recipients_list, bold=False, page=page)
    if finding.outcome == "met" and (wrong := _wrong_recipient(parts.recipients_list)):
        finding = judged("recipients_list", is_met=False, measured=f"“{wrong}”", page=page)
    yield finding


def _wrong_recipient(rows: list[Row]) -> str:
    """Return the first line that does not end as it must: ";", the last one "."."""
    lines: list[str] = []
    for row in rows:
        text = plain(row.text)
        if text.startswith(("-", "–")) or not lines:
            lines.append(text)
        else:
            lines[-1] += f" {text}"
    if not lines[-1].endswith("."):
        return lines[-1]
    return next((line for line in lines[:-1] if not line.endswith((";", ":"))), "")


def _annexes(parts: Parts) -> Iterator[Finding]:
    if not parts.annexes:
        yield from (skipped("annex"), skipped("annex_title"))
        return
    heads = [(page, rows[0]) for page, rows in parts.annexes]
    wrong = [(p, r) for p, r in heads if not (r.is_bold and in_range("annex", r.size, off=SIZE))]
    page, row = (wrong or heads)[0]
    yield judged("annex", is_met=not wrong, measured=style_of(row), page=page)
    page, rows = parts.annexes[0]
    titles = [row for row in rows[1:] if is_capitals(row.text)][:1]
    yield set_rows("annex_title", titles, bold=True, page=page)
