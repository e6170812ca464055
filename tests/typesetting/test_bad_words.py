"""What people type that no page was made for comes out whole, inside the margins."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.typesetting import samples
from tests.typesetting.reading_back import (
    letters,
    millimetres,
    printed,
    text_of_docx,
    text_of_pdf,
    told,
    words,
)
from thidua.typesetting.fonts import SUBSTITUTE, Fonts, find_fonts, unprintable
from thidua.typesetting.official import Header, Heading, Items, Paragraph, Signatory, Table
from thidua.typesetting.pdf import Unprintable, render_pdf
from thidua.typesetting.text import as_text
from thidua.typesetting.word import render_docx

pytestmark = pytest.mark.programs

REPORT = replace(samples.report(), annexes=[])
NAME = "Hội " + "Nghiêngngả" * 30  # more than 300 letters, nearly all of them one word
MARKUP = (
    '#set page(width: 1cm) #panic("no") $x^2$ @ref \\ \\u{41} *bold* _it_ `raw` <label> '
    "// not /* a */ comment [a] {b} -- --- ... ~ \"q\" 's' = head + item - item https://a.example"
)


def stands_whole(path, official):
    """Assert that nothing of ``official`` is missing or beyond the margins.

    Cells that go over a page's end are read page by page, so the order of letters is left aside.
    """
    assert Counter(letters(text_of_pdf(path, official))) == Counter(letters(as_text(official)))
    for left, right, top, low in millimetres(path):
        assert left > 29.8
        assert right > 14.8
        assert top > 8  # a page's number stands in the margin
        assert low > 19


def test_names_of_300_letters_wherever_a_name_may_stand(tmp_path):
    """Names of 300 letters; also without a blank, they break and stay in their place."""
    official = replace(
        REPORT,
        header=Header(NAME, "Tổ chức " * 40),
        title=NAME,
        symbol="05/" + "X" * 60,
        addressed_to=[NAME],
        signatories=[Signatory([f"TM. {NAME}", "CHỦ TỊCH"], NAME, signed=NAME)],
        recipients=[NAME] * 3,
        body=[Heading(NAME), Items([NAME]), table(["1" * 40, NAME, "10.000.000.000.000.000"])],
    )
    stands_whole(printed(official, tmp_path), official)
    assert text_of_docx(render_docx(official)) == words(as_text(official))


def table(row):
    return Table([["STT", "Tên", "Số"]], [row], [1, 3, 1], ["center", "left", "right"])


def test_sixty_members_sign_one_paper(tmp_path):
    """60 members: each with its organisation, its capacity and its name, the lead first."""
    units = [f"Liên hiệp các hội khoa học và kỹ thuật số {i} tỉnh" for i in range(60)]
    official = replace(samples.covenant(3, units), mark=None)
    path = printed(official, tmp_path)
    stands_whole(path, official)
    text = words(told("pdftotext", "-raw", path, "-")).replace(" ", "")
    places = [text.index(f"SỐ{i}TỈNHCHỦTỊCH") for i in range(60)]
    assert places == sorted(places)


def test_a_target_of_5000_letters_goes_over_pages(tmp_path):
    """A target's text of 5,000 letters, in a cell of a table."""
    text = (samples.WORDS * 30)[:5000].strip()
    official = replace(REPORT, body=[table([f"{i}", text, "12"]) for i in range(2)])
    stands_whole(printed(official, tmp_path), official)


def test_a_table_of_500_rows_repeats_its_head_on_every_page(tmp_path):
    """A table of 500 rows."""
    official = replace(REPORT, body=[samples.targets(500)])
    path = printed(official, tmp_path)
    stands_whole(path, official)
    pages = told("pdftotext", "-raw", path, "-").split("\f")
    with_rows = [page for page in pages if "Chỉ tiêu thứ" in page]
    assert len(with_rows) > 10
    assert all("Nội dung chỉ tiêu" in page for page in with_rows)


def test_letters_that_the_family_lacks_are_shown_as_boxes_and_told(tmp_path):
    """Rare letters and emoji in a free text: a box stands there, and which it was can be said."""
    official = replace(REPORT, body=[Paragraph("Đạt 😀 năm 中 nay \U0001d400, 5 ☐")])
    assert unprintable(official, find_fonts()) == ["☐", "中", "𝐀", "😀"]
    path = printed(official, tmp_path)
    assert f"Đạt {SUBSTITUTE} năm {SUBSTITUTE} nay" in words(told("pdftotext", "-raw", path, "-"))
    assert len(told("pdffonts", path).splitlines()) == len(
        told("pdffonts", printed(replace(REPORT, kind="plain", body=[]), tmp_path)).splitlines()
    )
    assert "😀" in as_text(official)
    assert "😀" in text_of_docx(render_docx(official))


def test_what_has_no_shape_is_left_out_and_what_is_decomposed_is_composed():
    official = replace(
        REPORT, body=[Paragraph("Tie\u0302\u0301ng\u200b Vi\u00adệ\x07t\ufeff\u202e")]
    )
    assert "Tiếng Việt" in as_text(official)
    assert unprintable(official, find_fonts()) == []
    assert "Tiếng Việt" in text_of_docx(render_docx(official))


def test_markup_is_printed_as_typed(tmp_path):
    """Typst markup typed into a field (`#`, `$`, `@`, `\\`) printed as typed; in every field."""
    official = replace(
        REPORT,
        header=Header(MARKUP, MARKUP),
        title=MARKUP,
        symbol=MARKUP,
        place=MARKUP,
        addressed_to=[MARKUP],
        bases=[MARKUP],
        signatories=[Signatory([MARKUP], MARKUP)],
        recipients=[MARKUP],
        body=[Paragraph(MARKUP), Heading(MARKUP), table([MARKUP] * 3)],
    )
    path = printed(official, tmp_path)
    stands_whole(path, official)
    assert letters(text_of_pdf(path, official)).count(letters(MARKUP)) > 3
    assert text_of_docx(render_docx(official)) == words(as_text(official))


@pytest.mark.parametrize(
    ("official", "fonts", "cause"),
    [
        (REPORT, Fonts("No Such Family", (), is_expected=False), "unknown font family"),
        (replace(REPORT, body=[table(["one cell"])]), None, "ValueError"),
        (replace(REPORT, language="no language"), None, "language"),
    ],
)
def test_what_fails_tells_its_cause(official, fonts, cause):
    """A template that fails (the officer sees a sentence, the operator the cause): the cause."""
    with pytest.raises(Unprintable) as raised:
        render_pdf(official, fonts or find_fonts())
    assert cause in raised.value.cause
