"""Check a PDF against the layout of NĐ 30/2020/NĐ-CP, rule by rule, by what stands on its pages.

`check` measures what `reading.read_pdf` gave. It trusts no template: ours are measured as
anybody's.
"""

from collections.abc import Iterator

from thidua.typesetting import layout_head, layout_pages, layout_text
from thidua.typesetting.layout_body import body_of
from thidua.typesetting.layout_parts import parts_of
from thidua.typesetting.layout_rules import RULES, Finding
from thidua.typesetting.official import HeaderStyle
from thidua.typesetting.reading import Read

# Parts that a paper outside the decree may go without.
NEEDED_ONLY_THERE = {
    *("state_name", "motto", "motto_line", "superior", "body_name", "body_line", "symbol"),
    *("place_date", "type_name", "title", "title_line", "bases", "capacity", "signer"),
    *("recipients", "recipients_list"),
}


def check(read: Read, *, in_decree: bool = True, style: HeaderStyle | None = None) -> list[Finding]:
    """Return one finding for each of `RULES`, in their order.

    ``in_decree`` is false for what NĐ 30 does not name as a kind (the covenant): a part that such a
    paper does not have is then "not_applicable". ``style`` is whose header it must be; None takes
    the one that stands there. A scan has no letters to measure: all is not_applicable.
    """
    if not read.has_text:
        return [Finding(rule, "not_applicable") for rule in RULES.values()]
    parts = parts_of(read)
    if style is not None:
        parts.style = style
    body = body_of(read, parts)
    found: dict[str, Finding] = {}
    for finding in _all(read, parts, body):
        found.setdefault(finding.key, finding)
    return [_settled(found[key], in_decree=in_decree) for key in RULES]


def _all(read: Read, parts: layout_head.Parts, body: layout_text.Body) -> Iterator[Finding]:
    yield from layout_pages.findings(read, parts, body)
    yield from layout_head.findings(read.pages[0], parts)
    yield from layout_text.findings(read, parts, body)


def _settled(finding: Finding, *, in_decree: bool) -> Finding:
    is_missing = finding.outcome == "not_met" and not finding.measured
    if is_missing and not in_decree and finding.key in NEEDED_ONLY_THERE:
        return Finding(finding.rule, "not_applicable")
    return finding
