"""A passkey's signature over a frozen text, checked from its parts alone: no database, no network.

What the device signs is a challenge: the SHA-256 of a `Statement`, which names the digest of the
text, the version, the organisation, who signs in which capacity, and a number that the server drew
once (docs/ways-to-sign.md has the recipe). So an answer holds for that one act and no other, and
anybody who has the statement and the parts can check it again without us.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from hashlib import sha256
from typing import Any, cast
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.webauthn import AuthenticatorData, CollectedClientData

from thidua.core.digest import canonical

FORMAT = "thidua.passkey-signature/1"
BROKEN = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError)


def encode(content: bytes) -> str:
    """Return bytes as base64url without padding, as WebAuthn writes them."""
    return urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """Return the bytes of base64url without padding. Refuses (ValueError) what is none."""
    found = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    if encode(found) != text:
        raise ValueError("not base64url")
    return found


@dataclass(frozen=True)
class Statement:
    """What one person declares by one signature; ``nonce`` is drawn by the server, once."""

    version: int
    code: str
    digest: str
    organization: int
    organization_name: str
    signer: str
    capacity: list[str]
    nonce: str

    def text(self) -> str:
        """Return it as JSON with sorted keys and no blanks: the same on every machine."""
        return canonical({"format": FORMAT, **asdict(self)})

    def challenge(self) -> bytes:
        """Return what the device is asked to sign: 32 bytes."""
        return sha256(self.text().encode("utf-8")).digest()


@dataclass(frozen=True)
class Assertion:
    """What the device answered, with the key that is known of it. All bytes as they came.

    ``public_key`` is COSE (RFC 9052) in CBOR, ``rp_id`` the name that the key was made for.
    """

    credential_id: bytes
    public_key: bytes
    authenticator_data: bytes
    client_data: bytes
    signature: bytes
    rp_id: str

    def counter(self) -> int:
        """Return how often the key has signed, as its device tells; 0 where it does not count."""
        return AuthenticatorData(self.authenticator_data).counter


class Fault(Enum):
    """Why an answer does not hold."""

    BROKEN = "broken"
    OTHER_ACT = "other_act"
    OTHER_TEXT = "other_text"
    OTHER_PLACE = "other_place"
    UNVERIFIED = "unverified"
    FORGED = "forged"

    @property
    def sentence(self) -> Promise:
        """The fault in plain words."""
        return SENTENCES[self]


SENTENCES: dict[Fault, Promise] = {
    Fault.BROKEN: _("Câu trả lời của khóa truy cập không đọc được."),
    Fault.OTHER_ACT: _("Câu trả lời của khóa truy cập không phải để ký."),
    Fault.OTHER_TEXT: _(
        "Câu trả lời của khóa truy cập là cho văn bản, đơn vị hoặc lần ký khác, không phải cho lần "
        "ký này."
    ),
    Fault.OTHER_PLACE: _(
        "Câu trả lời của khóa truy cập được lập ở một trang khác, không phải ở hệ thống này."
    ),
    Fault.UNVERIFIED: _(
        "Thiết bị chưa hỏi vân tay, khuôn mặt hoặc mã PIN, nên không biết chính bạn đang ký."
    ),
    Fault.FORGED: _("Chữ ký của khóa truy cập không khớp với khóa đã đăng ký."),
}


def examine(statement: Statement, assertion: Assertion, *, origin: str = "") -> Fault | None:
    """Say what is wrong with the answer, or None where it holds.

    ``origin`` is the address that the page stood at ("https://thidua.example.vn"); where it is not
    known any more, the address in the answer must belong to the name that the key was made for.
    """
    try:
        told = CollectedClientData(assertion.client_data)
        device = AuthenticatorData(assertion.authenticator_data)
        key = CoseKey.parse(cast(Mapping[int, Any], cbor.decode(assertion.public_key)))
        is_at_home = _is_at_home(told, device, assertion.rp_id, origin)
    except BROKEN:
        return Fault.BROKEN
    is_to_sign = told.type == CollectedClientData.TYPE.GET and not told.cross_origin
    held = {
        Fault.OTHER_ACT: is_to_sign,
        Fault.OTHER_TEXT: told.challenge == statement.challenge(),
        Fault.OTHER_PLACE: is_at_home,
        Fault.UNVERIFIED: device.is_user_present() and device.is_user_verified(),
        Fault.FORGED: _is_signed(key, assertion),
    }
    return next((fault for fault, holds in held.items() if not holds), None)


def _is_at_home(
    told: CollectedClientData, device: AuthenticatorData, rp_id: str, origin: str
) -> bool:
    host = urlsplit(told.origin).hostname or ""
    is_ours = told.origin == origin if origin else host == rp_id or host.endswith(f".{rp_id}")
    return is_ours and device.rp_id_hash == sha256(rp_id.encode("utf-8")).digest()


def _is_signed(key: CoseKey, assertion: Assertion) -> bool:
    signed = assertion.authenticator_data + sha256(assertion.client_data).digest()
    try:
        key.verify(signed, assertion.signature)
    except (InvalidSignature, UnsupportedAlgorithm, NotImplementedError, *BROKEN):
        return False
    return True


def rose(counter: int, last: int) -> bool:
    """Say whether a key's counter went on from the last one known; one that never counts may rest.

    WebAuthn level 3, 6.1.1: one that does not rise is the sign of a key that exists twice.
    """
    return counter > last or counter == last == 0
