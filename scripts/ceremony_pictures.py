"""The screen of a ceremony before, during and after, for the guide: three small pictures."""

import subprocess
from pathlib import Path

from playwright.sync_api import Browser

from scripts.checks import ROOT
from scripts.demonstration import Demonstration
from scripts.environment import PYTHON

SIZE = (1280, 720)
STEPS = (("begin", "during"), ("finish", "after"))


def take_the_ceremony(browser: Browser, demo: Demonstration, folder: Path) -> None:
    """Open a ceremony in the demonstration and take its screen three times."""
    address = _act(demo, "open")
    width, height = SIZE
    context = browser.new_context(
        base_url=demo.address,
        locale="vi-VN",
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"/le-ky/{address}/")
    page.screenshot(path=folder / "ceremony-before.png")
    for step, name in STEPS:
        _act(demo, step)
        page.reload()
        page.screenshot(path=folder / f"ceremony-{name}.png")
    context.close()


def _act(demo: Demonstration, step: str) -> str:
    command = [str(PYTHON), "-m", "scripts.ceremony_acts", step]
    done = subprocess.run(
        command, cwd=ROOT, env=demo.environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()
