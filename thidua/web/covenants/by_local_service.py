"""Signing with the service on the person's own machine: the page, and what its script asks."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.core.errors import DomainError
from thidua.covenants.actions.local_signing import ask_local_service, is_signed, why_shut
from thidua.covenants.models import Covenant, LocalSigning
from thidua.documents.actions import authorization_of
from thidua.documents.models import Signature
from thidua.documents.verifying import LEGAL
from thidua.web.access import acting, signed_in
from thidua.web.covenants import vgca
from thidua.web.covenants.by_certificate import door_to_sign, tell_signed
from thidua.web.covenants.doors import find, head_facts
from thidua.web.covenants.signing import organization_shown


class CallForm(forms.Form):
    """Which of the service's calls: the head's signature, or the organisation's."""

    call = forms.ChoiceField(
        label=gettext_lazy("Ký gì"),
        choices=LocalSigning.Call.choices,
        initial=LocalSigning.Call.APPROVED,
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is signed and for whom; asked by the page's script, open one asking."""
    if not settings.VGCA_URL:
        raise Http404
    door = door_to_sign(request, pk)
    if request.method == "POST":
        return _asked(request, door)
    if isinstance(door, HttpResponse):
        return door
    covenant, appointment = door
    told = {
        **head_facts(covenant),
        "appointment": appointment,
        "authorization": authorization_of(appointment),
        "form": CallForm(),
        "service": settings.VGCA_URL,
        "names": json.dumps(vgca.names()),
        "legal": LEGAL[Signature.Method.UPLOAD],
    }
    response = render(request, "covenants/local_service.html", told)
    # This page alone may speak to the service, and to nothing else on that machine.
    response._csp_update = {"connect-src": [settings.VGCA_URL]}  # type: ignore[attr-defined]
    return response


def _asked(request: HttpRequest, door: Any) -> HttpResponse:
    if isinstance(door, HttpResponse):
        return JsonResponse({"to": door["Location"]}, status=409)
    covenant: Covenant = door[0]
    try:
        asking, secret = ask_local_service(
            covenant,
            by=acting(request),
            digest=request.POST.get("digest", ""),
            organization_id=organization_shown(request),
            call=request.POST.get("call", ""),
        )
    except DomainError as refusal:
        return JsonResponse({"sentence": refusal.sentence}, status=409)
    response = JsonResponse(_told(request, asking, secret))
    response["Cache-Control"] = "no-store"
    return response


def _told(request: HttpRequest, asking: LocalSigning, secret: str) -> dict[str, Any]:
    """Return what the script hands on to the service, and where it asks what came of it."""

    def whole(name: str, *args: Any) -> str:
        return request.build_absolute_uri(reverse(f"covenants:{name}", args=args))

    return {
        "call": asking.call,
        "file": whole("local_file", secret),
        "handler": whole("local_take", secret),
        # Our addresses carry the secret themselves; a session would only be one more copy of it.
        "session": "",
        "metadata": {"code": asking.version.code, "digest": asking.version.digest},
        "state": reverse("covenants:local_state", args=[asking.pk]),
        "end": reverse("covenants:local_end", args=[asking.pk]),
    }


def _own(request: HttpRequest, asking_pk: int) -> LocalSigning:
    mine = LocalSigning.objects.filter(user=request.user.pk)
    found: LocalSigning = get_object_or_404(mine, pk=asking_pk)
    return found


@require_safe
@signed_in
def state(request: HttpRequest, asking_pk: int) -> HttpResponse:
    """Tell the script what came of its asking: signed, refused with a sentence, or nothing yet."""
    asking = _own(request, asking_pk)
    told = {"state": "waiting", "sentence": ""}
    if asking.refusal:
        told = {"state": "refused", "sentence": asking.refusal}
    elif is_signed(asking):
        told = {"state": "signed", "sentence": ""}
    response = JsonResponse(told)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@signed_in
def end(request: HttpRequest, asking_pk: int) -> HttpResponse:
    """Lead on from the page of signing, saying what was signed; back to it where nothing was."""
    asking = _own(request, asking_pk)
    covenant = find(request, asking.covenant_id)
    signed = Signature.objects.filter(version=asking.version_id, certified__isnull=False)
    signature = signed.filter(organization=asking.organization_id).first()
    if signature is not None:
        return tell_signed(request, covenant, signature)
    sentence = asking.refusal or why_shut(asking) or _("Chưa có gì được ký.")
    messages.error(request, sentence)
    return redirect("covenants:sign_by_local", covenant.pk)
