"""What a backup reads of the files, against a bare copy of them: each byte once.

`SIZE=5G make bench` takes five gigabytes; without it half a gigabyte says the same sooner. Counted
is `rchar` of the kernel: what the process asked to read, from the disk or from memory.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.report import Row
from benchmarks.world import world
from scripts.checks import ROOT

WEIGHT = 20_000_000  # bytes of one file
UNITS = {"M": 10**6, "G": 10**9}
MOST = 1.05
MOST_MEGABYTES = 32  # that the process may grow while it keeps the files


def measure() -> list[Row]:
    """Keep the files, back up twice, and copy them bare."""
    size = wanted(os.environ.get("SIZE") or "500M")
    with world(1, 2) as environment:
        command = [sys.executable, "-m", "benchmarks.backup", str(size)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
    told = json.loads(done.stdout.splitlines()[-1])
    gigabytes = told["size"] / 10**9
    again = told["again"] / told["size"]
    return [
        Row(
            what=f"bytes read by a backup of {told['files']} files, {gigabytes:.1f} GB",
            ours=f"{told['read'] / 10**9:.3f} GB in {told['seconds']:.1f} s",
            yardstick=f"a bare copy, {told['bare'] / 10**9:.3f} GB in {told['bare_seconds']:.1f} s",
            ratio=told["read"] / told["bare"],
            aim=MOST,
            notes=[f"a second backup reads {again:.4f} of them: what has not changed is linked"],
        ),
        Row(
            what="memory that the backup takes while it keeps them",
            ours=f"{told['grown']:.1f} MB",
            yardstick=f"{MOST_MEGABYTES} MB",
            ratio=told["grown"] / MOST_MEGABYTES,
            aim=1,
        ),
    ]


def wanted(text: str) -> int:
    """Return "500M" or "5G" as bytes."""
    found = re.fullmatch(r"(\d+)([MG])", text.strip().upper())
    if not found:
        sys.exit(f"SIZE={text}: write it as 500M or 5G")
    return int(found[1]) * UNITS[found[2]]


def _inside(size: int) -> None:
    """Do it in a process of its own, in the database that the environment names."""
    import django  # noqa: PLC0415  (only this process has the settings)

    django.setup()
    from thidua.keeping.backup import make_backup  # noqa: PLC0415

    files = _keep(size // WEIGHT)
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder:
        shelf = Path(folder) / "backups"
        _rows_alone(make_backup, shelf)
        rest = _peak()
        read, seconds = _reading(lambda: make_backup(shelf, why="by_hand"))
        grown = _peak() - rest
        again, _seconds = _reading(lambda: make_backup(shelf, why="by_hand"))
        bare, bare_seconds = _reading(lambda: _copy(files, Path(folder) / "bare"))
    told = {"size": len(files) * WEIGHT, "files": len(files), "read": read, "again": again}
    times = {"seconds": seconds, "bare": bare, "bare_seconds": bare_seconds, "grown": grown}
    print(json.dumps({**told, **times}))


def _rows_alone(make_backup: Callable[..., object], shelf: Path) -> None:
    """Make one backup elsewhere without the files, so that the rows' memory is taken before."""
    from thidua.files.models import Blob  # noqa: PLC0415

    blobs = list(Blob.objects.all())
    Blob.objects.all()._raw_delete("default")
    make_backup(shelf.with_name("rows"), why="by_hand")
    Blob.objects.bulk_create(blobs)


def _keep(count: int) -> list[Path]:
    """Put files into the storage, mostly holes, each with a beginning of its own."""
    from django.conf import settings  # noqa: PLC0415
    from django.utils.timezone import now  # noqa: PLC0415

    from thidua.files.models import Blob  # noqa: PLC0415
    from thidua.files.storage import place_of  # noqa: PLC0415

    rows, paths = [], []
    for number in range(count):
        head = f"%PDF-1.7 {number}\n".encode()
        digest = hashlib.sha256(head + bytes(WEIGHT - len(head))).hexdigest()
        path = Path(settings.FILES_DIR) / place_of(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(head)
            file.truncate(WEIGHT)
        facts = {"media_type": "application/pdf", "suffix": ".pdf", "kept_at": now()}
        rows.append(Blob(digest=digest, size=WEIGHT, **facts))
        paths.append(path)
    Blob.objects.bulk_create(rows)
    return paths


def _copy(files: list[Path], folder: Path) -> None:
    """Copy the files piece by piece and nothing else."""
    folder.mkdir()
    for path in files:
        with path.open("rb") as source, (folder / path.name).open("wb") as target:
            while piece := source.read(1024 * 1024):
                target.write(piece)


def _reading(act: Callable[[], object]) -> tuple[int, float]:
    """Return how many bytes this process read meanwhile, and the seconds."""
    before, started = _read_so_far(), time.monotonic()
    act()
    return _read_so_far() - before, time.monotonic() - started


def _read_so_far() -> int:
    found = re.search(r"rchar: (\d+)", Path("/proc/self/io").read_text(encoding="ascii"))
    return int(found[1]) if found else 0


def _peak() -> float:
    """Return the most memory that this process ever had, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    _inside(int(sys.argv[1]))
