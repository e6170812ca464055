"""What sheets bring with them is met with a sentence, and nothing of it is lost."""

import io
import struct
from pathlib import Path

import pytest
from django.core.files.uploadedfile import UploadedFile

from tests import factories as make
from tests.files.samples import compound, zipped
from tests.imports.sheets import brought, headings, problems, remarks, rows_of, text, unit, upload
from thidua.core.errors import Invalid
from thidua.imports.actions.bringing import bring_sheet
from thidua.imports.actions.writing import confirm_import
from thidua.imports.models import Import
from thidua.imports.reading.biff import walk
from thidua.imports.reading.xlsx import look_through
from thidua.organizations.models import Name, Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make.board(make.an_organization("Ban Thi đua tỉnh", kind="board"))


def bring(file, name, by):
    return bring_sheet(upload(file, name), by=by, kind="organizations")


def test_the_value_of_merged_cells_counts_for_the_first_and_the_range_is_told(board):
    """“merged cells”: which they are, and why the others are empty."""

    def merge(book, sheet):
        sheet.merge_range("C2:C3", "tổ chức xã hội")

    rows = rows_of("organizations", unit("Hội A"), unit("Hội B", kind=None))
    imported = brought("organizations", rows, board, merge)

    assert remarks(imported)["merged"] == {"ranges": "C2:C3"}
    assert problems(imported) == [(3, "C3", "needed_merged")]
    assert imported.found["problems"][0][4]["range"] == "C2:C3"


def test_hidden_rows_are_read_and_named(board):
    """“hidden rows”, those of a filter among them, are told by number."""

    def hide(book, sheet):
        for row in (2, 3):
            sheet.set_row(row, None, None, {"hidden": True})

    rows = rows_of("organizations", *(unit(f"Hội {n}") for n in range(4)))
    imported = brought("organizations", rows, board, hide)

    assert remarks(imported)["hidden"] == {"rows": "3–4", "count": 2}
    assert imported.found["counts"]["make"] == 4


def test_a_computed_formula_gives_its_value_and_an_uncomputed_one_is_an_error(board):
    """“formulas for values”: the value that was computed is taken, and said so."""

    def compute(book, sheet):
        sheet.write_formula("A2", '="Hội " & "A"', None, "Hội A")
        sheet.write_formula("A3", "=B9", None, "")
        sheet.write_formula("A4", "=1/0", None, "#DIV/0!")

    rows = rows_of("organizations", unit(None), unit(None), unit(None))
    imported = brought("organizations", rows, board, compute)

    assert remarks(imported)["formulas"]["count"] == 3
    assert problems(imported) == [(3, "A3", "uncomputed"), (4, "A4", "broken")]
    assert imported.found["steps"] == [[2, "make", "Hội A"]]


def test_a_text_may_be_computed_to_nothing_and_tags_may_have_a_prefix():
    xml = (
        b'<x:worksheet><x:sheetData><x:row r="1" hidden="1"><x:c r="A1" t="str"><x:f>IF(1,"")</x:f>'
        b'<x:v></x:v></x:c><x:c r="B1"><x:f>A9</x:f><x:v/></x:c></x:row></x:sheetData>'
        b'<x:mergeCells><x:mergeCell ref="A1:B1"/></x:mergeCells></x:worksheet>'
    )
    marks = look_through(io.BytesIO(xml))

    assert (marks.formulas, marks.uncomputed, marks.hidden) == (2, {(0, 1)}, [0])
    assert marks.merged == [((0, 0), (0, 1))]


def test_a_day_that_is_a_number_is_converted_and_a_bare_year_is_refused(board):
    """“dates as numbers”, as a cell without a format has them."""
    rows = rows_of(
        "organizations",
        unit("Hội A", since=45839),
        unit("Hội B", since="45839"),
        unit("Hội C", since=2025),
        unit("Hội D", since="31/02/2025"),
    )
    imported = brought("organizations", rows, board)

    assert remarks(imported)["serials"] == {"count": 1}
    assert problems(imported) == [
        (3, "G3", "no_day"),
        (4, "G4", "only_a_year"),
        (5, "G5", "no_day"),
    ]
    good = confirm_import(brought("organizations", rows[:2], board), by=board)
    assert good.state == Import.State.DONE
    assert str(Name.objects.get(name="Hội A").since) == "2025-07-01"


def test_an_old_workbook_is_read(board):
    """“.xls” with its days, its hidden row and its merged cells."""
    file = io.BytesIO((Path(__file__).parent / "don-vi.xls").read_bytes())
    imported = bring(file, "cu.xls", board)

    assert imported.found["counts"]["make"] == 3
    assert remarks(imported)["hidden"] == {"rows": "3", "count": 1}
    assert remarks(imported)["merged"] == {"ranges": "E2:E3"}


@pytest.mark.parametrize(
    ("encoding", "delimiter", "said"),
    [
        ("utf-8-sig", ";", None),
        ("utf-8", ",", None),
        ("utf-16", "\t", "encoding_utf16"),
        ("cp1258", ";", "encoding_windows1258"),
    ],
)
def test_a_text_is_read_whatever_its_code_and_delimiter(board, encoding, delimiter, said):
    """“CSV in Windows-1258 and in UTF-8 with BOM”: tones behind their letters are composed."""
    name = "Hội Liên hiệp Phụ nữ, tỉnh Hưng Yên"
    rows = rows_of("organizations", unit(name))
    if encoding == "cp1258":
        rows = [[_apart(cell) for cell in row] for row in rows]
    imported = bring(text(rows, encoding, delimiter), "bang.csv", board)

    assert imported.found["steps"] == [[2, "make", name]]
    assert set(remarks(imported)) == ({said} if said else set())


