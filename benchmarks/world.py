"""A database of its own for a measurement, filled with a large world by the program itself."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from scripts.checks import ROOT


@contextmanager
def world(blocs: int, units: int, criteria: int = 0) -> Iterator[dict[str, str]]:
    """Yield the environment of a fresh SQLite world of ``blocs`` × ``units``; gone afterwards.

    With ``criteria``, every year has a table of so many and every member has marked itself.
    """
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder:
        environment = {**os.environ, "DATA_DIR": folder, "READ_DOTENV": "0", "DEMO_PUBLIC": "1"}
        environment.pop("DATABASE_URL", None)
        for command in (
            ["migrate", "--verbosity", "0"],
            ["createcachetable"],
            ["compile_messages", "--verbosity", "0"],
            ["collectstatic", "--noinput", "--verbosity", "0"],
            ["seed_demo", "--blocs", str(blocs), "--units", str(units)]
            + (["--criteria", str(criteria)] if criteria else []),
        ):
            subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=ROOT,
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        yield environment
