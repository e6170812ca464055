"""A few papers, printed once: what Debian's own tools and pikepdf find in them."""

from dataclasses import replace

import pikepdf
import pytest

from tests.typesetting import samples
from tests.typesetting.reading_back import letters, printed, text_of_docx, text_of_pdf, told, words
from thidua.typesetting.fonts import find_fonts, vietnamese
from thidua.typesetting.layout import check
from thidua.typesetting.official import Paragraph
from thidua.typesetting.pdf import render_pdf, render_png
from thidua.typesetting.reading import read_pdf
from thidua.typesetting.text import as_text
from thidua.typesetting.word import render_docx

pytestmark = pytest.mark.programs

PAPERS = {
    "covenant": samples.covenant(),
    "report": samples.report(),
    "letter": replace(samples.letter(), watermark=""),
    "draft": samples.letter(),
    "youth": samples.youth(),
    "party": samples.party(),
    "letters": replace(samples.letter(), watermark="", body=[Paragraph(" ".join(vietnamese()))]),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Return the file of each paper."""
    folder = tmp_path_factory.mktemp("papers")
    made = {}
    for name, official in PAPERS.items():
        made[name] = printed(replace(official, kind=name), folder)
    return made


@pytest.mark.parametrize("name", PAPERS)
def test_only_one_family_is_used_and_it_lies_in_the_file(files, name):
    family = find_fonts().family.replace(" ", "")
    rows = [row.split() for row in told("pdffonts", files[name]).splitlines()[2:]]
    assert rows
    for row in rows:
        assert row[0].partition("+")[2].startswith(family)
        assert row[-5:-2] == ["yes", "yes", "yes"]  # embedded, cut to what is used, readable


@pytest.mark.parametrize("name", PAPERS)
def test_qpdf_finds_nothing_wrong(files, name):
    assert "No syntax or stream encoding errors found" in told("qpdf", "--check", files[name])


def test_every_vietnamese_letter_comes_back(files):
    text = told("pdftotext", "-raw", files["letters"], "-")
    assert set(vietnamese()) - set(text) == set()


@pytest.mark.parametrize("name", [name for name in PAPERS if name != "draft"])
def test_pdf_word_and_text_say_the_same(files, name):
    official = PAPERS[name]
    expected = words(as_text(official))
    assert text_of_pdf(files[name], official) == expected
    assert text_of_docx(render_docx(official)) == expected


@pytest.mark.parametrize("name", PAPERS)
def test_the_file_says_that_it_is_to_be_archived_and_read_aloud(files, name):
    """PDF/A-2a: its mark, an output intent, a language, a title and a tree of tags."""
    with pikepdf.open(files[name]) as pdf:
        mark = pdf.open_metadata()
        assert (mark["pdfaid:part"], mark["pdfaid:conformance"]) == ("2", "A")
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert str(pdf.Root.Lang) == "vi"
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert mark["dc:title"]


def test_the_picture_of_the_code_is_described(files):
    with pikepdf.open(files["report"]) as pdf:
        told_of = [str(one.Alt) for one in pdf.objects if _is_figure(one)]
    assert told_of == [
        "Mã tra cứu: ABCDE-FGHJK Kiểm tra tại: https://thidua.example/kiem-tra/ABCDE-FGHJK/"
    ]


def _is_figure(one):
    return isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"


@pytest.mark.parametrize("name", ["covenant", "report"])
def test_the_layout_breaks_no_rule_of_the_decree(files, name):
    found = check(read_pdf(files[name]), in_decree=PAPERS[name].in_decree)
    assert [one for one in found if one.outcome == "not_met"] == []


def test_pages_are_numbered_from_the_second_and_a_wide_annex_lies_on_its_side(files):
    with pikepdf.open(files["report"]) as pdf:
        sides = [[round(float(x) / 72 * 25.4) for x in page.MediaBox[2:]] for page in pdf.pages]
    assert sides == [[210, 297], [210, 297], [297, 210]]
    pages = told("pdftotext", "-raw", files["report"], "-").split("\f")
    assert [page.split("\n")[0] for page in pages[1:3]] == ["2", "3"]
    assert not pages[0].startswith("1")


def test_a_watermark_stands_behind_the_words_of_every_page(files):
    assert "DỰTHẢO" in letters(told("pdftotext", "-raw", files["draft"], "-"))
    assert "DỰ" not in as_text(PAPERS["draft"])


def test_the_same_facts_give_the_same_bytes(files):
    official = replace(PAPERS["covenant"], kind="another time")
    assert render_pdf(official, find_fonts()) == files["covenant"].read_bytes()
    assert render_docx(official) == render_docx(PAPERS["covenant"])


def test_a_preview_has_a_picture_for_each_page():
    pictures = render_png(PAPERS["letter"], find_fonts(), ppi=30)
    assert [picture[:4] for picture in pictures] == [b"\x89PNG"]
