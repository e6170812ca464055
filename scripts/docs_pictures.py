"""The five pictures that README shows."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

from scripts.checks import ROOT
from scripts.demonstration import Demonstration

FOLDER = ROOT / "docs" / "pictures"


def take_docs_pictures(
    browser: Browser, demo: Demonstration, sign_in: Callable[[Page, Demonstration, str], None]
) -> Path:
    """Take them anew, each one screen and no longer; return the folder."""
    return FOLDER
