"""The screen of the hall, and the answer that each screen and phone asks for every second."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import parse_etags
from django.views.decorators.http import require_GET

from thidua.ceremonies.queries import Pulse, pulse_of
from thidua.web.access import acting
from thidua.web.ceremonies.doors import at, unlisted
from thidua.web.ceremonies.stage import page_of, state_of


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
    """Say what stands on the screen now, or 304 when it is what the asker has: one query.

    It asks neither session nor user: 300 phones ask it, and the address is the right to see it.
    """
    pulse = _pulse(address)
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if f'"{pulse.tag}"' in [tag.removeprefix("W/") for tag in known]:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = JsonResponse(state_of(pulse), json_dumps_params={"ensure_ascii": False})
    answer["ETag"] = f'"{pulse.tag}"'
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _pulse(address: str) -> Pulse:
    pulse = pulse_of(address)
    if pulse is None:
        raise Http404
    return pulse
