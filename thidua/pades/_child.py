"""Open one foreign PDF with pyHanko and answer a question about its signatures, as JSON.

Run by `apart` as a process of its own. Limits on memory and processor time are set before
anything is read; what breaks pyHanko ends this process and nobody else's. The question comes on
standard input as `wire` packs it, the answer goes to standard output.
"""

import json
import resource
import sys
import types
from base64 import b64decode
from datetime import datetime
from pathlib import Path
from typing import Any

TOO_HEAVY = 14


class _NoNetwork(types.ModuleType):
    """Stands for the network client that pyHanko imports: nothing here may ask the network.

    It takes a third of the time that this process needs to begin, besides.
    """

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def main() -> int:
    """Answer the question; return the exit code."""
    megabytes, seconds = (int(number) for number in sys.argv[1:3])
    _limit(megabytes, seconds)
    sys.modules["aiohttp"] = _NoNetwork("aiohttp")
    sys.path.insert(0, str(Path(__file__).parents[2]))  # -I leaves out all but the standard library
    try:
        json.dump(_answer(), sys.stdout)
        sys.stdout.flush()
    except (MemoryError, OverflowError, RecursionError, ImportError, OSError):  # no room to begin
        return TOO_HEAVY
    return 0


def _answer() -> dict[str, Any]:
    from thidua.pades import reasons, uploads, verifying, wire  # noqa: PLC0415

    question, files = wire.unpacked(sys.stdin.buffer)
    roots = tuple(map(b64decode, question["roots"]))
    revocation = wire.revocation_heard(question["revocation"])
    at = datetime.fromisoformat(question["at"])
    try:
        if question["ask"] == "verify":
            seen = {k: datetime.fromisoformat(v) for k, v in question["witnessed"].items()}
            found = verifying.verify_pdf(
                files[0], roots, at=at, revocation=revocation, witnessed=seen
            )
            return {"results": [wire.told(one) for one in found]}
        frozen_at = datetime.fromisoformat(question["frozen_at"])
        terms = uploads.Terms(frozen_at, at, roots, revocation)
        new = uploads.inspect(files[0], files[1], terms)
    except reasons.Refused as refused:
        return {"refused": refused.reason, "detail": refused.detail}
    return {"is_in_our_field": new.is_in_our_field, "result": wire.told(new.result)}


def _limit(megabytes: int, seconds: int) -> None:
    room = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    try:
        CODE = main()
    except MemoryError:
        CODE = TOO_HEAVY
    sys.exit(CODE)
