"""What tests of certificate signatures need: an authority, offices with keys, and their tool.

Keys and certificates are made once in a session; whose they are is told to each test's database.
"""

import functools
from datetime import UTC, datetime, timedelta

from tests import factories as make
from tests.kept import kept
from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.covenants.models import Covenant
from thidua.covenants.parties import field_of
from thidua.documents.actions.originals import signing_original
from thidua.documents.actions.printing import fonts_in_use
from thidua.documents.actions.trust import add_trust_root, register_certificate
from thidua.documents.models import RegisteredCertificate, TrustRoot
from thidua.documents.signed_pdfs import signed_pdf_of
from thidua.files.models import Blob
from thidua.files.storage import open_bytes
from thidua.organizations.models import Organization, Person
from thidua.pades.demo_ca import DemoCA, Issued, Wish
from thidua.pades.keys import HeldKey, open_pkcs12
from thidua.pades.marks import Mark, data_lines
from thidua.pades.signing import sign_pdf

PASSPHRASE = "mật khẩu khóa"
SECRET = "bí mật của máy chủ thử nghiệm"
LONG_AGO = datetime.now(UTC) - timedelta(days=400)
LATER = datetime.now(UTC) + timedelta(days=365)


@functools.cache
def authority() -> DemoCA:
    """Return the authority that these tests believe; its names say nothing of an illustration."""
    return DemoCA(LONG_AGO, name="CA thử nghiệm")


@functools.cache
def stranger() -> DemoCA:
    """Return an authority that nobody believes."""
    return DemoCA(LONG_AGO, name="CA lạ")


@functools.cache
def issued(n: int) -> Issued:
    """Return the n-th office's certificate with its key."""
    wish = Wish(person=f"Người ký {n}", organization=f"Đơn vị {n}", is_illustration=False)
    return authority().issue(wish)


def opened(one: Issued) -> HeldKey:
    """Return the key as the office's tool opens it."""
    return open_pkcs12(one.pkcs12(PASSPHRASE), PASSPHRASE)


def believe(ca: DemoCA | None = None) -> TrustRoot:
    """Let the operator believe the authority."""
    return add_trust_root((ca or authority()).root, name="CA thử nghiệm", by=NOBODY)


def known(units: list[Organization]) -> None:
    """Believe the authority, and register the n-th certificate for the n-th unit."""
    _known(authority().root, [issued(n).der for n in range(len(units))], units)


@kept
def _known(root: bytes, certificates: list[bytes], units: list[Organization]) -> None:
    """Do so; asked with the bytes, since another worker has other keys."""
    add_trust_root(root, name="CA thử nghiệm", by=NOBODY)
    for unit, certificate in zip(units, certificates, strict=True):
        register_certificate(unit, certificate, by=NOBODY)


def register(unit: Organization, n: int, person: Person | None = None) -> RegisteredCertificate:
    """Register the n-th certificate for the unit, or for a person of it."""
    return register_certificate(unit, issued(n).der, by=NOBODY, person=person)


def bytes_of(blob: Blob) -> bytes:
    """Return what lies in the storage."""
    with open_bytes(blob) as file:
        data: bytes = file.read()
    return data


def newest(covenant: Covenant) -> bytes:
    """Return what the page hands out to be signed in turn."""
    assert covenant.version is not None
    signed = signed_pdf_of(covenant.version)
    return bytes_of(signed) if signed else original(covenant)


def original(covenant: Covenant) -> bytes:
    """Return what the page hands out to be signed side by side."""
    assert covenant.version is not None
    return bytes_of(signing_original(covenant.version).blob)


def field(covenant: Covenant, head: make.Acting) -> str:
    """Return the name of the unit's own signature field."""
    member = covenant.cycle.enrolment_of(head.organization_id or 0)
    assert member is not None
    return field_of(member)


def sign(pdf: bytes, key: HeldKey | Issued, name: str, at: datetime | None = None) -> bytes:
    """Sign as an office does at its own machine."""
    held = key if isinstance(key, HeldKey) else opened(key)
    at = at or clock.now()
    return sign_pdf(pdf, held, name, Mark(data_lines(held.facts, at), fonts_in_use()), at=at).pdf
