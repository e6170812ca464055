"""`make test`: style and layers, the suite on both databases, programs, browser, papers, kills.

Every group runs even when an earlier one fails. With names as arguments, only those groups run.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.checks import ROOT
from scripts.debian import (
    BROWSER,
    DATABASE,
    LETTERS,
    PAPERS,
    TOKEN,
    WORD,
    Part,
    install,
    reason_missing,
)
from scripts.environment import PYTHON, VENV, prepare
from scripts.postgres import Unavailable, cluster
from scripts.results import Outcome, Report, count
from scripts.say import say

PYTEST = [str(PYTHON), "-m", "pytest", "-rfEs"]
# A file goes to one process whole (tests/hands.py), so that what its tests share is made once.
TWO_AT_A_TIME = ["--hands", "2"]
QUICK = "not browser and not kills and not programs and not papers"
# Folders of which nothing is quick need not even be read.
ELSEWHERE = [f"--ignore=tests/{name}" for name in ("browser", "demo", "kills", "papers")]
WITHOUT_BROWSER = [*PYTEST, *TWO_AT_A_TIME, *ELSEWHERE, "-m", QUICK]
# What asks no database (tests/conftest.py marks it) is left to SQLite.
ON_POSTGRESQL = [*PYTEST, *TWO_AT_A_TIME, *ELSEWHERE, "-m", f"{QUICK} and not once"]


@dataclass(frozen=True)
class Group:
    """One thing that `make test` runs, and the part of Debian that it cannot do without.

    ``url`` names the variable that leads to a database server; without it, its tests start one
    themselves. ``uses`` is what only some of its tests need: those say themselves that they are
    left out. ``instead`` is the group that is run where it cannot be. What is not ``usual`` is run
    only by its name.
    """

    name: str
    command: list[str]
    needs: Part | None = None
    url: str = ""
    uses: Part | None = None
    instead: str = ""
    usual: bool = True

    @property
    def parts(self) -> list[Part]:
        """What is installed for it where it can be."""
        return [part for part in (self.needs, self.uses) if part]


LINT = [
    Group("style", [str(VENV / "bin" / "ruff"), "check", "."]),
    Group("format", [str(VENV / "bin" / "ruff"), "format", "--check", "."]),
    Group("types", [str(PYTHON), "-m", "mypy", "."]),
    Group("layers", [str(VENV / "bin" / "lint-imports")]),
]
SUITES = [
    # SQLite, then of all that what PostgreSQL repeats: docs/decisions/0011 and 0017.
    Group("databases", WITHOUT_BROWSER, DATABASE, "SECOND_DATABASE_URL", instead="sqlite"),
    Group("sqlite", WITHOUT_BROWSER, usual=False),
    Group("postgresql", ON_POSTGRESQL, DATABASE, "DATABASE_URL", usual=False),
    Group("programs", [*PYTEST, *TWO_AT_A_TIME, "-m", "programs"], uses=TOKEN),
    Group("browser", [*PYTEST, *TWO_AT_A_TIME, "-m", "browser"], BROWSER),
    # The demonstration, and every paper of it: as PDF by one worker, as Word by the other.
    Group("papers", [*PYTEST, *TWO_AT_A_TIME, "tests/papers", "tests/demo"], PAPERS, uses=WORD),
    # Both databases at once: each installation has its own processes, and its own PostgreSQL.
    Group("kills", [*PYTEST, *TWO_AT_A_TIME, "tests/kills"], DATABASE),
]


def run(group: Group, environment: dict[str, str], folder: Path) -> Outcome:
    """Run ``group``, or say why it is left out; return what it came to."""
    print(f"\n── {group.name}", flush=True)
    if reason := group.needs and reason_missing(group.needs):
        say(f"Bỏ qua nhóm {group.name}", f"left out: {reason}")
        in_ci = os.environ.get("CI", "").lower() == "true"
        return Outcome(failed=int(in_ci), skipped=int(not in_ci), remark=f"left out: {reason}")
    started = time.monotonic()
    try:
        with database_for(group, environment) as its_environment:
            outcome = _run(group, its_environment, folder)
    except Unavailable as problem:
        outcome = Outcome(failed=1, remark=str(problem))
    outcome.seconds = time.monotonic() - started
    return outcome


def _run(group: Group, environment: dict[str, str], folder: Path) -> Outcome:
    """Run the command of ``group``; its own output goes to the terminal."""
    results = folder / f"{group.name}.xml"
    is_suite = group in SUITES
    command = [*group.command, f"--junit-xml={results}"] if is_suite else group.command
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    outcome = count(results) if is_suite else Outcome(passed=int(code == 0))
    if code and not outcome.failed:
        outcome.failed = 1
    return outcome


def clean_environment(folder: Path) -> dict[str, str]:
    """Return the environment without any setting of the program, so that no one's leaks in."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    ours = set(re.findall(r"^# ([A-Z_]+)=", example, re.MULTILINE))
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    # Here they may be kept: each worker and each command would compile the program anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.pop("SECOND_DATABASE_URL", None)
    return {**environment, "DATA_DIR": str(folder / "data"), "READ_DOTENV": "0"}


@contextmanager
def database_for(group: Group, environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield the environment for ``group``, with a PostgreSQL behind it where that is meant."""
    if not group.url:
        yield environment
        return
    with cluster() as url:
        yield {**environment, group.url: url}


def chosen(names: list[str]) -> list[Group]:
    """Return the groups called ``names``; the usual ones when there are none."""
    return [g for g in LINT + SUITES if (g.name in names if names else g.usual)]


def with_stand_ins(groups: list[Group]) -> list[Group]:
    """Return ``groups``, and what is run in place of those whose needs are missing."""
    missing = {g.instead for g in groups if g.instead and g.needs and reason_missing(g.needs)}
    return [*groups, *(g for g in SUITES if g.name in missing and g not in groups)]


def main(names: list[str]) -> int:
    """Run the groups called ``names`` (all when there are none); return the exit code."""
    groups = chosen(names)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    prepare("dev")
    install(LETTERS, PAPERS, *(part for group in groups for part in group.parts))
    report = Report()
    with tempfile.TemporaryDirectory(prefix="thidua-tests-") as temporary:
        folder = Path(temporary)
        environment = clean_environment(folder)
        compile_messages = [str(PYTHON), "manage.py", "compile_messages"]
        subprocess.run(compile_messages, cwd=ROOT, env=environment, check=False)
        for group in with_stand_ins(groups):
            report.outcomes[group.name] = run(group, environment, folder)
    report.print()
    return int(report.total("failed") > 0)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
