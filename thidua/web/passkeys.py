"""What a signing page asks of the person's device, and reading what the device answered."""

import json
from dataclasses import dataclass

from allauth.mfa.adapter import get_adapter
from django.http import HttpRequest

from thidua.accounts.models import Appointment
from thidua.accounts.passkeys import passkeys_of
from thidua.documents.actions.passkeys import Answered, ask
from thidua.documents.actions.versions import Signer
from thidua.documents.models import Version
from thidua.documents.passkeys import encode

MOST = 20_000  # characters that an answer may have; a phone's has about 700
PARTS = ("credential_id", "authenticator_data", "client_data", "signature")


@dataclass(frozen=True)
class Offer:
    """What `js/passkey.js` reads off the page. ``keys`` are the ids of this person's keys."""

    ticket: str
    challenge: str
    rp_id: str
    keys: list[str]


def offer(request: HttpRequest, version: Version, appointment: Appointment) -> Offer:
    """Return what to ask the device for; with no keys there is nothing to ask."""
    ticket, statement = ask(version, Signer.of(appointment))
    keys = [encode(key.credential_id) for key in passkeys_of(appointment.user)]
    return Offer(ticket, encode(statement.challenge()), _rp_id(), keys)


def answered(request: HttpRequest) -> Answered:
    """Return what was posted; where it is none of ours, parts that no act accepts."""
    try:
        told = json.loads(request.POST.get("answer", "")[:MOST])
        parts = {name: str(told[name]) for name in PARTS}
    except (ValueError, TypeError, KeyError):
        parts = dict.fromkeys(PARTS, "")
    return Answered(
        ticket=request.POST.get("ticket", ""),
        rp_id=_rp_id(),
        origin=f"{request.scheme}://{request.get_host()}",
        **parts,
    )


def _rp_id() -> str:
    """Return the name that the house's keys are made for, as they were registered with."""
    return str(get_adapter().get_public_key_credential_rp_entity()["id"])
