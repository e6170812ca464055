"""The doors of a ceremony: found by its address, by its covenant, and the way to a signature."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from thidua.ceremonies.models import Ceremony
from thidua.ceremonies.queries import with_parts
from thidua.covenants.models import Covenant

CAME = "came_to_sign"  # in the session: through which ceremony somebody came to sign


def at(address: str) -> Ceremony:
    """Return the ceremony with this address, with what a screen reads; else answer 404.

    Whoever has the address may see the screen: it is 128 random bits, shown in the hall.
    """
    found: Ceremony = get_object_or_404(with_parts(Ceremony.objects.filter(address=address)))
    return found


def unlisted(response: HttpResponseBase) -> HttpResponseBase:
    """Keep what an address shows out of caches and search engines."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def comes_to_sign(request: HttpRequest, ceremony: Ceremony) -> None:
    """Remember that this person came from the screen, for `after_signing`."""
    request.session[CAME] = {"address": ceremony.address, "covenant": ceremony.covenant_id}


def after_signing(request: HttpRequest, covenant: Covenant) -> str:
    """Return where somebody goes who has just signed, by whatever way.

    Back to the ceremony they came from, which tells them to look at the screen; else to the
    covenant's page.
    """
    came = request.session.pop(CAME, None)
    if came and came["covenant"] == covenant.pk:
        return reverse("ceremonies:signed", args=[came["address"]])
    return reverse("covenants:show", args=[covenant.pk])
