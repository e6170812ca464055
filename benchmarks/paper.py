"""A covenant frozen and set in this process, many times; prints JSON. Started by `papers`."""

import gc
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import escape
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import typst  # noqa: E402  (after the set-up)
from pypdfium2 import PdfDocument  # noqa: E402

from benchmarks.server import resident  # noqa: E402
from thidua.accounts.acting import NOBODY  # noqa: E402
from thidua.documents.actions.papers import freeze_official  # noqa: E402
from thidua.documents.actions.printing import fonts_in_use  # noqa: E402
from thidua.typesetting.official import Official, from_data  # noqa: E402
from thidua.typesetting.papers.covenant import CovenantFacts, Promise, compose  # noqa: E402
from thidua.typesetting.pdf import TEMPLATE, facts, render_pdf  # noqa: E402
from thidua.typesetting.text import lines_of  # noqa: E402
from thidua.typesetting.word import render_docx  # noqa: E402

TIMES, WARM, MANY = 30, 200, 1_000
WORDS = (
    "Đẩy mạnh các phong trào thi đua yêu nước gắn với học tập và làm theo tư tưởng, đạo đức, phong "
    "cách Hồ Chí Minh; phấn đấu hoàn thành xuất sắc các chỉ tiêu, nhiệm vụ được giao trong năm."
)


def covenant(year: int, rows: int = 40) -> Official:
    """Return a covenant of four members, 3 pages, with a table of so many ``rows``."""
    members = [f"Hội số {n} tỉnh Ninh Bình" for n in range(1, 5)]
    promises = [
        Promise(f"Chỉ tiêu {n}: phát triển hội viên", f"ít nhất {n * 10}.000 người", "9.500")
        for n in range(rows // 4)
    ]
    return compose(
        CovenantFacts(
            title=f"BẢN GIAO ƯỚC THI ĐUA NĂM {year}",
            of="Khối thi đua các tổ chức chính trị - xã hội",
            superior="Hội đồng TĐKT tỉnh",
            place="Ninh Bình",
            dated=date(2026, 2, 5),
            bases=["Căn cứ Luật Thi đua, khen thưởng", "Căn cứ Quy chế của Khối thi đua"],
            opening="Các đơn vị thành viên thống nhất ký giao ước thi đua:",
            parties=members,
            clauses=[(f"Nội dung thứ {n}", [WORDS]) for n in range(1, 2)],
            annex=[(member, promises) for member in members],
            signers=members,
        )
    )


def speed() -> dict[str, float]:
    """Time freezing and setting by turns with the bare compile of the same paper."""
    fonts, times = fonts_in_use(), dict[str, list[float]]()
    for year in range(2026, 2026 + TIMES):
        frozen: list[Official] = []
        _note(times, "freeze", lambda: frozen.append(_frozen(year)))  # noqa: B023  (called at once)
        official = frozen[0]
        _note(times, "set", lambda: render_pdf(official, fonts))  # noqa: B023
        # Another title, or Typst would remember what it has just set.
        other = facts(replace(official, title=f"{official.title} "), fonts)
        _note(times, "bare", lambda: _bare(other))  # noqa: B023
        if year % 5 == 0:
            _note(times, "word", lambda: render_docx(official))  # noqa: B023
    pages = len(PdfDocument(render_pdf(official, fonts)))
    return {name: median(seconds) for name, seconds in times.items()} | {"pages": pages}


def _frozen(year: int) -> Official:
    version = freeze_official(covenant(year), by=NOBODY, chain="house")
    return from_data(version.official)


def _bare(given: str) -> None:
    typst.compile(
        TEMPLATE,
        font_paths=fonts_in_use().handle,
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["a-2a"],
        timestamp=0,
        sys_inputs={"paper": given},
    )


def _note(times: dict[str, list[float]], name: str, act: Callable[[], object]) -> None:
    gc.collect()
    start = time.perf_counter()
    act()
    times.setdefault(name, []).append(time.perf_counter() - start)


def memory() -> dict[str, float]:
    """Return the megabytes of this process after some, and after a thousand different papers."""
    fonts, found = fonts_in_use(), {}
    for number in range(1, MANY + 1):
        render_pdf(covenant(number, rows=8), fonts)
        if number in (WARM, MANY):
            found[str(number)] = resident(os.getpid())
    return found


def others() -> dict[str, float]:
    """Return the seconds of the other engines that this machine has, for the same paper."""
    found, official = {}, covenant(2026)
    if find_spec("weasyprint"):
        weasyprint = import_module("weasyprint")
        page = "".join(f"<p>{escape(line)}</p>" for line in lines_of(official))
        found["WeasyPrint"] = _median(lambda: weasyprint.HTML(string=page).write_pdf())
    if soffice := shutil.which("soffice"):
        with TemporaryDirectory() as folder:
            file = Path(folder) / "paper.docx"
            file.write_bytes(render_docx(official))
            profile = f"-env:UserInstallation=file://{folder}/profile"
            command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
            command.append(str(file))
            found["LibreOffice"] = _median(
                lambda: subprocess.run(command, check=True, capture_output=True)
            )
    return found


def _median(act: Callable[[], object]) -> float:
    times: dict[str, list[float]] = {}
    for _n in range(4):
        _note(times, "", act)
    return median(times[""][1:])


if __name__ == "__main__":
    print(json.dumps({"speed": speed, "memory": memory, "others": others}[sys.argv[1]]()))
