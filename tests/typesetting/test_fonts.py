"""One family for all papers: a Times-metric one with all of Vietnamese, else Typst's own."""

import shutil
from pathlib import Path

import pytest

from scripts.debian import LETTERS, reason_missing
from tests.typesetting import samples
from tests.typesetting.reading_back import told
from thidua.typesetting import fonts as module
from thidua.typesetting.fonts import CARRIED, find_fonts, lacking, shows, vietnamese
from thidua.typesetting.pdf import render_pdf


@pytest.fixture
def installed():
    """Return the family that Debian brings."""
    if reason := reason_missing(LETTERS):
        pytest.skip(reason)
    return find_fonts()


@pytest.fixture
def bare(monkeypatch):
    """Let the machine have no family of Debian's."""
    monkeypatch.setattr(module, "FOLDERS", ())


def test_vietnamese_has_all_its_letters():
    assert len([letter for letter in vietnamese() if letter.isalpha()]) == 2 * (72 + 21)


def test_debians_family_is_the_expected_one(installed):
    assert installed.family in module.TIMES
    assert installed.is_expected
    assert installed.advice == ()


def test_without_any_font_papers_are_printed_in_the_family_that_typst_carries(bare, tmp_path):
    """No fonts installed: the paper comes out in one family all the same, and it is told."""
    fonts = find_fonts()
    assert (fonts.family, fonts.is_expected, fonts.advice) == (CARRIED, False, ("none_installed",))
    assert shows(fonts, vietnamese())
    path = tmp_path / "paper.pdf"
    path.write_bytes(render_pdf(samples.report(), fonts))
    rows = told("pdffonts", path).splitlines()[2:]
    assert rows
    assert all("LibertinusSerif" in row for row in rows)


def test_a_configured_folder_comes_first(installed, bare, tmp_path):
    for file in installed.files:
        shutil.copy(file, tmp_path)
    fonts = find_fonts(str(tmp_path))
    assert fonts.is_expected
    assert {Path(file).parent for file in fonts.files} == {tmp_path}


def test_a_configured_folder_without_such_a_family_is_told(bare, tmp_path):
    assert find_fonts(str(tmp_path)).advice == ("folder_has_none", "none_installed")
    assert find_fonts(str(tmp_path / "absent")).advice == ("not_a_folder", "none_installed")


def test_a_family_that_lacks_vietnamese_letters_is_passed_over_whatever_its_name(
    installed, bare, tmp_path
):
    """As Debian's older fonts-liberation: here "Ạ" and all combining marks are cut out."""
    for file in map(Path, installed.files):
        content = file.read_bytes()
        at = content.index(b"cmap")
        start = int.from_bytes(content[at + 8 : at + 12], "big")
        length = int.from_bytes(content[at + 12 : at + 16], "big")
        table = content[start : start + length]
        assert {b"\x1e\xa0", b"\x03\x6f"} <= {table[i : i + 2] for i in range(length)}
        table = table.replace(b"\x1e\xa0", b"\x1e\xa1").replace(b"\x03\x6f", b"\x02\xff")
        (tmp_path / file.name).write_bytes(content[:start] + table + content[start + length :])
    assert find_fonts(str(tmp_path)).advice == ("folder_has_none", "none_installed")


def test_thousands_of_letters_that_are_lacking_are_found_at_once(installed):
    many = {chr(code) for code in range(0x4E00, 0x4E00 + 500)} | {"\ue000"}
    assert lacking({*many, "ơ", "€"}, installed) == many
