"""What is needed beside Python, from Debian where we may: letters for papers; tools for tests."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts.browser import find_browser
from scripts.postgres import find_programs
from scripts.say import say


@dataclass(frozen=True)
class Part:
    """Debian packages that belong together, and how to tell that what they bring is there."""

    packages: tuple[str, ...]
    find: Callable[[], object]

    @property
    def name(self) -> str:
        """The package that people know."""
        return self.packages[0]


def find_browser_and_driver() -> str | None:
    """Return the browser's path when what Playwright's own driver needs is there too."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return None
    return find_browser()


def find_letters() -> Path | None:
    """Return a file of a Times-metric family with all of Vietnamese, where Debian puts it."""
    folder = Path("/usr/share/fonts/truetype")
    files = ("liberation2/LiberationSerif-Regular.ttf", "croscore/Tinos-Regular.ttf")
    return next((folder / file for file in files if (folder / file).is_file()), None)


def find_readers() -> bool:
    """Say whether the programs are there that tell what is inside a PDF."""
    return all(map(shutil.which, ("pdffonts", "pdfsig", "pdftotext", "qpdf")))


def find_token_module() -> Path | None:
    """Return softhsm2's PKCS#11 program: a token without hardware, for tests."""
    if not shutil.which("softhsm2-util"):
        return None
    file = Path("/usr/lib/softhsm/libsofthsm2.so")
    return file if file.is_file() else None


def find_writer() -> Path | None:
    """Return the part of LibreOffice that opens Word files, which its core alone has not."""
    program = shutil.which("soffice")
    reader = Path(program).resolve().with_name("libwriterfilterlo.so") if program else None
    return reader if reader and reader.is_file() else None


BROWSER = Part(("chromium", "libatomic1"), find_browser_and_driver)
DATABASE = Part(("postgresql",), find_programs)
LETTERS = Part(("fonts-liberation2",), find_letters)
PAPERS = Part(("poppler-utils", "qpdf"), find_readers)
TOKEN = Part(("softhsm2",), find_token_module)
WORD = Part(("libreoffice-writer-nogui",), find_writer)


def install(*parts: Part) -> None:
    """Install the missing ``parts`` with apt, quietly; do nothing where we are not root on Debian.

    A failure is not raised: whoever needs the part asks `reason_missing` afterwards.
    """
    packages = [package for part in parts if not part.find() for package in part.packages]
    if not packages or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    names = " ".join(packages)
    say(f"Đang cài {names}…", f"Installing {names}…")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A machine without a network must not wait long for what it can do without.
    patience = ["-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=15"]
    quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", *patience]
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*quiet, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            print(done.stderr.rstrip(), flush=True)


def reason_missing(part: Part) -> str | None:
    """Return why ``part`` cannot be used, or None when it is there."""
    if part.find():
        return None
    if os.geteuid() != 0:
        return f"{part.name} is not installed, and only root may install it"
    if not shutil.which("apt-get"):
        return f"{part.name} is not installed, and this machine has no apt-get"
    return f"apt-get could not install {part.name}"
