"""The screen of the hall, and the answer that each screen and phone asks for every second."""

import json
import time

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import parse_etags
from django.views.decorators.http import require_GET

from thidua.ceremonies.queries import Pulse, pulse_of
from thidua.web.access import acting
from thidua.web.ceremonies.doors import at, unlisted
from thidua.web.ceremonies.stage import page_of, state_of

BREATH = 0.25  # seconds for which one process gives the same answer: a screen may be two behind
MOST_TOLD = 200  # halls at once
_told: dict[str, tuple[float, str, bytes]] = {}  # by address: good until, tag, content


@require_GET
def screen(request: HttpRequest, address: str) -> HttpResponseBase:
    """Show the screen to whoever has its address; with the host's buttons to a host."""
    ceremony = at(address)
    who = acting(request)
    context = {
        **page_of(ceremony, _pulse(address)),
        "hosts": not ceremony.is_over and who.has_perm("ceremonies.host_ceremony", ceremony),
    }
    return unlisted(render(request, "ceremonies/screen.html", context))


@require_GET
def state(request: HttpRequest, address: str) -> HttpResponse:
    """Say what stands on the screen now, or 304 when it is what the asker has.

    It asks neither session nor user: 300 phones ask it, and the address is the right to see it.
    """
    tag, body = _state_now(address)
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if tag in [one.removeprefix("W/") for one in known]:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(body, content_type="application/json")
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _state_now(address: str) -> tuple[str, bytes]:
    """Return the tag and the content of the state, at most a breath old.

    Whoever asks within the same breath gets the same answer from this process: one query, and two
    more when something has changed.
    """
    now = time.monotonic()
    until, tag, body = _told.get(address, (0.0, "", b""))
    if now < until:
        return tag, body
    pulse = _pulse(address)
    if tag != f'"{pulse.tag}"':
        tag, body = f'"{pulse.tag}"', json.dumps(state_of(pulse), ensure_ascii=False).encode()
    if len(_told) >= MOST_TOLD:
        _told.clear()
    _told[address] = (now + BREATH, tag, body)
    return tag, body


def _pulse(address: str) -> Pulse:
    pulse = pulse_of(address)
    if pulse is None:
        raise Http404
    return pulse
