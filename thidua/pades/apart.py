"""Look at a PDF that anybody may have made: in a process of its own, with limits, or not at all.

As `thidua.typesetting.reading` does it for the words of a file: a bomb or an endless loop ends
that process, and whoever asked gets a reason.
"""

import json
import os
import signal
import subprocess
import sys
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thidua.pades import _child, wire
from thidua.pades.reasons import Unverifiable, UploadRefused
from thidua.pades.results import SignatureResult
from thidua.pades.trust import Revocation
from thidua.pades.uploads import NewSignature, Terms, refuse_other_bytes
from thidua.pades.verifying import refuse_unopened

MEGABYTE = 1024 * 1024
HANDED_ON = ("LD_LIBRARY_PATH", "PATH", "SYSTEMROOT", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True)
class Limits:
    """What looking may take: bytes of the file, seconds of the processor, megabytes."""

    size: int = 50 * MEGABYTE
    seconds: int = 20
    megabytes: int = 1024


class _Failed(Exception):
    """The other process came to nothing; the argument is a `FileReason`."""


def inspect_upload(
    ours: bytes,
    uploaded: bytes,
    terms: Terms,
    *,
    earlier: Sequence[bytes] = (),
    limits: Limits | None = None,
) -> NewSignature:
    """Return the one new signature that ``uploaded`` carries beyond ``ours``.

    ``ours`` is the signing original, or the latest revision; ``earlier`` are revisions before it,
    so that one who fetched too early is told so. Refuses with `UploadRefused` and its reason.
    """
    limits = limits or Limits()
    if len(uploaded) > limits.size:
        raise UploadRefused("too_big")
    refuse_other_bytes(ours, uploaded, earlier)
    question = _question("inspect", terms.roots, terms.at, terms.revocation)
    question["frozen_at"] = terms.frozen_at.isoformat()
    try:
        answer = _asked(wire.packed(question, ours, uploaded), limits)
    except _Failed as failure:
        raise UploadRefused(str(failure)) from failure
    if "refused" in answer:
        raise UploadRefused(answer["refused"], answer["detail"])
    result = wire.heard(answer["result"])
    return NewSignature(result.field, answer["is_in_our_field"], result)


def verify_apart(
    pdf: bytes,
    roots: Sequence[bytes],
    *,
    at: datetime,
    revocation: Revocation | None = None,
    witnessed: Mapping[str, datetime] | None = None,
    limits: Limits | None = None,
) -> list[SignatureResult]:
    """Return what `verifying.verify_pdf` returns, of a file from anybody. Raises `Unverifiable`."""
    limits = limits or Limits()
    if len(pdf) > limits.size:
        raise Unverifiable("too_big")
    refuse_unopened(pdf)
    question = _question("verify", roots, at, revocation)
    question["witnessed"] = {name: seen.isoformat() for name, seen in (witnessed or {}).items()}
    try:
        answer = _asked(wire.packed(question, pdf), limits)
    except _Failed as failure:
        raise Unverifiable(str(failure)) from failure
    if "refused" in answer:
        raise Unverifiable(answer["refused"], answer["detail"])
    return [wire.heard(one) for one in answer["results"]]


def _question(
    ask: str, roots: Sequence[bytes], at: datetime, revocation: Revocation | None
) -> dict[str, Any]:
    return {
        "ask": ask,
        "roots": [b64encode(one).decode() for one in roots],
        "at": at.isoformat(),
        "revocation": wire.revocation_told(revocation),
    }


def _asked(question: bytes, limits: Limits) -> dict[str, Any]:
    # -I: neither the folder we stand in nor anybody's variables; secrets stay with us.
    command = [sys.executable, "-I", _child.__file__, str(limits.megabytes), str(limits.seconds)]
    handed_on = {name: os.environ[name] for name in HANDED_ON if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  (our own program)
            command,
            input=question,
            capture_output=True,
            timeout=2 * limits.seconds + 5,
            env=handed_on,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise _Failed("too_slow") from late
    if done.returncode == 0:
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise _Failed("too_slow")
    # 1 is a fault that nobody foresaw: pyHanko met something that no PDF should hold.
    raise _Failed("damaged" if done.returncode == 1 else "too_heavy")
