"""Whom this installation believes about certificates now, and what else signing is told by.

Lists of what was taken back (CRL, OCSP answers) are files that the operator's own job puts into
`REVOCATION_DIR`: while a page is shown or a covenant signed, nothing is fetched but a time stamp.
"""

from functools import lru_cache
from pathlib import Path

from asn1crypto import pem
from django.conf import settings

from thidua.documents.models import TrustRoot
from thidua.organizations.models import Person
from thidua.organizations.queries import is_demonstration
from thidua.pades.timestamping import StampingServer
from thidua.pades.trust import Revocation

LISTS, ANSWERS = (".crl",), (".ocsp", ".ors")


def shows_inventions() -> bool:
    """Say whether this database holds anything invented: only there demo roots are believed."""
    return is_demonstration() or Person.objects.filter(is_illustration=True).exists()


def roots_in_use() -> tuple[bytes, ...]:
    """Return the certificates (PEM) of whom we believe now."""
    roots = TrustRoot.objects.filter(retired_at=None)
    if roots.filter(is_illustration=True).exists() and not shows_inventions():
        roots = roots.filter(is_illustration=False)
    return tuple(root.encode() for root in roots.order_by("pk").values_list("pem", flat=True))


def revocation_in_use() -> Revocation:
    """Return the lists and answers of `REVOCATION_DIR`, with the roots that B-LT needs."""
    return Revocation(*_told(), roots=roots_in_use())


def has_revocation_data() -> bool:
    """Say whether there are any lists or answers."""
    return any(_told())


def stamping_server() -> StampingServer | None:
    """Return where time stamps are asked for, if anywhere."""
    if not settings.TSA_URL:
        return None
    return StampingServer(settings.TSA_URL, settings.TSA_USER, settings.TSA_PASSWORD)


def _told() -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    if not settings.REVOCATION_DIR:
        return (), ()
    try:
        found = sorted(Path(settings.REVOCATION_DIR).iterdir())
    except OSError:
        return (), ()
    return _read(found, LISTS), _read(found, ANSWERS)


def _read(found: list[Path], suffixes: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(
        _content(path, path.stat().st_mtime_ns) for path in found if path.suffix in suffixes
    )


@lru_cache(maxsize=64)
def _content(path: Path, _changed: int) -> bytes:
    data = path.read_bytes()
    if pem.detect(data):
        _name, _headers, data = pem.unarmor(data)
    return data
