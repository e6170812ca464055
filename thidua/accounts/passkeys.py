"""The passkeys that a person has registered: what the sign-in library keeps of them."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from fido2 import cbor

from thidua.accounts.models import User

UNREADABLE = (ValidationError, ValueError, TypeError, KeyError, AttributeError)


@dataclass(frozen=True)
class Passkey:
    """One key: its id, its public half (COSE in CBOR), the counter when it was registered."""

    credential_id: bytes
    public_key: bytes
    counter: int


def passkeys_of(user: User) -> list[Passkey]:
    """Return the person's keys, oldest first; one that cannot be read any more is left out."""
    kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    return [key for key in map(_read, kept) if key is not None]


def _read(authenticator: Authenticator) -> Passkey | None:
    try:
        told = authenticator.wrap().authenticator_data
        data = told.credential_data
        return Passkey(data.credential_id, cbor.encode(dict(data.public_key)), told.counter)
    except UNREADABLE:
        return None
