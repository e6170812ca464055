"""Ten thousand mails queued and handed to a local mail server, none lost, none doubled."""

import json
import os
import subprocess
import sys
import tempfile
from typing import IO, Any

from benchmarks.report import Row
from scripts.checks import ROOT

# What is promised is that none is lost and none doubled. How long it takes is told against
# `smtplib` that notes each mail on the disk first; ours also writes each in its reader's language,
# plain and HTML, looks whether it is still theirs, and commits two changes of state in one.
MOST = 4.0


def measure() -> list[Row]:
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
    return [_kept(told), _handed(told)]


def _kept(told: dict[str, Any]) -> Row:
    """Compare what came with what was queued."""
    mails, came = int(told["mails"]), int(told["came"])
    row = Row(
        what=f"{mails:,} mails queued and handed to a local sink, none lost, none doubled",
        ours=f"{came:,} came, {told['names']:,} different ones, states: {told['states']}",
        yardstick=f"{mails:,} queued",
        ratio=came / mails,
        aim=1,
        notes=[f"queued in {told['queued']:.1f} s, with their notices"],
    )
    if not came == told["names"] == mails or told["states"] != ["sent"]:
        row.ratio = float("inf")
    return row


def _handed(told: dict[str, Any]) -> Row:
    """Compare the seconds."""
    mails, ours, noted, bare = (told[name] for name in ("mails", "ours", "noted", "bare"))
    row = Row(
        what=f"time to hand {mails:,} mails over",
        ours=f"{ours:.1f} s ({mails / ours:.0f}/s)",
        yardstick=f"smtplib that notes each on the disk first, {noted:.1f} s",
        ratio=ours / noted,
        aim=MOST,
        notes=[
            f"smtplib alone, with nothing kept: {bare:.1f} s, {ours / bare:.1f} times as fast; "
            "it leaves out the rows, their states, and the writing of the messages"
        ],
    )
    if not told["bare_came"] == told["noted_came"] == mails:
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
