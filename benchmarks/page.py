"""Times the pages of one world in this process, and the bare pages beside them; prints JSON."""

import gzip
import json
import os
import re
import statistics
import time

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402  (after the set-up)
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import path, reverse  # noqa: E402

import config.urls  # noqa: E402
from thidua.accounts.models import User  # noqa: E402
from thidua.covenants.models import Covenant  # noqa: E402
from thidua.cycles.models import Cycle  # noqa: E402
from thidua.organizations.models import Organization  # noqa: E402

ROUNDS = 40
BARE = engines["django"].from_string(
    "{% for row in rows %}<tr><td><a href=\"{% url 'organizations:show' row.pk %}\">"
    "{{ row.name }}</a></td></tr>{% endfor %}"
)


def bare(request: HttpRequest, queries: int, cells: int) -> HttpResponse:
    """Ask ``queries`` queries and write ``cells`` cells with a link in each."""
    request.user.is_authenticated  # noqa: B018  (the session's and the user's queries, as ours)
    rows: list[Organization] = []
    for _n in range(queries):
        rows = list(Organization.objects.all()[:25])
    filled = (rows * (cells // len(rows) + 1))[:cells]
    return HttpResponse(BARE.render({"rows": filled}, request))


config.urls.urlpatterns.append(path("bare/<int:queries>/<int:cells>/", bare, name="bare"))


def milliseconds(client: Client, address: str) -> float:
    """Return the median time of one request."""
    times = []
    for _n in range(ROUNDS):
        start = time.perf_counter()
        response = client.get(address)
        times.append(time.perf_counter() - start)
        assert response.status_code == 200, (address, response.status_code)
    return statistics.median(times) * 1000


def compressed(html: bytes) -> float:
    """Return the kilobytes of a page with the CSS and scripts of the house, compressed."""
    whole = len(gzip.compress(html))
    for folder in ("css", "js", "django_htmx"):
        for file in (settings.STATIC_ROOT / folder).rglob("*.gz"):
            if re.search(r"\.[0-9a-f]{12}\.", file.name) and "htmx-4" not in file.name:
                whole += file.stat().st_size
    return whole / 1024


def main() -> None:
    """Measure every page as a signed-in person of the managing body's board."""
    cycle = Cycle.objects.filter(state=Cycle.State.OPEN).latest("pk")
    covenant = Covenant.objects.filter(cycle=cycle).latest("number")
    pages = {
        "home": reverse("home"),
        "year": reverse("cycles:show", args=[cycle.pk]),
        "board": reverse("cycles:board", args=[cycle.pk]),
        "covenant": reverse("covenants:show", args=[covenant.pk]),
    }
    client = Client(headers={"host": "127.0.0.1"})
    person = User.objects.filter(
        appointments__role="board", appointments__organization=cycle.bloc.managing_body_id
    ).first()
    assert person is not None
    client.force_login(person)
    told = {}
    for name, address in pages.items():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            html = client.get(address).content
        cells = max(25, len(re.findall(rb"<(?:td|th|li)\b", html)))
        asked = max(0, len(queries) - 2)  # the session and the user are asked by both
        told[name] = {
            "queries": len(queries),
            "cells": cells,
            "kb": compressed(html),
            "ms": milliseconds(client, address),
            "bare_ms": milliseconds(client, reverse("bare", args=[asked, cells])),
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
