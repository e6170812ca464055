"""Work that tells what was done by lines in a file: no database can take those back."""

import os
import time
from pathlib import Path

from django.conf import settings

from thidua.jobs.progress import progress
from thidua.jobs.work import work


def told_in(folder: str) -> Path:
    """Return the file of lines that a house with this folder of data has."""
    return Path(folder) / "told.txt"


def _tell(line: str) -> None:
    path = told_in(str(settings.DATA_DIR))
    file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    os.write(file, f"{line}\n".encode())
    os.close(file)


@work(name="kills.note", title="ghi một dòng")
def note(line: str) -> None:
    """Tell one line."""
    _tell(line)


@work(name="kills.slow", title="việc lâu")
def slow(line: str) -> None:
    """Tell that it began, and its end only when the file `go` is there."""
    _tell(f"{line} begun")
    go = Path(settings.DATA_DIR) / "go"
    end = time.monotonic() + 60
    while not go.exists() and time.monotonic() < end:
        time.sleep(0.02)
        progress(1, of=2)
    _tell(f"{line} done")
