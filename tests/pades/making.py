"""What the tests of certificate signatures need, made once in a session: all of it invented."""

import functools
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA1
from PIL import Image, ImageDraw

from tests.typesetting.samples import UNITS, covenant
from thidua.pades.demo_ca import DemoCA, Issued
from thidua.pades.demo_stamper import DemoStamper
from thidua.pades.keys import HeldKey, open_pkcs12
from thidua.pades.marks import Mark, data_lines
from thidua.pades.originals import prepare
from thidua.pades.signing import SignedPdf, sign_pdf
from thidua.typesetting.fonts import find_fonts
from thidua.typesetting.sheet import Party

NOW = datetime(2026, 2, 5, 8, 5, 9, tzinfo=UTC)
FROZEN = NOW - timedelta(hours=1)
DAY = timedelta(days=1)
CAPACITY = ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH")
PASSPHRASE = "mật khẩu"


def parties(units: list[str] = UNITS) -> list[Party]:
    """Return who is to sign, with fields "ky-1" and on."""
    return [Party(f"ky-{n}", unit, CAPACITY, f"Nguyễn Văn {n}") for n, unit in enumerate(units, 1)]


@functools.cache
def original(members: int = 6, rows: int = 4) -> bytes:
    """Return a signing original for so many members."""
    units = (UNITS * 5)[:members]
    return prepare(covenant(rows, units), parties(units), find_fonts())


@functools.cache
def authority() -> DemoCA:
    """Return the authority that these tests believe."""
    return DemoCA(NOW - 400 * DAY)


@functools.cache
def stranger() -> DemoCA:
    """Return an authority that nobody knows."""
    return DemoCA(NOW - 400 * DAY, name="MINH HỌA – CA lạ")


@functools.cache
def rsa_key() -> rsa.RSAPrivateKey:
    """Return the one RSA key of these tests: making one takes a while."""
    return rsa.generate_private_key(65537, 2048)


def held(issued: Issued) -> HeldKey:
    """Return the key of a certificate, opened."""
    return open_pkcs12(issued.pkcs12(PASSPHRASE), PASSPHRASE)


@functools.cache
def key(n: int = 1) -> HeldKey:
    """Return the key of the n-th member's head."""
    return held(authority().issue_to(f"Nguyễn Văn {n}", (UNITS * 5)[n - 1]))


def weakly(issued: Issued) -> Issued:
    """Return the certificate signed anew with SHA-1, which no library makes any more."""
    changed = asn1.Certificate.load(issued.der)
    kind = {"algorithm": "sha1_ecdsa"}
    changed["tbs_certificate"]["signature"] = changed["signature_algorithm"] = kind
    body = changed["tbs_certificate"].dump(force=True)
    changed["signature_value"] = authority().key.sign(body, ECDSA(SHA1()))
    return replace(issued, certificate=x509.load_der_x509_certificate(changed.dump(force=True)))


@functools.cache
def hand() -> bytes:
    """Return a picture of handwriting: dark ink on white paper."""
    return _drawn((600, 200), lambda draw: draw.line([(20, 150), (300, 30), (580, 160)], "#222", 9))


@functools.cache
def seal() -> bytes:
    """Return a picture of a seal."""
    return _drawn((400, 400), lambda draw: draw.ellipse([20, 20, 380, 380], None, "#a00", 14))


def _drawn(size: tuple[int, int], draw: Callable[[ImageDraw.ImageDraw], None]) -> bytes:
    picture = Image.new("RGB", size, "white")
    draw(ImageDraw.Draw(picture))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def mark(one: HeldKey, at: datetime = NOW) -> Mark:
    """Return a mark of words alone."""
    return Mark(data_lines(one.facts, at), find_fonts())


def signed(pdf: bytes, n: int = 1, at: datetime = NOW, **more) -> SignedPdf:
    """Return ``pdf`` with the n-th field filled by the n-th member."""
    return sign_pdf(pdf, key(n), f"ky-{n}", mark(key(n), at), at=at, **more)


@functools.cache
def first() -> bytes:
    """Return the original with the first member's signature."""
    return signed(original()).pdf


@functools.cache
def chain(members: int = 6) -> tuple[bytes, ...]:
    """Return the original and each revision after it, all six having signed in turn."""
    revisions = [original()]
    for n in range(1, members + 1):
        revisions.append(signed(revisions[-1], n, NOW + n * timedelta(minutes=1)).pdf)
    return tuple(revisions)


def stamper(at: datetime = NOW) -> DemoStamper:
    """Return a time-stamping authority whose clock stands at ``at``."""
    return DemoStamper(authority(), lambda: at)
