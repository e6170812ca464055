"""A folder of data of each test's own: the mail file lies there."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> Path:
    """Point DATA_DIR to an empty folder, and let the environment say nothing of mail."""
    settings.DATA_DIR = tmp_path
    settings.EMAIL_FROM_ENVIRONMENT = False
    return tmp_path
