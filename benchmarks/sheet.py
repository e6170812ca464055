"""One sheet, previewed or imported in this process; prints JSON. Started by `benchmarks.sheets`."""

import gc
import json
import os
import re
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import xlsxwriter  # noqa: E402  (after the set-up)
from django.core.files.uploadedfile import UploadedFile  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from thidua.accounts.acting import NOBODY, Acting, acting_of  # noqa: E402
from thidua.accounts.actions import Terms, appoint, open_account  # noqa: E402
from thidua.imports.actions import bringing, writing  # noqa: E402
from thidua.imports.form import form  # noqa: E402
from thidua.imports.kinds.base import Tick  # noqa: E402
from thidua.imports.models import Import  # noqa: E402
from thidua.organizations.actions import (  # noqa: E402
    OrganizationFacts,
    enter_person,
    found_organization,
)

COLUMNS, TIMES = 30, 5


def sheet(path: Path, rows: int) -> None:
    """Write a board's sheet: ten columns that are known, others that are not."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet()
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    known = [column.heading for column in form("organizations").columns]
    for place in range(COLUMNS):
        page.write_string(0, place, known[place] if place < len(known) else f"Cột {place}")
    for n in range(1, rows + 1):
        told = _told(n)
        for place in range(COLUMNS):
            value = told[place] if place < len(told) else n * place
            if isinstance(value, date):
                page.write_datetime(n, place, datetime.combine(value, datetime.min.time()), day)
            else:
                page.write(n, place, value)
    book.close()


def _told(n: int) -> list[str | date]:
    return [
        f"Hội Nông dân xã {n} tỉnh Ninh Bình",
        f"Hội ND xã {n}",
        "tổ chức chính trị - xã hội",
        "xã, phường, đặc khu",
        f"Hội Nông dân xã {n // 10} tỉnh Ninh Bình" if n >= 10 else "",
        "Ninh Bình",
        date(2020, 1, 1) + timedelta(days=n % 900),
        "Hội Nông dân tỉnh",
        "có" if n % 3 else "",
        f"Quyết định số {n}",
    ]


def board() -> Acting:
    """Return somebody who works for a board."""
    body = found_organization(OrganizationFacts("Ban", "board", "province"), by=NOBODY)
    person = enter_person("Người đo", by=NOBODY)
    user = open_account(person, by=NOBODY, username="nguoi-do")
    appoint(user, body, by=NOBODY, role="board", terms=Terms(since=date(2020, 1, 1)))
    return acting_of(user)


def brought(path: Path, by: Acting) -> Import:
    """Bring the sheet; it waits to be looked into."""
    with path.open("rb") as file:
        upload = UploadedFile(file, "bang.xlsx", size=path.stat().st_size)
        imported = bringing.bring_sheet(upload, by=by, kind="organizations")
    return Import.objects.select_related("blob", "by__person").get(pk=imported.pk)


def preview(path: Path, by: Acting) -> dict[str, float]:
    """Time the preview by turns with the bare reader."""
    imported = brought(path, by)
    bare, ours = [], []
    peaks = {"bare": _peak(lambda: _bare(path)), "ours": _peak(lambda: _look(imported, by))}
    for _n in range(TIMES):
        bare.append(_seconds(lambda: _bare(path)))
        ours.append(_seconds(lambda: _look(imported, by)))
    return {
        "bare": median(bare),
        "ours": median(ours),
        "bare_peak": peaks["bare"],
        "peak": peaks["ours"],
    }


def _bare(path: Path) -> None:
    with CalamineWorkbook.from_path(path) as book:
        book.get_sheet_by_index(0).to_python()


def _look(imported: Import, by: Acting) -> None:
    Import.objects.filter(pk=imported.pk).update(state=Import.State.BROUGHT)
    found = bringing.look_into(imported, by=by, tick=lambda _done, _of: None)
    if found.state != Import.State.CHECKED or found.found["counts"]["problems"]:
        raise RuntimeError(f"the sheet was not understood: {found.found}")


def whole(path: Path, by: Acting) -> dict[str, float]:
    """Look into the sheet, then import it; return seconds, the peak, and how often it told."""
    imported = brought(path, by)
    ticks: list[float] = []

    def tick(_done: int, _of: int) -> None:
        ticks.append(time.perf_counter())

    _look(imported, by)
    Import.objects.filter(pk=imported.pk).update(state=Import.State.WRITING)
    imported = Import.objects.select_related("blob", "by__person").get(pk=imported.pk)
    start = time.perf_counter()
    peak = _peak(lambda: _write(imported, by, tick))
    end = time.perf_counter()
    return {"seconds": end - start, "peak": peak, "ticks": len(ticks)}


def _write(imported: Import, by: Acting, tick: Tick) -> None:
    done = writing.write_import(imported, by=by, tick=tick)
    if done.state != Import.State.DONE:
        raise RuntimeError(done.refusal)


def _seconds(act: Callable[[], None]) -> float:
    gc.collect()
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _peak(act: Callable[[], None]) -> float:
    """Return by how many megabytes this process grows at most."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    rest = _status("VmRSS")
    act()
    return _status("VmHWM") - rest


def _status(name: str) -> float:
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    if found is None:
        raise RuntimeError("the kernel does not tell the peak")
    return int(found[1]) / 1024


def main(what: str, rows: int) -> None:
    """Do what was asked with a sheet of so many rows."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bang.xlsx"
        sheet(path, rows)
        by = board()
        print(json.dumps(preview(path, by) if what == "preview" else whole(path, by)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
