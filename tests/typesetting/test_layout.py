"""A paper that keeps the decree passes; one that breaks a rule fails that rule, by its name."""

import dataclasses

import pytest

from tests.typesetting.decree_paper import FOLDER, OTHER, PARAGRAPH, paper
from thidua.typesetting import _pdf_child
from thidua.typesetting.layout import check
from thidua.typesetting.layout_rules import RULES, Finding
from thidua.typesetting.reading import Read, read_of

pytestmark = pytest.mark.programs

BROKEN = [
    ({"paper": '"us-letter"'}, "paper", "215,9 × 279,4 mm"),
    ({"top": "12mm"}, "margin_top", "11,6 mm"),
    ({"bottom": "5mm"}, "margin_bottom", ""),
    ({"left": "25mm"}, "margin_left", "24,7 mm"),
    ({"right": "10mm"}, "margin_right", ""),
    ({"font": OTHER}, "font_family", "DejaVuSansMono"),
    ({"number_size": "11pt"}, "page_number", "11 pt"),
    ({"number_align": "right"}, "page_number", "x = "),
    ({"number_on_first": "true"}, "page_number_first", "1"),
    ({"state_size": "11pt"}, "state_name", "11 pt, B"),
    ({"motto": "Độc lập – Tự do – Hạnh phúc"}, "motto", "Độc lập – Tự do"),
    ({"motto_size": "12pt"}, "motto", "12 pt, B"),
    ({"motto_line": "0%"}, "motto_line", ""),
    ({"motto_line": "60%"}, "motto_line", "60 %"),
    ({"issuer_size": "14pt"}, "body_name", "14 pt, B"),
    ({"issuer_line": "0%"}, "body_line", ""),
    ({"issuer_line": "90%"}, "body_line", "90"),
    ({"symbol": "Số: 5/BC-LĐLĐ"}, "symbol", "Số: 5/BC-LĐLĐ"),
    ({"symbol_size": "14pt"}, "symbol", "14 pt"),
    ({"place": "Ninh Bình, ngày 5 tháng 02 năm 2026"}, "place_date", "ngày 5 tháng"),
    ({"place": "Ninh Bình, ngày 05 tháng 2 năm 2026"}, "place_date", "tháng 2 năm"),
    ({"place_style": '"normal"'}, "place_date", "13 pt"),
    ({"type_size": "16pt"}, "type_name", "16 pt"),
    ({"title_weight": '"regular"'}, "title", "14 pt"),
    ({"title_line": "0%"}, "title_line", ""),
    ({"title_line": "100%"}, "title_line", "100 %"),
    ({"bases_style": '"normal"'}, "bases", "14 pt"),
    ({"bases_end": ";"}, "bases", "khen thưởng;"),
    ({"size": "12pt"}, "text_size", "12 pt"),
    ({"justify": "false"}, "justified", "%"),
    ({"indent": "0.5cm"}, "indent", "5 mm"),
    ({"space": "0pt"}, "paragraph_space", "0 pt"),
    ({"leading": "1.4em"}, "line_space", "1,"),
    ({"heading_weight": '"regular"'}, "headings", "Điều 1."),
    ({"capacity_size": "11pt"}, "capacity", "11 pt, B"),
    ({"signer_weight": '"regular"'}, "signer", "14 pt: “Nguyễn Văn Ví Dụ”"),
    ({"recipients_style": '"normal"'}, "recipients", "12 pt, B"),
    ({"list_size": "13pt"}, "recipients_list", "13 pt"),
    ({"list_end": ";"}, "recipients_list", "Lưu: VT;"),
    ({"annex_size": "12pt"}, "annex", "12 pt, B"),
    ({"annex_weight": '"regular"'}, "annex", "14 pt"),
]
# What the same mistake breaks as well: the size of the text is that of its headings and căn cứ.
ALSO = {
    "text_size": {"bases", "headings"},
    "paper": {"margin_right", "margin_bottom"},
    "font_family": set(RULES),
    "body_name": {"body_line"},
}


