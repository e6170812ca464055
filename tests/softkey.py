"""A device that holds a passkey, in software: it answers as a phone would, and as it should not."""

import json
from dataclasses import dataclass, field
from hashlib import sha256

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from thidua.accounts.models import User
from thidua.documents.actions.passkeys import Answered
from thidua.documents.passkeys import encode

FLAG = AuthenticatorData.FLAG
RP_ID, ORIGIN = "localhost", "http://localhost"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class SoftKey:
    """One key. ``counter`` is what it will tell next; 0 stays 0, as with keys kept in a cloud."""

    credential_id: bytes = b"khoa-thu-nghiem-0001"
    counter: int = 1
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def registered_to(self, user: User) -> "SoftKey":
        """Let the account know the key, as the sign-in library keeps it."""
        data = AttestedCredentialData.create(
            b"\0" * 16, self.credential_id, ES256.from_cryptography_key(self.key.public_key())
        )
        told = AuthenticatorData.create(_hash(RP_ID), FLAG(PRESENT | VERIFIED | ATTESTED), 0, data)
        made = CollectedClientData.create("webauthn.create", b"any", ORIGIN)
        credential = {
            "id": encode(self.credential_id),
            "rawId": encode(self.credential_id),
            "type": "public-key",
            "response": {
                "clientDataJSON": encode(made),
                "attestationObject": encode(AttestationObject.create("none", told, {})),
            },
        }
        kind = Authenticator.Type.WEBAUTHN
        Authenticator.objects.create(
            user=user, type=kind, data={"name": "Máy thử", "credential": credential}
        )
        return self

    def answer(
        self,
        challenge: bytes,
        *,
        flags: int = PRESENT | VERIFIED,
        type: str = "webauthn.get",
        origin: str = ORIGIN,
        rp_id: str = RP_ID,
        cross_origin: bool = False,
    ) -> dict[str, str]:
        """Return what the page posts: base64url by name."""
        told = AuthenticatorData.create(_hash(rp_id), FLAG(flags), self.counter)
        if self.counter:
            self.counter += 1
        client = CollectedClientData.create(type, challenge, origin, cross_origin)
        signature = self.key.sign(told + client.hash, ec.ECDSA(SHA256()))
        return {
            "credential_id": encode(self.credential_id),
            "authenticator_data": encode(told),
            "client_data": encode(client),
            "signature": encode(signature),
        }


def answered(ticket: str, answer: dict[str, str], **other: str) -> Answered:
    """Return the answer as the view hands it on."""
    return Answered(**{"ticket": ticket, "rp_id": RP_ID, "origin": ORIGIN, **answer, **other})


def as_posted(answer: dict[str, str]) -> str:
    """Return the answer as the page's one hidden field holds it."""
    return json.dumps(answer)


def _hash(name: str) -> bytes:
    return sha256(name.encode()).digest()
