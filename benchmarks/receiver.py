"""The program with two more addresses, served by `benchmarks.upload`.

`/bench/door/` signs a member's head in and tells where its evidence is received: the page proper,
with session, middleware, form and deed. `/bench/bare/` is the yardstick: a view of the same
framework that reads the same stream and throws it away.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.auth import login  # noqa: E402  (after the set-up)
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpRequest, HttpResponse, JsonResponse  # noqa: E402
from django.middleware.csrf import get_token  # noqa: E402
from django.urls import path, reverse  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402

import config.urls  # noqa: E402
from thidua.accounts.models import User  # noqa: E402
from thidua.cycles.models import Enrolment  # noqa: E402

PIECE = 64 * 1024


def door(request: HttpRequest) -> HttpResponse:
    """Sign a leader's head in; tell the address and the token of its library's form."""
    leads = Enrolment.objects.filter(role=Enrolment.Role.LEADER, cycle__state="open")
    enrolment = leads.latest("pk")
    heads = User.objects.filter(appointments__organization=enrolment.organization_id)
    login(request, heads.get(appointments__role="head"))
    keep = reverse("reporting:keep", args=[enrolment.pk])
    return JsonResponse({"keep": keep, "token": get_token(request)})


@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    """Read the body to its end."""
    size = 0
    while piece := request.read(PIECE):
        size += len(piece)
    return HttpResponse(str(size))


config.urls.urlpatterns += [path("bench/door/", door), path("bench/bare/", bare)]
application = get_wsgi_application()
