"""The host's own page, what the host presses, the list on paper, and the picture afterwards."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.accounts.acting import Acting
from thidua.ceremonies.actions.drawing import draw_picture
from thidua.ceremonies.actions.hosting import (
    begin_ceremony,
    call_member,
    close_ceremony,
    darken_screen,
    light_called,
    open_ceremony,
    reset_rehearsal,
)
from thidua.ceremonies.models import Ceremony
from thidua.ceremonies.queries import ceremonies_for, pulse_of, seats_of, with_parts
from thidua.core.errors import DomainError
from thidua.core.text import fold
from thidua.covenants.models import Covenant
from thidua.web.access import acting, attempt, require, signed_in
from thidua.web.ceremonies.doors import at, unlisted
from thidua.web.ceremonies.stage import page_of, qr_of, sign_address
from thidua.web.covenants.doors import find_for, head_facts
from thidua.web.files import file_preview

OPEN, HOST = "ceremonies.open_ceremony", "ceremonies.host_ceremony"


def _dark(ceremony: Ceremony, *, by: Acting) -> Ceremony:
    return darken_screen(ceremony, by=by, is_dark=not ceremony.is_dark)


ACTS: dict[str, Any] = {
    "begin": begin_ceremony,
    "next": partial(call_member, step=1),
    "previous": partial(call_member, step=-1),
    "dark": _dark,
    "light": light_called,
    "reset": reset_rehearsal,
    "close": close_ceremony,
}


@require_GET
@signed_in
def desk(request: HttpRequest, covenant_pk: int) -> HttpResponse:
    """Show the host what to do before, during and after; a phone of theirs steers the screen."""
    covenant = find_for(request, covenant_pk, OPEN)
    held = list(with_parts(Ceremony.objects.filter(covenant=covenant)).select_related("picture"))
    now = next((ceremony for ceremony in held if not ceremony.is_over), None)
    pulse = pulse_of(now.address) if now else None
    context = {
        **head_facts(covenant),
        **(page_of(now, pulse) if now and pulse else {}),
        "now": now,
        "held": [ceremony for ceremony in held if ceremony.is_over],
        "may_open": covenant.state == Covenant.State.SIGNING,
        "version_id": covenant.version_id,
    }
    return render(request, "ceremonies/desk.html", context)


@require_POST
@signed_in
def open_one(request: HttpRequest, covenant_pk: int) -> HttpResponse:
    """Open the screen, real or as a rehearsal."""
    covenant = find_for(request, covenant_pk, OPEN)
    seen = request.POST.get("version", "")
    facts = {
        "by": acting(request),
        "version_id": int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else None,
        "is_rehearsal": request.POST.get("rehearsal") == "1",
    }
    ceremony = attempt(request, open_ceremony, covenant, **facts)
    if ceremony and ceremony.is_rehearsal:
        messages.success(request, _("Đã mở diễn tập. Không có chữ ký nào được ghi."))
    elif ceremony:
        messages.success(request, _("Đã mở lễ ký. Hãy mở màn hình trên máy chiếu."))
    return redirect("ceremonies:desk", covenant_pk)


@require_POST
@signed_in
def host(request: HttpRequest, address: str) -> HttpResponse:
    """Do what the host pressed, on the screen (JSON) or at the desk."""
    ceremony = at(address)
    require(acting(request), HOST, ceremony)
    act = ACTS.get(request.POST.get("act", ""))
    told = _("Không có việc này.")
    if act is not None:
        try:
            act(ceremony, by=acting(request))
            told = ""
        except DomainError as refusal:
            told = refusal.sentence
    if request.accepts("text/html"):
        if told:
            messages.error(request, told)
        if request.POST.get("back") == "screen":
            return redirect("ceremonies:screen", address)
        return redirect("ceremonies:desk", ceremony.covenant_id)
    return JsonResponse({"told": told}, status=409 if told else 200)


@require_GET
@signed_in
def on_paper(request: HttpRequest, address: str) -> HttpResponseBase:
    """Show the list for the case that nothing works: names, blanks, codes; made to be printed."""
    ceremony = at(address)
    require(acting(request), HOST, ceremony)
    version = ceremony.version
    context = {
        **head_facts(ceremony.covenant),
        "ceremony": ceremony,
        "version": version,
        "seats": seats_of(ceremony),
        "qr": qr_of(sign_address(ceremony)),
        "address": sign_address(ceremony),
    }
    return unlisted(render(request, "ceremonies/paper.html", context))


@require_GET
def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the picture of a ceremony, drawn now where the background has not come to it yet."""
    found = ceremonies_for(acting(request)).filter(state=Ceremony.State.CLOSED, is_rehearsal=False)
    ceremony = get_object_or_404(with_parts(found), pk=pk)
    name = fold(str(ceremony)).replace(" ", "-")
    return file_preview(request, draw_picture(ceremony).blob, name)
