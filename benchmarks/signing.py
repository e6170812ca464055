"""Certificate signatures: a held key, six signers checked, 25 in turn, against pyHanko alone.

pyHanko alone signs with its own signer, loaded once as ours is, with the same digest, profile and
visible mark, whose lines were set beforehand for it (ours sets them each time), and checks each
signature with one context of the same root.
"""

import json
import subprocess
import sys

from benchmarks.report import Row
from scripts.checks import ROOT

AIM = 1.5
MANY = 25
Told = dict[str, float]


def measure() -> list[Row]:
    """Measure in a process of its own; no database is needed."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.signatures"],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told: Told = json.loads(done.stdout)
    return [
        _against(told, "a held EC key signs a covenant, mark and all", "sign", "bare sign"),
        _against(told, "a held RSA key, the same", "sign RSA", "bare sign RSA"),
        _against(told, "six signatures of one covenant checked", "verify", "bare verify"),
        _growing(told),
    ]


def _against(told: Told, what: str, ours: str, bare: str) -> Row:
    return Row(
        what=what,
        ours=f"{told[ours] * 1000:.0f} ms",
        yardstick=f"pyHanko alone, {told[bare] * 1000:.0f} ms",
        ratio=told[ours] / told[bare],
        aim=AIM,
    )


def _growing(told: Told) -> Row:
    slower, larger = told["last"] / told["first"], told["last size"] / told["first size"]
    row = Row(
        what=f"the {MANY}th signature on one file against the first",
        ours=f"{told['last'] * 1000:.0f} ms against {told['first'] * 1000:.0f}, × {slower:.2f}",
        yardstick=f"the file's growth, × {larger:.2f}",
        ratio=slower / larger,
        aim=1,
    )
    row.notes = [
        f"file: {told['first size'] / 1024:.0f} → {told['last size'] / 1024:.0f} KB",
        f"all {MANY} checked in {told['verify many'] * 1000:.0f} ms, "
        f"by pyHanko alone in {told['bare verify many'] * 1000:.0f} ms",
    ]
    return row
