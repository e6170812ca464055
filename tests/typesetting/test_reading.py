"""A PDF or Word file of anybody's is read within limits, or refused with a reason."""

from pathlib import Path

import pytest

from tests.typesetting.bad_files import bomb, encrypted, endless, pdf_of, zip_bomb
from tests.typesetting.decree_paper import FAMILY, PARAGRAPH, paper
from thidua.typesetting import _pdf_child
from thidua.typesetting.docx_text import read_docx
from thidua.typesetting.reading import Font, Limits, Unreadable, read_pdf, read_text

pytestmark = pytest.mark.programs


@pytest.fixture
def keep(tmp_path):
    def _keep(data: bytes, name: str = "Tệp có dấu.pdf"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return _keep


def _refusal(read, *args) -> str:
    with pytest.raises(Unreadable) as refused:
        read(*args)
    return refused.value.reason


def test_words_come_with_their_place_size_and_font(keep):
    read = read_pdf(keep(paper()))

    row = next(row for row in read.pages[0].rows if row.text.startswith("Độc lập"))
    assert (row.text, row.size, row.is_bold, row.is_italic) == (
        "Độc lập - Tự do - Hạnh phúc",
        13.0,
        True,
        False,
    )
    assert {font.family for font in read.fonts} == {FAMILY.replace(" ", "")}
    assert all(font.is_embedded for font in read.fonts)
    assert PARAGRAPH[:60] in " ".join(read.text.split())


def test_the_text_alone_keeps_every_vietnamese_letter(keep):
    pages = read_text(keep(paper(first_words="Ữ ữ Ặ ặ Ợ ợ Ẫ ẫ Đ đ Ỵ ỵ #text[uỷ ban, ủy ban]")))

    assert len(pages) == 3
    assert "Ữ ữ Ặ ặ Ợ ợ Ẫ ẫ Đ đ Ỵ ỵ uỷ ban, ủy ban" in " ".join(pages[0].split())


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("TimesNewRomanPSMT", "TimesNewRoman"),
        ("ABCDEF+TimesNewRomanPS-BoldItalicMT", "TimesNewRoman"),
        ("Times New Roman,Bold", "TimesNewRoman"),
        ("ArialMT", "Arial"),
        ("BAAAAA+LiberationSerif-Italic", "LiberationSerif"),
    ],
)
def test_a_family_is_told_from_any_program_s_name(name, family):
    assert Font(name, True, False, False).family == family


def test_a_pdf_that_nobody_can_read_is_refused_with_its_reason(keep):
    """An encrypted, damaged, 200 MB or 0-byte PDF."""
    whole = paper()
    assert _refusal(read_pdf, keep(encrypted(whole))) == "encrypted"
    assert _refusal(read_pdf, keep(whole[: len(whole) // 3])) == "damaged"
    assert _refusal(read_pdf, keep(b"")) == "empty"
    large = keep(b"%PDF-1.7\n")
    with large.open("r+b") as file:
        file.truncate(200 * 2**20)  # a file with a hole: nothing of it may be read
    assert _refusal(read_pdf, large) == "too_big"


def test_a_word_file_is_no_pdf_whatever_its_name(keep):
    """A DOCX named .pdf."""
    assert _refusal(read_pdf, keep(b"PK\x03\x04" + b"0" * 5000)) == "not_pdf"


def test_what_unpacks_to_more_than_the_memory_allowed_is_refused(keep):
    small = Limits(megabytes=300)
    assert _refusal(read_text, keep(bomb(800)), small) == "too_heavy"
    assert _refusal(read_docx, keep(zip_bomb(), "x.docx")) == "too_heavy"


def test_more_pages_letters_or_time_than_allowed_is_refused(keep):
    path = keep(paper())
    assert _refusal(read_text, path, Limits(pages=2)) == "too_many_pages"
    assert _refusal(read_text, path, Limits(letters=100)) == "too_heavy"
    assert _refusal(read_pdf, keep(endless()), Limits(seconds=1)) == "too_slow"


def test_a_page_without_letters_is_read_as_such(keep):
    read = read_pdf(keep(pdf_of(b"", filters=b"")))
    assert not read.has_text
    assert read.pages[0].rows == []


def test_the_reader_needs_nothing_of_ours():
    """It runs apart, without our settings and secrets."""
    assert "thidua" not in Path(_pdf_child.__file__).read_text(encoding="utf-8")


def test_a_hyphen_at_a_line_s_end_stays(keep):
    """The sign of a paper is "05/BC-HND", and its code has one as well: neither is a soft one."""
    narrow = "#block(width: 2.2cm)[01/BB-HND]"
    assert "01/BB-HND" in "".join(read_text(keep(paper(first_words=narrow)))[0].split())
    words = read_pdf(keep(paper(first_words=narrow))).pages[0].words
    assert "01/BB-" in [word.text for word in words]
