"""Where pages and lines end: what a reader's eye minds, and no rule of the decree names."""

from dataclasses import replace

import pytest

from tests.typesetting import samples
from tests.typesetting.every import every_paper
from tests.typesetting.reading_back import printed, told, words
from thidua.typesetting.letters import width_of
from thidua.typesetting.measures import DECREE
from thidua.typesetting.official import Header, Items, Paragraph, Table
from thidua.typesetting.word_parts import INSET

LAST = "Trân trọng đề nghị./."
ENDS = {"paragraph": Paragraph(LAST), "items": Items(["a) Việc thứ nhất.", LAST])}


def pages_of(official, folder):
    """Return the words of each page."""
    return [words(page) for page in told("pdftotext", printed(official, folder), "-").split("\f")]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("lines", [21, 24, 26])
def test_a_signature_never_begins_a_page_without_the_last_words(end, lines, tmp_path):
    body = [Paragraph("Một dòng.")] * lines
    paper = replace(samples.letter(), watermark="", body=[*body, ENDS[end]], mark=None)
    pages = pages_of(paper, tmp_path)
    where = [next(i for i, page in enumerate(pages) if what in page) for what in (LAST, "MINH HỌA")]
    assert where[0] == where[1]


@pytest.mark.parametrize("lines", [15, 18, 20])
def test_recipients_under_several_signatures_never_stand_on_a_page_alone(lines, tmp_path):
    paper = samples.covenant(units=samples.UNITS[:2])
    body = [Paragraph("Một dòng.")] * lines
    paper = replace(paper, body=body, recipients=["Như trên", "Lưu: VT"], annexes=[])
    pages = pages_of(paper, tmp_path)
    page = next(page for page in pages if "Nơi nhận" in page)
    assert "Nguyễn Văn A" in page
    assert "Lưu: VT" in page


def test_no_line_of_a_long_name_holds_its_last_word_alone(tmp_path):
    body = "Khối thi đua Mặt trận Tổ quốc và các đoàn thể tỉnh"
    paper = replace(samples.letter(), header=Header(body), watermark="")
    rows = told("pdftotext", "-raw", printed(paper, tmp_path), "-").split("\n")
    name = rows[: next(i for i, row in enumerate(rows) if row.startswith("CỘNG HÒA"))]
    assert words(" ".join(name)) == body.upper()
    assert min(map(len, name)) > max(map(len, name)) / 2


def test_every_word_of_a_table_s_head_fits_its_column():
    """Word breaks "STT" in two where it does not; the template lets it stick out."""
    narrow = []
    for official in every_paper("Hội", "Khối"):
        parts = [(official.body, False), *((one.body, one.is_wide) for one in official.annexes)]
        for table, is_wide in ((b, wide) for body, wide in parts for b in body):
            if not isinstance(table, Table):
                continue
            size = DECREE.table_size(len(table.widths), is_wide=is_wide)
            whole = DECREE.text_width(is_wide=is_wide) / sum(table.widths)
            for cell, share in zip(table.head[0], table.widths, strict=True):
                room = whole * share - 2 * INSET
                wide = max(width_of(word, size, bold=True) for word in cell.split())
                narrow += [f"{official.kind}: {cell}"] * (wide > room)
    assert narrow == []
