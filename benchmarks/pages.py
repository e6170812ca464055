"""Server time of a page against a bare page of the same framework.

The bare page goes through the same middleware, asks as many queries (each reads up to 25 members
with their organisations, the rows that our pages are made of), and loops over as many cells
with a link in each, in one plain template. Cells of a page: the places that show a piece of text
(table cells, list items, paragraphs, headings, terms and their values, days).
"""

import json
import subprocess
import sys

from benchmarks.report import Row
from benchmarks.world import world
from scripts.checks import ROOT

SMALL, LARGE, CRITERIA, QUERIES, KILOBYTES = 3, 25, 60, 15, 100


def measure() -> list[Row]:
    """Measure the pages of a bloc at 25 units and 60 criteria; compare queries with 3 units.

    The marking page is the leader's, of a card with 200 files behind its criteria.
    """
    small, large = _pages(SMALL), _pages(LARGE)
    rows = []
    for name, page in large.items():
        row = Row(
            what=f"page {name}, {LARGE} units, {CRITERIA} criteria",
            ours=f"{page['ms']:.1f} ms",
            yardstick=f"bare page {page['bare_ms']:.1f} ms "
            f"({page['queries']} queries, {page['cells']} cells)",
            ratio=page["ms"] / page["bare_ms"],
            aim=2,
        )
        row.notes = [
            f"queries: {small[name]['queries']} at {SMALL} units, {page['queries']} at {LARGE} "
            f"(aim: the same, at most {QUERIES})",
            f"compressed with its CSS and scripts: {page['kb']:.0f} KB (aim: {KILOBYTES})",
        ]
        same = small[name]["queries"] == page["queries"] <= QUERIES
        if not same or page["kb"] > KILOBYTES:
            row.ratio = float("inf")
        rows.append(row)
    return rows


def _pages(units: int) -> dict[str, dict[str, float]]:
    with world(1, units, CRITERIA) as environment:
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.page"],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return dict(json.loads(told.stdout))
