"""Signing with a passkey: the page of signing posts here what the device answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from thidua.covenants.actions.by_passkey import sign_by_passkey
from thidua.web.access import acting, attempt, signed_in
from thidua.web.ceremonies.doors import after_signing
from thidua.web.covenants.doors import find_for
from thidua.web.covenants.signing import (
    ANSWER,
    no_longer_theirs,
    organization_shown,
    what_was_signed,
)
from thidua.web.passkeys import answered


@require_POST
@signed_in
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign with what the device answered; a refusal leads back to the page, with a new question."""
    if moved := no_longer_theirs(request):
        messages.error(request, moved)
        return redirect("work:index")
    who, covenant = acting(request), find_for(request, pk, ANSWER)
    shown = {
        "digest": request.POST.get("digest", ""),
        "organization_id": organization_shown(request),
        "answered": answered(request),
    }
    if attempt(request, sign_by_passkey, covenant, by=who, **shown) is None:
        return redirect("covenants:sign", pk)
    messages.success(request, what_was_signed(request, pk, who))
    return redirect(after_signing(request, covenant))
