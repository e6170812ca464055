"""Behind the code on the screen: straight to the signature, and a word when it is given."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from thidua.ceremonies.models import Ceremony
from thidua.covenants.models import Covenant
from thidua.covenants.queries import parties_of, seen_by, with_members
from thidua.web.access import acting, signed_in
from thidua.web.ceremonies.doors import at, comes_to_sign, unlisted
from thidua.web.covenants.standing import Standing, standing_of


@require_GET
@signed_in
def sign(request: HttpRequest, address: str) -> HttpResponseBase:
    """Lead to the page where this person signs; whoever cannot is told why, and may watch."""
    ceremony = at(address)
    covenant = _read(request, ceremony)
    standing = _standing(request, covenant)
    if standing and standing.signature and not ceremony.is_rehearsal:
        return redirect("ceremonies:signed", address)
    stands = covenant is not None and covenant.version_id == ceremony.version_id
    if standing and standing.may_sign and stands and not ceremony.is_rehearsal:
        comes_to_sign(request, ceremony)
        return redirect("covenants:sign", ceremony.covenant_id)
    return _told(request, "ceremonies/cannot_sign.html", ceremony, standing)


@require_GET
@signed_in
def signed(request: HttpRequest, address: str) -> HttpResponseBase:
    """Say that it is done, and to look at the screen; lead whoever has not signed to sign."""
    ceremony = at(address)
    standing = _standing(request, _read(request, ceremony))
    if standing is None or standing.signature is None or ceremony.is_rehearsal:
        return redirect("ceremonies:sign", address)
    return _told(request, "ceremonies/signed.html", ceremony, standing)


def _read(request: HttpRequest, ceremony: Ceremony) -> Covenant | None:
    """Return the covenant, if this person may read it; whoever has the address may not yet."""
    found = with_members(seen_by(acting(request))).filter(pk=ceremony.covenant_id)
    covenant: Covenant | None = found.first()
    return covenant


def _standing(request: HttpRequest, covenant: Covenant | None) -> Standing | None:
    if covenant is None or covenant.version is None:
        return None
    return standing_of(covenant, acting(request), parties_of(covenant))


def _told(
    request: HttpRequest, page: str, ceremony: Ceremony, standing: Standing | None
) -> HttpResponseBase:
    cycle = ceremony.covenant.cycle
    context: dict[str, Any] = {
        "ceremony": ceremony,
        "covenant": ceremony.covenant,
        "cycle": cycle,
        "standing": standing,
        "illustration": ceremony.covenant.is_illustration or cycle.is_illustration,
    }
    return unlisted(render(request, page, context))
