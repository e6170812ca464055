"""Asks the page of 10,000 different codes, and a bare page beside them; prints JSON."""

import json
import statistics
import time
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks import page  # sets Django up, and has the bare page's address
from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.core.digest import digest_text
from thidua.documents.actions import freeze_official
from thidua.documents.codes import new_code, shown
from thidua.documents.models import Version
from thidua.typesetting.official import Header, Official, Paragraph, Table

MANY, PIECE = 10_000, 1_000


def a_paper() -> Official:
    """Return a paper of three pages with a table of 40 rows."""
    words = "Các đơn vị trong khối cùng thi đua hoàn thành nhiệm vụ của năm. " * 12
    rows = [[str(n), f"Chỉ tiêu thứ {n}", "100 %"] for n in range(1, 41)]
    return Official(
        kind="plan",
        header=Header(body="KHỐI THI ĐUA SỐ 1"),
        type_name="KẾ HOẠCH",
        title="Tổ chức phong trào thi đua",
        symbol="05/KH-KTĐ",
        dated=date(2026, 3, 2),
        body=[
            *[Paragraph(words)] * 6,
            Table([["TT", "Chỉ tiêu", "Mức"]], rows, [1, 6, 2], ["center", "left", "left"]),
        ],
    )


def many_papers() -> list[str]:
    """Freeze one paper and copy it; return the codes as papers show them."""
    first = freeze_official(a_paper(), by=NOBODY, chain="house")
    codes = [new_code() for _n in range(MANY)]
    for start in range(0, MANY, PIECE):
        Version.objects.bulk_create(
            Version(
                kind=first.kind,
                title=first.title,
                text=(text := first.text.replace(first.shown_code, shown(code))),
                digest=digest_text(text),
                official=first.official,
                code=code,
                frozen_at=clock.now(),
                chain=first.chain,
                chain_head=first.chain_head,
            )
            for code in codes[start : start + PIECE]
        )
    return [shown(code) for code in codes]


def main() -> None:
    """Ask each code once; the bare page asks as many queries and shows as many cells."""
    client = Client(headers={"host": "127.0.0.1"})
    addresses = [reverse("verifying:show", args=[code]) for code in many_papers()]
    client.get(addresses[0])
    counts = set()
    for address in (addresses[0], addresses[MANY // 2], addresses[-1]):
        with CaptureQueriesContext(connection) as queries:
            html = client.get(address).content
        counts.add(len(queries))
    bare = reverse("bare", args=[max(counts), len(page.CELL.findall(html))])
    ours, bares = [], []
    for number, address in enumerate(addresses):
        ours.append(_seconds(client, address))
        if number % 10 == 0:  # in turn, so that noise is shared
            bares.append(_seconds(client, bare))
    told = {
        "queries": sorted(counts),
        "ms": statistics.median(ours) * 1000,
        "bare_ms": statistics.median(bares) * 1000,
        "seconds": sum(ours),
    }
    print(json.dumps(told))


def _seconds(client: Client, address: str) -> float:
    start = time.perf_counter()
    response = client.get(address)
    taken = time.perf_counter() - start
    assert response.status_code == 200, (address, response.status_code)
    return taken


if __name__ == "__main__":
    main()
