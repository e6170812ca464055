"""How long ago the person of this session confirmed by their second factor, if they have one.

The sign-in library notes in the session each way in which its owner proved to be there.
"""

import time
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from thidua.accounts.adapter import SECOND_FACTOR_ASKED

Kind = Authenticator.Type
CLOCK_SLIP = 60  # seconds that one server's clock may be behind another's


def factors_of(request: HttpRequest) -> set[str]:
    """Return which second factors the person has set up: "totp", "webauthn", both, or none."""
    found = Authenticator.objects.filter(user=request.user.pk).exclude(type=Kind.RECOVERY_CODES)
    return set(found.values_list("type", flat=True))


def is_fresh(request: HttpRequest) -> bool:
    """Say whether a second factor was confirmed in this session a short while ago.

    A moment that lies ahead is no proof: the clock was set back.
    """
    records = get_authentication_records(request, request.user)
    moments = [record["at"] for record in records if record.get("method") == "mfa"]
    age = time.time() - max(moments, default=0.0)
    return -CLOCK_SLIP <= age < settings.SECOND_FACTOR_MINUTES * 60


def is_enough(request: HttpRequest) -> bool:
    """Say whether a heavy act may go on: there is no second factor, or it is fresh."""
    return is_fresh(request) or not factors_of(request)


def address_to_confirm(request: HttpRequest, then: str) -> str:
    """Return where the second factor is asked for, to go on to ``then``; it is noted there."""
    request.session[SECOND_FACTOR_ASKED] = then
    name = "mfa_reauthenticate"
    if Kind.TOTP not in factors_of(request):
        name = "mfa_reauthenticate_webauthn"
    return f"{reverse(name)}?{urlencode({'next': then})}"