def _apart(cell):
    """Return a text as Windows-1258 has it: hats on the letters, tones behind them."""
    import unicodedata

    if not cell:
        return cell
    apart = unicodedata.normalize("NFD", cell)
    for mark in "\u0302\u0306\u031b":
        for letter in "aeiouAEIOU":
            apart = apart.replace(letter + mark, unicodedata.normalize("NFC", letter + mark))
    # A tone below stands before a hat in decomposed text.
    for letter in "aeoAEO":
        for mark in "\u0302\u0306\u031b":
            apart = apart.replace(
                f"{letter}\u0323{mark}", unicodedata.normalize("NFC", letter + mark) + "\u0323"
            )
    return apart.replace("đ", "đ")


def test_text_of_an_old_font_is_converted_and_said_so(board):
    """“TCVN3-encoded (.VnTime) text (recognised, converted, said so)”, in a workbook and a CSV."""
    rows = [
        ["Tªn ®Çy ®ñ", "Lo¹i ®¬n vÞ", "CÊp"],
        ["Héi N«ng d©n tØnh", "tæ chøc x· héi", "tØnh"],
        ["Héi Phô n÷", "tæ chøc x· héi", "tØnh"],
        ["Ngọc Hà", "tổ chức xã hội", "tỉnh"],
    ]
    imported = brought("organizations", rows, board)
    assert [step[2] for step in imported.found["steps"]] == [
        "Hội Nông dân tỉnh",
        "Hội Phụ nữ",
        "Ngọc Hà",
    ]
    assert remarks(imported)["font_tcvn3"]["count"] >= 6

    as_text = bring(text(rows[:3], "latin-1"), "bang.csv", board)
    assert as_text.found["steps"][0][2] == "Hội Nông dân tỉnh"
    assert "font_tcvn3" in remarks(as_text)


def test_vni_text_is_converted_too(board):
    rows = [
        ["Teân ñaày ñuû", "Loaïi ñôn vò", "Caáp"],
        ["Uûy ban nhaân daân tænh Bình Döông", "toå chöùc xaõ hoäi", "tænh"],
    ]
    imported = brought("organizations", rows, board)

    assert imported.found["steps"] == [[2, "make", "Ủy ban nhân dân tỉnh Bình Dương"]]
    assert "font_vni" in remarks(imported)


@pytest.mark.parametrize("streams", [["EncryptedPackage", "EncryptionInfo"]])
def test_a_workbook_with_a_password_is_told_how_to_lose_it(board, streams):
    """“a password”: how to take it off is said, and nothing is kept."""
    with pytest.raises(Invalid, match="Tệp có mật khẩu") as refusal:
        bring(io.BytesIO(compound(*streams)), "bang.xlsx", board)

    assert refusal.value.field == "file"
    assert Import.objects.count() == 0


def test_a_workbook_that_would_fill_the_memory_is_refused_before_it_is_opened(board):
    """“a zip bomb”, and the other one: two cells a million rows and columns apart."""
    bomb = zipped({"[Content_Types].xml": b"x", "xl/worksheets/sheet1.xml": b"\0" * (5 << 20)})
    with pytest.raises(Invalid, match="bung ra quá lớn"):
        bring(io.BytesIO(bomb), "bang.xlsx", board)

    def far(book, sheet):
        sheet.write_string("XFD1048576", "x")

    with pytest.raises(Invalid, match="trải tới ô XFD1048576"):
        brought("organizations", [["Tên"]], board, far)


def test_rows_to_the_limit_are_read_and_one_more_is_refused(board, settings):
    """“100,000 rows” is what a sheet may have; here the limit is set to three."""
    assert settings.IMPORT_MAX_ROWS == 100_000
    settings.IMPORT_MAX_ROWS = 3
    rows = rows_of("organizations", *(unit(f"Hội {n}") for n in range(4)))

    assert brought("organizations", rows[:4], board).found["counts"]["make"] == 3
    refused = brought("organizations", rows, board)
    assert (refused.state, "hơn 3 hàng" in refused.refusal) == (Import.State.REFUSED, True)


def test_an_old_workbook_with_a_password_is_told_by_its_record():
    start, lock, end = (struct.pack("<HH", code, 0) for code in (0x0809, 0x002F, 0x000A))

    assert walk(start + lock + end).is_locked
    assert not walk(start + end).is_locked
    with pytest.raises(Invalid, match="hỏng"):
        walk(start + struct.pack("<HH", 0x0085, 4) + b"\x00")


def test_a_quote_that_is_not_closed_swallows_no_rows(board):
    file = text(rows_of("organizations", unit("Hội A"), unit("Hội B"), unit("Hội C")))
    broken = io.BytesIO(file.getvalue().replace("Hội B".encode(), '"Hội B'.encode()))

    refused = bring(broken, "bang.csv", board)

    assert (refused.state, "dấu nháy kép" in refused.refusal) == (Import.State.REFUSED, True)


def test_signs_that_cannot_be_seen_do_no_harm(board):
    rows = rows_of("organizations", unit("Hội\u200b A\x07 \u00a0"), unit("Hội B", level="x\x01y"))
    imported = bring(text(rows), "bang.csv", board)

    assert imported.found["steps"][0] == [2, "make", "Hội A"]
    assert imported.found["problems"][0][4]["value"] == "xy"


def test_an_empty_file_and_an_empty_sheet_get_a_sentence(board):
    with pytest.raises(Invalid, match="Tệp rỗng"):
        bring_sheet(UploadedFile(io.BytesIO(), "a.xlsx", size=0), by=board, kind="organizations")
    assert brought("organizations", [], board).state == Import.State.REFUSED
    assert "no_rows" in remarks(brought("organizations", [headings("organizations")], board))
    assert Organization.objects.count() == 1
