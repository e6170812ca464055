"""Keys that an organisation lets the server hold: a PKCS#12 file, or a PKCS#11 token.

Loading an RSA key takes longer than signing with it, so what was opened once is kept, under a
digest of what opened it; `forget` lets go of it.
"""

import functools
import hashlib
import hmac
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from asn1crypto import cms, tsp, x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs12
from pyhanko.sign.attributes import CMSAttributeProvider, SigningCertificateV2Provider
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from thidua.pades.certificates import CertificateFacts, facts_of
from thidua.pades.reasons import KeyRefused

MOST_HELD = 500
PrivateKey = RSAPrivateKey | EllipticCurvePrivateKey


@dataclass(frozen=True)
class HeldKey:
    """A key ready to sign with, and what its certificate says. ``is_token``: kept by hardware."""

    facts: CertificateFacts
    signer: Signer = field(repr=False)
    is_token: bool = False


class Named(SigningCertificateV2Provider):
    """Names the signer's certificate in bytes that were made once for it.

    What asn1crypto has not read from bytes it puts into bytes anew at every level of what holds it,
    each time several times: that is most of the time that a signature takes.
    """

    async def build_attr_value(self, dry_run: bool = False) -> tsp.SigningCertificateV2:
        """Return the attribute's value."""
        return tsp.SigningCertificateV2.load(_named(self.signing_cert.dump()))


@functools.lru_cache(maxsize=MOST_HELD)
def _named(certificate: bytes) -> bytes:
    made: bytes = as_signing_certificate_v2(x509.Certificate.load(certificate)).dump()
    return made


class Settled(Signer):
    """Lets what is signed be put into bytes as seldom as can be."""

    def _signed_attr_providers(self, *given: Any, **named: Any) -> Iterator[CMSAttributeProvider]:
        for one in super()._signed_attr_providers(*given, **named):
            is_named = isinstance(one, SigningCertificateV2Provider)
            yield Named(one.signing_cert) if is_named else one

    async def signed_attrs(self, *given: Any, **named: Any) -> cms.CMSAttributes:
        """Return the attributes that are signed, as bytes that were read again."""
        made = await super().signed_attrs(*given, **named)
        return cms.CMSAttributes.load(made.dump())


class HeldSigner(Settled):
    """Signs with a key that stays loaded: pyHanko's own reads and checks it for each signature."""

    def __init__(
        self, key: PrivateKey, certificate: x509.Certificate, chain: list[x509.Certificate]
    ) -> None:
        store = SimpleCertificateStore()
        store.register_multiple([certificate, *chain])
        super().__init__(signing_cert=certificate, cert_registry=store, embed_roots=False)
        self._key = key

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """Return the signature of ``data``; of as many zeros when only the room is asked for."""
        if dry_run:
            return bytes(self._room())
        chosen = get_pyca_cryptography_hash(digest_algorithm)
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), chosen)
        return self._key.sign(data, ECDSA(chosen))

    def _room(self) -> int:
        size = (self._key.key_size + 7) // 8
        return size if isinstance(self._key, RSAPrivateKey) else 2 * size + 16


class _Kept:
    """Opened keys, the oldest let go first; safe among threads."""

    def __init__(self) -> None:
        self._secret = os.urandom(32)
        self._keys: OrderedDict[bytes, HeldKey] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, opened_by: tuple[Any, ...], load: Callable[[], HeldKey]) -> HeldKey:
        name = self._name(opened_by)
        with self._lock:
            if held := self._keys.get(name):
                self._keys.move_to_end(name)
                return held
        held = load()
        with self._lock:
            self._keys[name] = held
            while len(self._keys) > MOST_HELD:
                self._keys.popitem(last=False)
        return held

    def drop(self, which: Callable[[HeldKey], bool]) -> None:
        with self._lock:
            for name in [name for name, held in self._keys.items() if which(held)]:
                del self._keys[name]

    def _name(self, opened_by: tuple[Any, ...]) -> bytes:
        """A keyed digest: what opens a key is not kept in the clear."""
        whole = hmac.new(self._secret, digestmod=hashlib.sha256)
        for part in opened_by:
            data = part if isinstance(part, bytes) else str(part).encode()
            whole.update(len(data).to_bytes(8, "big") + data)
        return whole.digest()


KEPT = _Kept()


def open_pkcs12(data: bytes, passphrase: str) -> HeldKey:
    """Return the key in the PKCS#12 ``data``. Raises `KeyRefused` with its reason."""
    return KEPT.get(("p12", data, passphrase), lambda: _load_pkcs12(data, passphrase))


def forget(which: Callable[[HeldKey], bool] = lambda held: True) -> None:
    """Let go of the keys that are ``which``, or of all: replaced, or their token pulled out."""
    KEPT.drop(which)


def _load_pkcs12(data: bytes, passphrase: str) -> HeldKey:
    try:
        found = pkcs12.load_pkcs12(data, passphrase.encode())
    except ValueError as trouble:
        raise KeyRefused(_why(trouble)) from trouble
    if found.key is None:
        raise KeyRefused("no_key")
    if found.cert is None:
        raise KeyRefused("no_certificate")
    if not isinstance(found.key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise KeyRefused("unsupported")
    own = found.cert.certificate
    if _public(own.public_key()) != _public(found.key.public_key()):
        raise KeyRefused("other_certificate")
    certificate, *chain = [
        x509.Certificate.load(one.public_bytes(Encoding.DER))
        for one in (own, *(more.certificate for more in found.additional_certs))
    ]
    return HeldKey(facts_of(certificate), HeldSigner(found.key, certificate, chain))


def _why(trouble: ValueError) -> str:
    """OpenSSL tells a wrong passphrase from bytes that are no PKCS#12 by its words alone."""
    return "wrong_passphrase" if "password" in str(trouble).lower() else "not_a_key"


def _public(key: Any) -> bytes:
    made: bytes = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return made
