"""Ten thousand mails queued and handed to a local mail server, none lost, none doubled."""

import json
import os
import subprocess
import sys
import tempfile
from typing import IO, Any

from benchmarks.report import Row
from scripts.checks import ROOT

# Ours also writes each mail in its reader's language, plain and HTML, and commits its state to the
# disk before the content goes out: that, and not the line, is what a mail costs.
MOST = 12.0


def measure() -> Row:
    """Run sink and mailer, each a process; return ours against `smtplib` alone."""
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder:
        environment = {**os.environ, "DATA_DIR": folder, "READ_DOTENV": "0"}
        environment.pop("DATABASE_URL", None)
        with _python("benchmarks.sink", environment) as sink:
            environment["EMAIL_URL"] = f"smtp://127.0.0.1:{_line(sink).strip()}"
            migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
            subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
            with _python("benchmarks.mailer", environment) as mailer:
                told = _told(mailer, sink)
            _pipe(sink.stdin).close()
    mails = int(told["mails"])
    row = Row(
        what=f"{mails:,} mails queued and handed to a local sink",
        ours=f"{told['ours']:.1f} s ({mails / told['ours']:.0f}/s)",
        yardstick=f"smtplib alone {told['bare']:.1f} s ({mails / told['bare']:.0f}/s)",
        ratio=told["ours"] / told["bare"],
        aim=MOST,
    )
    row.notes = [
        f"queued in {told['queued']:.1f} s, with their notices",
        f"arrived: {told['came']:,}, different ones: {told['names']:,}, states: {told['states']}",
    ]
    if not told["came"] == told["names"] == told["bare_came"] == mails or told["states"] != [
        "sent"
    ]:
        row.ratio = float("inf")
    return row


def _python(module: str, environment: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _told(mailer: "subprocess.Popen[str]", sink: "subprocess.Popen[str]") -> dict[str, Any]:
    """Carry the mailer's questions to the sink and the answers back; return its last word."""
    while (line := _line(mailer)).startswith("?"):
        _pipe(sink.stdin).write("?\n")
        _pipe(sink.stdin).flush()
        _pipe(mailer.stdin).write(_line(sink))
        _pipe(mailer.stdin).flush()
    return dict(json.loads(line))


def _line(process: "subprocess.Popen[str]") -> str:
    line = _pipe(process.stdout).readline()
    if not line:
        raise RuntimeError("it ended without a word")
    return line


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
