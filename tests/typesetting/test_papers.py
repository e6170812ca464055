"""The words of each paper, without a database: what an office would write, whatever comes in."""

import importlib
import pkgutil
from datetime import date

import pytest

from tests.typesetting.every import FRAME, every_paper
from thidua.typesetting import papers
from thidua.typesetting.official import (
    Heading,
    Items,
    Official,
    Paragraph,
    Table,
    as_data,
    from_data,
)
from thidua.typesetting.papers import results
from thidua.typesetting.papers.frame import PaperType
from thidua.typesetting.papers.wording import articles, day_words, paragraphs

pytestmark = pytest.mark.once
LONG = ("Hội " + "nghề nghiệp " * 30)[:300]


def blocks_of(official: Official):
    return [*official.body, *(block for annex in official.annexes for block in annex.body)]


@pytest.fixture(scope="module")
def all_papers():
    return every_paper("Liên đoàn Lao động tỉnh", "Khối thi đua số 1")


def test_every_kind_that_this_package_names_is_composed_here(all_papers):
    modules = [
        importlib.import_module(f"{papers.__name__}.{found.name}")
        for found in pkgutil.iter_modules(papers.__path__)
    ]
    named = {
        value.key
        for module in modules
        for value in vars(module).values()
        if isinstance(value, PaperType)
    }
    assert {official.kind for official in all_papers} == named


def test_names_of_300_letters_and_60_members_keep_the_shape():
    """Names of 300 letters, 60 members: every row has as many cells as the table has columns."""
    for official in every_paper(LONG, f"Khối thi đua {LONG}"):
        for block in blocks_of(official):
            if isinstance(block, Table):
                width = len(block.widths)
                assert len(block.align) == width, official.kind
                assert {len(row) for row in [*block.head, *block.rows]} == {width}, official.kind
                assert all(0 <= n < len(block.rows) for n in block.bold_rows)
        assert LONG in str(as_data(official))


def test_every_paper_goes_through_json_unchanged(all_papers):
    for official in all_papers:
        assert from_data(as_data(official)) == official


def test_nothing_is_empty_or_half_filled(all_papers):
    for official in all_papers:
        for block in blocks_of(official):
            if isinstance(block, Paragraph | Heading):
                assert block.text.strip(), official.kind
                assert "{" not in block.text, official.kind
            if isinstance(block, Items):
                assert block.items, official.kind
                assert not any("{" in item for item in block.items)


def test_only_a_letter_has_no_type_name(all_papers):
    assert [paper.kind for paper in all_papers if not paper.type_name] == ["reminder"]
    letter = all_papers[-1]
    assert letter.title.startswith("V/v đôn đốc")


def test_kinds_the_decree_does_not_name_say_so(all_papers):
    outside = {paper.kind for paper in all_papers if not paper.in_decree}
    assert outside == {"registration", "scoring_table", "self_score", "score_summary"}


def test_wide_tables_stand_in_an_annex_on_its_side(all_papers):
    wide = {paper.kind for paper in all_papers if any(annex.is_wide for annex in paper.annexes)}
    assert wide == {"scoring_table", "score_summary"}


def test_both_sides_sign_the_minutes_of_a_check(all_papers):
    minutes = next(paper for paper in all_papers if paper.kind == "cross_check")
    assert [bool(one.party) for one in minutes.signatories] == [True, True]
    assert minutes.signatories[1].name == "Người Ký"


def test_a_result_says_that_it_is_the_bloc_s_proposal(all_papers):
    for paper in all_papers:
        if paper.kind in ("score_summary", "result_notice"):
            assert any("chưa phải quyết định khen thưởng" in b.text for b in texts_of(paper))


def texts_of(official: Official) -> list[Paragraph]:
    return [block for block in official.body if isinstance(block, Paragraph)]


def test_a_report_has_the_parts_of_a_report_in_order(all_papers):
    year = next(paper for paper in all_papers if paper.kind == "year_report")
    heads = [b.text for b in year.body if isinstance(b, Heading) and b.level == "part"]
    assert [head.split(".")[0] for head in heads] == ["I", "II", "III", "IV", "V"]
    assert heads[3] == "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2027"
    half = next(paper for paper in all_papers if paper.kind == "half_year_report")
    assert "6 THÁNG CUỐI NĂM 2026" in str(half.body)


def test_a_member_without_rank_is_named_with_the_reason():
    rows = [results.StandingRow("Hội A", "90", "1"), results.StandingRow("Hội B", "", "", why="x")]
    facts = results.Results(FRAME, 2026, "Khối", "Ban", "Bảng", rows=rows)
    notice = results.compose_notice(facts)
    table = next(block for block in notice.body if isinstance(block, Table))
    assert [row[1] for row in table.rows] == ["Hội A"]
    assert Items(["- Hội B: x"]) in notice.body


def test_a_quy_che_is_read_by_how_its_lines_begin():
    text = "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Một\na) Nhỏ\nLời văn\nĐiều 2: Hai"
    assert articles(text) == [
        Heading("Chương I\nQUY ĐỊNH CHUNG", "chapter"),
        Heading("Điều 1. Phạm vi", "article"),
        Items(["1. Một", "a) Nhỏ"]),
        Paragraph("Lời văn"),
        Heading("Điều 2: Hai", "article"),
    ]


def test_typed_lines_keep_their_signs_and_markup_is_only_text():
    assert paragraphs("#let x = 1\n- một\n\n+ hai\n2026 là năm") == [
        Paragraph("#let x = 1"),
        Items(["- một", "+ hai"]),
        Paragraph("2026 là năm"),
    ]
    assert paragraphs("", "Không có.") == [Paragraph("Không có.")]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_days_are_written_as_papers_write_them(day, words):
    assert day_words(day) == words
