"""A folder of its own for each test, so that what one blanks or damages is its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from thidua.core.errors import Invalid

FILES = "thidua.files.storage.KeptFiles"


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Return the folder that holds the kept files of this test."""
    settings.FILES_DIR = tmp_path / "files"
    settings.INCOMING_DIR = tmp_path / "files" / "incoming"
    kept = {"BACKEND": FILES, "OPTIONS": {"location": settings.FILES_DIR}}
    settings.STORAGES = {**settings.STORAGES, "files": kept}
    return tmp_path / "files"


@pytest.fixture
def lying(folder: Path) -> Callable[[], list[str]]:
    """Return a function that lists what lies in the folder, with what is still coming in."""

    def lying() -> list[str]:
        return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())

    return lying


def sentence_of(refusal: pytest.ExceptionInfo[Invalid]) -> str:
    """Return what the refusal says; it stands beside the field, and nothing is a code word."""
    assert refusal.value.field == "file"
    assert "%(" not in refusal.value.sentence
    return refusal.value.sentence
