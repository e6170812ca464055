"""`make bench`: measure, print each ratio, and end with an error when an aim does not hold."""

import sys
from collections.abc import Callable

from benchmarks import (
    backup,
    ceremony,
    deeds,
    mail,
    memory,
    pages,
    papers,
    province,
    scoring,
    sheets,
    signing,
    start,
    upload,
    verifying,
)
from benchmarks.report import Row
from scripts.postgres import find_programs

PARTS: dict[str, Callable[[], list[Row]]] = {
    "pages": pages.measure,
    "province": province.measure,
    "memory": lambda: [memory.measure()],
    "upload": lambda: [upload.measure()],
    "ceremony": ceremony.measure,
    "deeds": lambda: [deeds.measure()],
    "backup": backup.measure,
    "mail": mail.measure,
    "scoring": scoring.measure,
    "sheets": sheets.measure,
    "papers": papers.measure,
    "verifying": lambda: [verifying.measure()],
    "signing": signing.measure,
    "start": lambda: [start.measure()],
}


def main(names: list[str]) -> int:
    """Run the parts named (all when none is); return the exit code."""
    held = True
    for name, measure in PARTS.items():
        if names and name not in names:
            continue
        if name == "deeds" and find_programs() is None:
            print("deeds: left out, PostgreSQL is not installed")
            continue
        for row in measure():
            row.print()
            held &= row.holds
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
