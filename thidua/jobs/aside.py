"""How far a job is, told beside the embedded database.

That database has one writer at a time: a job that keeps all others out, such as an import in one
transaction, would let nobody see its progress. It also has one machine, so a small file will do.
"""

import contextlib
from pathlib import Path

from django.conf import settings
from django.db import connection

HASTY = "PRAGMA busy_timeout = 200"  # milliseconds: the next beat comes in a second


def is_meant() -> bool:
    """Tell whether this is the embedded database."""
    return connection.vendor == "sqlite"


def be_hasty() -> None:
    """Let this thread's connection give up soon when another writes."""
    if is_meant():
        with connection.cursor() as cursor:
            cursor.execute(HASTY)


def tell(lease_pk: int, done: int, of: int) -> None:
    """Write how far the job is; a full disk is no reason to end it."""
    if not is_meant():
        return
    path = _path(lease_pk)
    new = path.with_suffix(".new")
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        new.write_text(f"{done} {of}", encoding="ascii")
        new.replace(path)


def told(lease_pk: int) -> tuple[int, int] | None:
    """Return how far the job was last told to be, or None."""
    if not is_meant():
        return None
    try:
        done, of = _path(lease_pk).read_text(encoding="ascii").split()
        return int(done), int(of)
    except (OSError, ValueError):
        return None


def forget(lease_pk: int) -> None:
    """Take the file away: the row tells it now."""
    if is_meant():
        with contextlib.suppress(OSError):
            _path(lease_pk).unlink(missing_ok=True)


def _path(lease_pk: int) -> Path:
    return Path(settings.DATA_DIR) / "progress" / str(lease_pk)
