"""What the tests need beside Python: a browser and a database server, from Debian where we may."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from scripts.browser import find_browser
from scripts.postgres import find_programs
from scripts.say import say


@dataclass(frozen=True)
class Part:
    """A Debian package, and how to tell that what it brings is there."""

    package: str
    find: Callable[[], object]


BROWSER = Part("chromium", find_browser)
DATABASE = Part("postgresql", find_programs)


def install(*parts: Part) -> None:
    """Install the missing ``parts`` with apt, quietly; do nothing where we are not root on Debian.

    A failure is not raised: whoever needs the part asks `reason_missing` afterwards.
    """
    packages = [part.package for part in parts if not part.find()]
    if not packages or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    names = " ".join(packages)
    say(f"Đang cài {names} để kiểm thử…", f"Installing {names} for the tests…")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(
            [*quiet, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )


def reason_missing(part: Part) -> str | None:
    """Return why ``part`` cannot be used, or None when it is there."""
    if part.find():
        return None
    if os.geteuid() != 0:
        return f"{part.package} is not installed, and only root may install it"
    if not shutil.which("apt-get"):
        return f"{part.package} is not installed, and this machine has no apt-get"
    return f"apt-get could not install {part.package}"
