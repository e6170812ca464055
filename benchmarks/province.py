"""A whole province beside three of its blocs: home and board must cost nearly the same.

150 blocs under one managing body, 1,500 units, 5 years, against 3 blocs, 30 units, 5 years. Two
processes, each with a database of its own, answer by turns, so that noise is shared.
"""

import json
import shutil
import statistics
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from benchmarks.report import Row
from benchmarks.world import world
from scripts.checks import ROOT

FEW, MANY, UNITS, CRITERIA, YEARS = 3, 150, 10, 20, 5
ROUNDS, MOST = 60, 1.3
Asked = subprocess.Popen[str]


def measure() -> list[Row]:
    """Build both, ask both by turns; a row for each page."""
    with ExitStack() as open_now:
        few = open_now.enter_context(world(FEW, UNITS, CRITERIA))
        _run(few, "grow", "years", YEARS)
        many = {**few, "DATA_DIR": str(Path(few["DATA_DIR"]) / "many")}
        shutil.copytree(few["DATA_DIR"], many["DATA_DIR"])
        _run(many, "grow", "blocs", MANY // FEW)
        small, large = (open_now.enter_context(_serve(where)) for where in (few, many))
        sizes = [_told(one, "sizes") for one in (small, large)]
        return [_row(name, small, large, sizes) for name in _told(small, "pages")]


def _row(name: str, small: Asked, large: Asked, sizes: list[dict[str, float]]) -> Row:
    """Ask both for the page by turns, and how many queries it takes."""
    few, many = (_told(one, f"queries {name}")["queries"] for one in (small, large))
    asked = [[_told(one, f"ms {name}")["ms"] for one in (small, large)] for _n in range(ROUNDS)]
    bare, ours = (statistics.median(times) for times in zip(*asked, strict=True))
    row = Row(
        what=f"{name} with {MANY} blocs, {MANY * UNITS:,} units, {YEARS} years",
        ours=f"{ours:.1f} ms",
        yardstick=f"the same with {FEW} blocs, {bare:.1f} ms",
        ratio=ours / bare,
        aim=MOST,
    )
    row.notes = [
        f"queries: {few:.0f} and {many:.0f} (aim: the same)",
        " against ".join(", ".join(f"{n:,} {what}s" for what, n in s.items()) for s in sizes[::-1]),
    ]
    if few != many:
        row.ratio = float("inf")
    return row


def _run(where: dict[str, str], *what: object) -> None:
    command = [sys.executable, "-m", "benchmarks.provincial", *map(str, what)]
    subprocess.run(command, cwd=ROOT, env=where, check=True)


def _serve(where: dict[str, str]) -> Asked:
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.provincial", "serve"],
        cwd=ROOT,
        env=where,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _told(process: Asked, what: str) -> dict[str, float]:
    """Ask one question, as `benchmarks.provincial.serve` understands it; return the answer."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{what}\n")
    process.stdin.flush()
    return dict(json.loads(process.stdout.readline()))
