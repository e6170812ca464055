"""Official papers: frozen and set against the bare Typst compile; a thousand in flat memory.

Frozen and set: the data of a covenant of three pages with a table of 40 rows becomes a version
(text, digest, code; a deed on SQLite) and a PDF/A-2a. The bare compile is Typst on the same paper,
its facts ready as JSON. WeasyPrint and LibreOffice are shown where they are installed, which is
only ever needed here: `.venv/bin/pip install weasyprint` with Debian's `libpangoft2-1.0-0`, and
`apt install --no-install-recommends libreoffice-writer-nogui`.
"""

import json
import os
import subprocess
import sys
import tempfile

from benchmarks.report import Row
from scripts.checks import ROOT

AIM, MOST_MEGABYTES = 2, 20
ENGINES = ("WeasyPrint", "LibreOffice")
Told = dict[str, float]


def measure() -> list[Row]:
    """Measure in processes of their own, on SQLite."""
    with tempfile.TemporaryDirectory(prefix="thidua-papers-") as folder:
        environment = {**os.environ, "DATA_DIR": folder, "READ_DOTENV": "0"}
        environment.pop("DATABASE_URL", None)
        _run(environment, "manage.py", "migrate", "--verbosity", "0", "--skip-checks")
        speed, others, memory = (
            json.loads(_run(environment, "-m", "benchmarks.paper", what))
            for what in ("speed", "others", "memory")
        )
    return [_set(speed, others), _flat(memory)]


def _set(told: Told, others: Told) -> Row:
    ours = told["freeze"] + told["set"]
    row = Row(
        what=f"a covenant of {told['pages']:.0f} pages with a table of 40 rows, frozen and set",
        ours=f"{ours * 1000:.0f} ms",
        yardstick=f"the bare Typst compile, {told['bare'] * 1000:.0f} ms",
        ratio=ours / told["bare"],
        aim=AIM,
    )
    row.notes = [
        f"frozen {told['freeze'] * 1000:.0f} ms, set {told['set'] * 1000:.0f} ms, "
        f"and as Word {told['word'] * 1000:.0f} ms",
        *(_beside(engine, others) for engine in ENGINES),
    ]
    return row


def _beside(engine: str, others: Told) -> str:
    if engine in others:
        return f"{engine}, the same words: {others[engine] * 1000:.0f} ms"
    return f"{engine}: left out, it is not installed (benchmarks/papers.py says how)"


def _flat(told: Told) -> Row:
    (first, before), (last, after) = told.items()
    grown = after - before
    return Row(
        what=f"memory while setting different papers, the {first}th to the {last}th",
        ours=f"{before:.0f} → {after:.0f} MB, grown {grown:.0f} MB",
        yardstick=f"{MOST_MEGABYTES} MB",
        ratio=max(0.0, grown) / MOST_MEGABYTES,
        aim=1,
    )


def _run(environment: dict[str, str], *command: str) -> str:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
