"""Scoring a nation: 10,000 cards × 60 criteria × 5 layers, read, scored, ranked and explained.

Each year of a bloc (25 cards) is reckoned as the program does it, by turns with a bare read of the
same columns of that year's marks; once with 1,000 cards in the database and once with 10,000.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.report import Row
from scripts.checks import ROOT
from scripts.postgres import cluster, find_programs

MOST_MEGABYTES = 1024
Told = dict[str, float]


def measure() -> list[Row]:
    """Measure on SQLite, and on PostgreSQL where it is installed."""
    with _sqlite() as environment:
        rows = _measure("SQLite", environment)
    if find_programs() is None:
        print("scoring: PostgreSQL is not installed, left out")
        return rows
    with cluster() as url, _sqlite() as environment:
        return rows + _measure("PostgreSQL", {**environment, "DATABASE_URL": url})


@contextmanager
def _sqlite() -> Iterator[dict[str, str]]:
    """Yield the environment of a database in a folder of its own; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="thidua-nation-") as folder:
        environment = {**os.environ, "DATA_DIR": folder, "READ_DOTENV": "0"}
        environment.pop("DATABASE_URL", None)
        yield environment


def _measure(name: str, environment: dict[str, str]) -> list[Row]:
    _run(environment, "manage.py", "migrate", "--verbosity", "0", "--skip-checks")
    _run(environment, "-m", "benchmarks.nation", "build")
    few: Told = json.loads(_run(environment, "-m", "benchmarks.nation", "measure"))
    _run(environment, "-m", "benchmarks.nation", "extend")
    many: Told = json.loads(_run(environment, "-m", "benchmarks.nation", "measure"))
    return [_against_reading(name, many), _linear(name, few, many)]


def _run(environment: dict[str, str], *command: str) -> str:
    told = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return told.stdout


def _against_reading(name: str, told: Told) -> Row:
    row = Row(
        what=f"scoring a nation, {told['cards']:,} cards, {told['marks']:,} marks, {name}",
        ours=f"{told['ours']:.1f} s",
        yardstick=f"bare read of the same columns, year by year, {told['bare']:.1f} s",
        ratio=told["ours"] / told["bare"],
        aim=2,
    )
    row.notes = [
        f"peak memory {told['peak_mb']:.0f} MB (aim: under {MOST_MEGABYTES})",
        f"one scan over all marks at once: {told['scan']:.1f} s",
    ]
    if told["peak_mb"] >= MOST_MEGABYTES:
        row.ratio = float("inf")
    return row


def _linear(name: str, few: Told, many: Told) -> Row:
    """Compare the time of a card among all with that of a card among the first."""
    return Row(
        what=f"one card among {many['cards']:,} and among {few['cards']:,}, {name}",
        ours=f"{many['card_ms']:.2f} ms",
        yardstick=f"{few['card_ms']:.2f} ms",
        ratio=many["card_ms"] / few["card_ms"],
        aim=1.25,
        notes=["linear: a card costs the same, however many there are"],
    )