@pytest.fixture
def read(tmp_path):
    def _read(**wrong: str) -> Read:
        path = tmp_path / "paper.pdf"
        path.write_bytes(paper(**wrong))
        return read_of(_pdf_child.found_in(str(path), "layout", 50, 100_000))

    return _read


def _by_key(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.key: finding for finding in findings}


def _broken(findings: list[Finding]) -> set[str]:
    return {finding.key for finding in findings if finding.outcome == "not_met"}


def test_a_paper_that_keeps_the_decree_breaks_no_rule(read):
    findings = check(read())
    assert [finding.key for finding in findings] == list(RULES)
    assert _broken(findings) - ({"font_family"} if FOLDER is None else set()) == set()
    unused = {f.key for f in findings if f.outcome == "not_applicable"}
    assert unused == {"letter_title", "addressed"}


@pytest.mark.parametrize(("wrong", "key", "measured"), BROKEN)
def test_a_paper_that_breaks_a_rule_is_told_which_and_what_was_measured(read, wrong, key, measured):
    findings = check(read(**wrong))
    assert key in _broken(findings)
    assert measured in _by_key(findings)[key].measured
    others = _broken(findings) - {key, *ALSO.get(key, set())}
    assert others - ({"font_family"} if FOLDER is None else set()) == set()


def test_every_rule_has_a_purpose_broken_sample_or_a_reason_why_not():
    assert set(RULES) - {key for _wrong, key, _measured in BROKEN} == {
        "font_embedded",  # Typst embeds always: told from a PDF made by hand, below
        *("superior", "letter_title", "addressed", "annex_title"),
    }


def test_a_superior_body_in_bold_counts_as_part_of_the_issuing_body(read):
    """Its weight is what tells the two apart: then no superior body is found."""
    findings = _by_key(check(read(superior_weight='"bold"')))
    assert findings["superior"].outcome == "not_applicable"


def test_a_font_that_does_not_lie_in_the_file_is_named(read):
    whole = read()
    loose = [dataclasses.replace(font, is_embedded=False) for font in whole.fonts]
    finding = _by_key(check(dataclasses.replace(whole, fonts=loose)))["font_embedded"]
    assert finding.outcome == "not_met"
    assert finding.measured == whole.fonts[0].family


def test_a_letter_is_addressed_upright(read):
    right = "#flat[Kính gửi: Ban Thi đua - Khen thưởng tỉnh]"
    assert _by_key(check(read(first_words=right)))["addressed"].outcome == "met"
    wrong = "#flat[*Kính gửi: Ban Thi đua - Khen thưởng tỉnh*]"
    assert _by_key(check(read(first_words=wrong)))["addressed"].measured.startswith("14 pt, B")


def test_a_paper_outside_the_decree_may_go_without_its_parts(read):
    """For the covenant, no kind of NĐ 30, "không áp dụng" is an answer; what stands is measured."""
    bare = {"symbol": "", "title_line": "0%"}
    assert {"symbol", "title_line"} <= _broken(check(read(**bare)))
    findings = _by_key(check(read(**bare), in_decree=False))
    assert {findings["symbol"].outcome, findings["title_line"].outcome} == {"not_applicable"}
    assert findings["margin_left"].outcome == "met"


def test_another_header_has_no_state_name(read):
    findings = _by_key(check(read(), style="party"))
    assert {findings[k].outcome for k in ("state_name", "motto", "motto_line")} == {
        "not_applicable"
    }


def test_a_scan_has_nothing_to_measure(read):
    whole = read()
    blank = [dataclasses.replace(page, words=[]) for page in whole.pages]
    findings = check(dataclasses.replace(whole, pages=blank))
    assert {finding.outcome for finding in findings} == {"not_applicable"}


def test_a_paragraph_more_is_no_table(read):
    findings = _by_key(check(read(first_words=f"{PARAGRAPH}\n\n#line(length: 5cm)")))
    assert findings["text_size"].outcome == "met"
