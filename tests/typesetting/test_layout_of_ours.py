"""The program's own papers, set by its template, keep every rule that the decree has for them."""

import pytest

from tests.typesetting import samples
from thidua.typesetting import _pdf_child
from thidua.typesetting.fonts import find_fonts
from thidua.typesetting.layout import check
from thidua.typesetting.pdf import render_pdf
from thidua.typesetting.reading import read_of

pytestmark = pytest.mark.programs

NOT_THERE = {
    "covenant": {"headings", "symbol", "recipients", "recipients_list"},
    "report": set(),
    "letter": {
        *("page_number", "superior", "type_name", "title", "title_line", "bases"),
        *("headings", "annex", "annex_title"),
    },
    "youth": {"superior", "annex", "annex_title"},
    "party": {"annex", "annex_title"},
}
OTHER_HEADER = {"state_name", "motto", "motto_line", "body_line"}


@pytest.mark.parametrize("name", NOT_THERE)
def test_what_the_template_sets_breaks_no_rule(name, tmp_path):
    official = getattr(samples, name)()
    path = tmp_path / "paper.pdf"
    fonts = find_fonts()
    path.write_bytes(render_pdf(official, fonts))
    read = read_of(_pdf_child.found_in(str(path), "layout", 50, 100_000))

    findings = check(read, in_decree=official.in_decree)

    broken = {f.key: f.measured for f in findings if f.outcome == "not_met"}
    if not fonts.is_expected:
        broken.pop("font_family")
    assert broken == {}
    skipped = {f.key for f in findings if f.outcome == "not_applicable"}
    skipped -= {"letter_title" if official.type_name else "", "addressed"}
    skipped -= OTHER_HEADER if official.header.style != "state" else set()
    assert skipped == NOT_THERE[name]
