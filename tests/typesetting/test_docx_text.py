"""Words, headings and numbers come out of a Word document as Word shows them."""

import io

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from thidua.typesetting.articles import articles_of, paragraphs_of
from thidua.typesetting.docx_text import read_docx
from thidua.typesetting.reading import Unreadable

REGULATION = [
    "QUY CHẾ",
    "Chương I",
    "QUY ĐỊNH CHUNG",
    "Điều 1. Phạm vi điều chỉnh",
    "1. Quy chế này quy định về Cụm thi đua.",
    "2. Theo Điều 7 của Luật Thi đua, khen thưởng.",
    "Điều 2: Đối tượng",
    "Các đơn vị thành viên.",
    "Mục 2. Chấm điểm",
    "Điều 3. Cách chấm",
]


def _saved(document) -> io.BytesIO:
    out = io.BytesIO()
    document.save(out)
    return out


def _numbered(paragraph, number: int, level: int = 0) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f"<w:numPr {nsdecls('w')}><w:ilvl w:val='{level}'/>"
            f"<w:numId w:val='{number}'/></w:numPr>"
        )
    )


def test_paragraphs_headings_and_tables_are_read_in_their_order():
    document = Document()
    document.add_heading("Chương I. Quy định chung", level=1)
    document.add_paragraph("Các đơn vị\tthành viên   ký giao ước.")
    document.add_paragraph("")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Chỉ tiêu", "Số"
    found = read_docx(_saved(document))
    assert [(p.text, p.level) for p in found] == [
        ("Chương I. Quy định chung", 1),
        ("Các đơn vị thành viên ký giao ước.", 0),
        ("Chỉ tiêu\tSố", 0),
    ]


def test_what_word_counts_by_itself_is_counted_here():
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f"<w:abstractNum {nsdecls('w')} w:abstractNumId='99'>"
            "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/>"
            "<w:lvlText w:val='Điều %1.'/></w:lvl>"
            "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/>"
            "<w:lvlText w:val='%2)'/></w:lvl></w:abstractNum>"
        ),
    )
    numbering.append(
        parse_xml(f"<w:num {nsdecls('w')} w:numId='99'><w:abstractNumId w:val='99'/></w:num>")
    )
    for words, level in [("Phạm vi", 0), ("một", 1), ("hai", 1), ("Đối tượng", 0), ("ba", 1)]:
        _numbered(document.add_paragraph(words), 99, level)
    found = [p.text for p in read_docx(_saved(document))]
    assert found == ["Điều 1. Phạm vi", "a) một", "b) hai", "Điều 2. Đối tượng", "a) ba"]


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"PK\x03\x04 cut", b"PK\x05\x06" + b"\x00" * 18]
)
def test_what_is_no_word_document_is_refused(data):
    with pytest.raises(Unreadable, match="damaged"):
        read_docx(io.BytesIO(data))


def test_articles_are_told_with_their_chapters_and_texts():
    found = articles_of(REGULATION)
    assert [(a.number, a.title, a.chapter) for a in found] == [
        ("1", "Phạm vi điều chỉnh", "Chương I. QUY ĐỊNH CHUNG"),
        ("2", "Đối tượng", "Chương I. QUY ĐỊNH CHUNG"),
        ("3", "Cách chấm", "Mục 2. Chấm điểm"),
    ]
    assert found[0].text.splitlines() == REGULATION[4:6]
    assert found[2].text == ""


def test_lines_of_a_pdf_are_joined_to_paragraphs():
    page = (
        "2\r\nĐiều 1. Phạm vi\r\nvà cách gọi\r\nQuy chế này quy định về tổ chức và\r\n"
        "hoạt động của Cụm.\r\na) Một\r\n"
    )
    assert paragraphs_of([page]) == [
        "Điều 1. Phạm vi và cách gọi",
        "Quy chế này quy định về tổ chức và hoạt động của Cụm.",
        "a) Một",
    ]
