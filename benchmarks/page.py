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
from thidua.cycles.models import Cycle, Enrolment  # noqa: E402
from thidua.scoring.models import Sheet  # noqa: E402

ROUNDS = 40
BARE = engines["django"].from_string(
    "{% for row in rows %}<tr><td><a href=\"{% url 'organizations:show' row.organization_id %}\">"
    "{{ row.organization.name }}</a></td></tr>{% endfor %}"
)


def bare(request: HttpRequest, queries: int, cells: int) -> HttpResponse:
    """Ask ``queries`` queries of the page's own kind and write ``cells`` cells with a link in each.

    Each reads up to 25 members with their organisations: rows, and one join, as ours do.
    """
    request.user.is_authenticated  # noqa: B018  (the session's and the user's queries, as ours)
    rows: list[Enrolment] = []
    for _n in range(queries):
        rows = list(Enrolment.objects.select_related("organization")[:25])
    filled = (rows * (cells // len(rows) + 1))[:cells]
    return HttpResponse(BARE.render({"rows": filled}, request))


config.urls.urlpatterns.append(path("bare/<int:queries>/<int:cells>/", bare, name="bare"))


# A cell is a place that shows one piece of text: of a table, a list, a paragraph, a term, a day;
# of a form, each field that somebody fills in.
CELL = re.compile(
    rb"<(?:td|th|li|p|dt|dd|h[1-6]|time|label|select|textarea|input(?! type=.hidden))\b"
)
LOADED = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js))"')
IMPORTED = re.compile(r'from "\./([^"]+\.js)"|import "\./([^"]+\.js)"')


def milliseconds(client: Client, *addresses: str) -> list[float]:
    """Return the median time of each address, asked in turn so that noise is shared."""
    times: dict[str, list[float]] = {address: [] for address in addresses}
    for _n in range(ROUNDS):
        for address in addresses:
            start = time.perf_counter()
            response = client.get(address)
            times[address].append(time.perf_counter() - start)
            assert response.status_code == 200, (address, response.status_code)
    return [statistics.median(times[address]) * 1000 for address in addresses]


def compressed(html: bytes) -> float:
    """Return the kilobytes of a page with the styles and scripts that it loads, compressed."""
    whole = len(gzip.compress(html))
    waiting = [settings.STATIC_ROOT / name for name in LOADED.findall(html.decode())]
    seen = set()
    while waiting:
        path = waiting.pop().resolve()
        if path in seen:
            continue
        seen.add(path)
        content = path.read_bytes()
        whole += len(gzip.compress(content))
        if path.suffix == ".js":
            named = IMPORTED.findall(content.decode())
            waiting += [path.parent / (first or second) for first, second in named]
    return whole / 1024


def main() -> None:
    """Measure every page as a signed-in head of the leading organisation."""
    cycle = Cycle.objects.filter(state=Cycle.State.OPEN).latest("pk")
    covenant = Covenant.objects.filter(cycle=cycle).latest("number")
    sheet = Sheet.objects.filter(layer__cycle=cycle, layer__kind="lead").latest("pk")
    leaf = sheet.card.table.criteria.filter(is_group=False)[0]
    code = covenant.version.shown_code if covenant.version else ""
    pages = {
        "home": reverse("home"),
        "year": reverse("cycles:show", args=[cycle.pk]),
        "board": reverse("cycles:board", args=[cycle.pk]),
        "covenant": reverse("covenants:show", args=[covenant.pk]),
        "verifying": reverse("verifying:show", args=[code]),
        "marks board": reverse("marking:of_cycle", args=[cycle.pk]),
        "marking": reverse("marking:mark", args=[sheet.pk, leaf.pk]),
        "whole card": reverse("marking:whole", args=[sheet.pk]),
        "card": reverse("marking:card", args=[sheet.card_id]),
        "table": reverse("tables:show", args=[sheet.card.table_id]),
        "reports": reverse("reporting:of_cycle", args=[cycle.pk]),
    }
    client = Client(headers={"host": "127.0.0.1"})
    leader = cycle.enrolments.filter(role=Enrolment.Role.LEADER).values("organization")
    heads = User.objects.filter(appointments__role="head", appointments__organization__in=leader)
    person = heads.first()
    assert person is not None
    client.force_login(person)
    told = {}
    for name, address in pages.items():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            html = client.get(address).content
        count = len(queries)  # now: the log is emptied by the next request
        cells = len(CELL.findall(html))
        asked = max(0, count - 2)  # the session and the user are asked by both
        ours, bares = milliseconds(client, address, reverse("bare", args=[asked, cells]))
        told[name] = {
            "queries": count,
            "cells": cells,
            "kb": compressed(html),
            "ms": ours,
            "bare_ms": bares,
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
