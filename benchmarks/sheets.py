"""A sheet of 10,000 rows × 30 columns: previewed against the bare reader, then imported.

The bare reader opens the same file and turns every cell into Python (`calamine`, `to_python`). The
preview reads the kept file, looks for hidden rows, formulas and errors, reads the ten columns that
it knows, matches each row with what is there and keeps what it found. Memory is the kernel's peak
(VmHWM) above rest: of the bare reader, and of the whole import of 10,000 and of 2,500 rows.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.report import Row
from scripts.checks import ROOT

AIM, MOST_MEGABYTES = 3, 100
Told = dict[str, float]


def measure() -> list[Row]:
    """Preview and import in processes of their own, on SQLite."""
    with tempfile.TemporaryDirectory(prefix="thidua-sheets-") as folder:
        empty = Path(folder) / "empty"
        _run(empty, "manage.py", "migrate", "--verbosity", "0", "--skip-checks")
        preview = _told(empty, "preview", 10_000)
        few = _told(empty, "import", 2_500)
        many = _told(empty, "import", 10_000)
    return [_previewed(preview), _imported(few, many)]


def _previewed(told: Told) -> Row:
    row = Row(
        what="Excel 10,000 rows × 30 columns, previewed",
        ours=f"{told['ours']:.2f} s",
        yardstick=f"the bare reader, {told['bare']:.2f} s",
        ratio=told["ours"] / told["bare"],
        aim=AIM,
    )
    row.notes = [f"memory at the peak: bare {told['bare_peak']:.0f} MB, ours {told['peak']:.0f} MB"]
    return row


def _imported(few: Told, many: Told) -> Row:
    row = Row(
        what="Excel 10,000 rows × 30 columns, imported with progress",
        ours=f"{many['peak']:.0f} MB above rest at the peak, in {many['seconds']:.1f} s",
        yardstick=f"{MOST_MEGABYTES} MB",
        ratio=many["peak"] / MOST_MEGABYTES,
        aim=1,
    )
    row.notes = [
        f"2,500 rows: {few['peak']:.0f} MB, {few['seconds']:.1f} s",
        f"words of progress: {many['ticks']:.0f}",
    ]
    return row


def _told(empty: Path, what: str, rows: int) -> Told:
    """Measure in a copy of the empty database."""
    folder = shutil.copytree(empty, empty.parent / f"{what}-{rows}")
    told: Told = json.loads(_run(folder, "-m", "benchmarks.sheet", what, str(rows)))
    return told


def _run(folder: Path, *command: str) -> str:
    environment = {**os.environ, "DATA_DIR": str(folder), "READ_DOTENV": "0"}
    environment.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
