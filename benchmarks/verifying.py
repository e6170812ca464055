"""10,000 verifications by code: the server time of the page against the bare page."""

import json
import subprocess
import sys

from benchmarks.report import Row
from benchmarks.world import world
from scripts.checks import ROOT

QUERIES = 15


def measure() -> Row:
    """Ask the public page of 10,000 papers of three pages, each by its own code, once."""
    with world(1, 3) as environment:
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.codes"],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    found = json.loads(told.stdout)
    row = Row(
        what="10,000 verifications by code, each of another paper",
        ours=f"{found['ms']:.1f} ms ({found['seconds']:.0f} s in all)",
        yardstick=f"bare page {found['bare_ms']:.1f} ms",
        ratio=found["ms"] / found["bare_ms"],
        aim=2,
    )
    row.notes = [f"queries: {found['queries']} (aim: the same, at most {QUERIES})"]
    if len(found["queries"]) != 1 or found["queries"][0] > QUERIES:
        row.ratio = float("inf")
    return row
