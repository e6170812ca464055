"""What the check page says of the letters that papers are printed in."""

import pytest

from scripts.debian import LETTERS, reason_missing
from thidua.documents.findings import look
from thidua.house.checks import State
from thidua.typesetting import fonts


def test_a_machine_with_debians_letters_is_fine(settings):
    if reason := reason_missing(LETTERS):
        pytest.skip(reason)
    settings.PAPER_FONTS = ""
    assert look().state is State.FINE


def test_a_machine_without_any_is_told_what_to_install(settings, monkeypatch):
    """No fonts installed: the operator reads which family is used and what to do."""
    monkeypatch.setattr(fonts, "FOLDERS", ())
    settings.PAPER_FONTS = ""
    found = look()
    assert found.state is State.LOOK
    assert "Libertinus Serif" in found.sentence
    assert found.command == "apt install fonts-liberation2"


@pytest.mark.parametrize(
    ("folder", "said"), [("", "không có phông"), ("absent", "không phải thư mục")]
)
def test_a_configured_folder_that_is_of_no_use_is_named(settings, tmp_path, folder, said):
    settings.PAPER_FONTS = str(tmp_path / folder)
    found = look()
    assert found.state is State.LOOK
    assert said in found.sentence
    assert settings.PAPER_FONTS in found.sentence
