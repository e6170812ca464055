"""Which browser the journeys and the pictures use: Debian's Chromium, never a downloaded one."""

import shutil

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# It may run as root, has no screen, and asks nothing of the network.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_browser() -> str | None:
    """Return the path of the first browser that this machine has, or None."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)
