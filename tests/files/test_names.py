"""A file's name is shown and saved under: what is dangerous goes, what was written stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.files.kinds import DOCX, JPEG, KINDS, PDF, TEXT
from thidua.files.names import LONGEST, clean_name, name_as, suffix_of

RESERVED = '<>:"/\\|?*'


def test_a_long_vietnamese_name_keeps_its_beginning_and_its_suffix():
    """“a name of 300 Vietnamese letters or with `../`”: 150 are left, with the suffix."""
    name = "Ữ" * 300 + ".pdf"

    assert clean_name(name) == "Ữ" * 146 + ".pdf"
    assert clean_name(unicodedata.normalize("NFD", name)) == clean_name(name)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\Windows\\báo cáo.docx", "báo cáo.docx"),
        ("C:\\Minh chứng\\ảnh.jpg", "ảnh.jpg"),
        ("..", "tệp"),
        ("../", "tệp"),
        ("báo cáo/", "tệp"),
    ],
)
def test_no_part_of_a_path_is_left(name, clean):
    """“a name of 300 Vietnamese letters or with `../`”: only the last part is a name."""
    assert clean_name(name) == clean


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Báo cáo  tổng kết \n năm.PDF", "Báo cáo tổng kết năm.PDF"),
        ("a\x00b\x1f.pdf", "ab.pdf"),
        ("anh\u202egpj.exe", "anhgpj.exe"),
        ("một\u200b.pdf\ufeff", "một.pdf"),
        ('9:30 "họp" <khối>?.pdf', "9-30 -họp- -khối--.pdf"),
        (" .htaccess", "htaccess"),
        ("ảnh.jpg. . ", "ảnh.jpg"),
        ("", "tệp"),
        (None, "tệp"),
        (".pdf", "pdf"),
        ("???.pdf", "tệp.pdf"),
        ("con.pdf", "_con.pdf"),
        ("LPT1.tar.pdf", "_LPT1.tar.pdf"),
        ("công văn.pdf", "công văn.pdf"),
        ("Tờ trình số 12.2023 về khen", "Tờ trình số 12.2023 về khen"),
    ],
)
def test_what_deceives_or_is_refused_by_a_disk_goes(name, clean):
    assert clean_name(name) == clean


# Every character that UTF-8 can hold; asked for by its codec, hypothesis tries each of them first.
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_every_name_is_safe_and_cleaning_it_again_changes_nothing(name):
    clean = clean_name(name)

    assert 0 < len(clean) <= LONGEST
    assert not set(clean) & set(RESERVED)
    assert clean.isprintable()
    assert clean[0] not in ". "
    assert clean[-1] not in ". "
    assert clean_name(clean) == clean
    for kind in KINDS:
        assert suffix_of(name_as(kind, name)) in kind.suffixes
        assert len(name_as(kind, name)) <= LONGEST


@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [
        (PDF, "báo cáo.pdf", "báo cáo.pdf"),
        (PDF, "báo cáo", "báo cáo.pdf"),
        (PDF, "báo cáo lần 1.sửa2", "báo cáo lần 1.sửa2.pdf"),
        (JPEG, "ảnh.png", "ảnh.jpg"),
        (JPEG, "ảnh.JPEG", "ảnh.JPEG"),
        (DOCX, "mẫu.doc", "mẫu.docx"),
        (TEXT, "bảng.csv", "bảng.csv"),
        (PDF, "Báo cáo quý 1/2026", "Báo cáo quý 1-2026.pdf"),
        (PDF, "Ữ" * 200, "Ữ" * 146 + ".pdf"),
    ],
)
def test_a_name_gets_the_suffix_that_fits_the_content(kind, name, told):
    assert name_as(kind, name) == told
