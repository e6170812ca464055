"""Deeds a second with eight writers on PostgreSQL, against the same rows written bare.

Each writer enters people one after another: a row, and an entry on the house's one chain that all
eight share, the worst case. The yardstick is a transaction with the same two inserts and no chain.
PostgreSQL syncs each commit to disk, as it does at work.
"""

import json
import os
import subprocess
import sys
import time

from benchmarks.report import Row
from scripts.checks import ROOT
from scripts.postgres import cluster

WRITERS, SECONDS, LEAST = 8, 8, 100


def measure() -> Row:
    """Run the writers; return deeds a second, the yardstick, and whether 100 a second hold."""
    with cluster(durable=True) as url:
        environment = {**os.environ, "DATABASE_URL": url, "READ_DOTENV": "0"}
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
        deeds = _run("deeds", environment)
        verify = [sys.executable, "manage.py", "verify_audit", "--skip-checks"]
        whole = subprocess.run(
            verify, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
        )
        bare = _run("bare", environment)
    done, failed = deeds
    each_second = done / SECONDS
    row = Row(
        what=f"deeds a second, {WRITERS} writers on one chain, PostgreSQL",
        ours=f"{each_second:.0f} deeds/s",
        yardstick=f"{LEAST} deeds/s wanted",
        ratio=LEAST / max(each_second, 0.01),
        aim=1,
    )
    row.notes = [
        f"the same inserts without a chain: {bare[0] / SECONDS:.0f}/s, "
        f"{bare[0] / max(done, 1):.2f} times ours",
        f"deadlocks and other failures: {failed}",
        f"chain afterwards: {whole.stdout.strip().splitlines()[-1] if whole.stdout else 'BROKEN'}",
    ]
    if failed or whole.returncode:
        row.ratio = float("inf")
    return row


def _run(kind: str, environment: dict[str, str]) -> tuple[int, int]:
    """Let the writers write for a while; return how many commits and how many failures."""
    start = time.time() + 4  # all have started by then
    command = [sys.executable, "-m", "benchmarks.writer", kind, str(start), str(SECONDS)]
    writers = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        for _n in range(WRITERS)
    ]
    told = [json.loads(writer.communicate()[0]) for writer in writers]
    return sum(t["done"] for t in told), sum(t["failed"] for t in told)
