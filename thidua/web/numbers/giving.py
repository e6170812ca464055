"""Giving the book out: as a workbook, and as a paper."""

from collections.abc import Iterable
from datetime import datetime, time
from tempfile import TemporaryFile
from typing import IO

import xlsxwriter
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.documents.actions.printing import set_for_reading
from thidua.documents.models import Number
from thidua.files.kinds import XLSX
from thidua.files.storage import incoming_folder
from thidua.web.access import attempt, signed_in
from thidua.web.numbers.asked import asked_of, found
from thidua.web.numbers.paper import book_paper, columns, words_of

MOST_PRINTED = 2000
WIDTHS = (20, 12, 60, 26, 40, 30)


@signed_in
@require_GET
def as_workbook(request: HttpRequest) -> HttpResponseBase:
    """Hand out the lines that are asked for as Excel."""
    asked = asked_of(request)
    lines = found(request, asked).order_by("year", "kind", "number").iterator()
    name = f"so-van-ban-di-{asked.year or 'moi-nam'}.xlsx"
    answer = FileResponse(
        _as_xlsx(lines), as_attachment=True, filename=name, content_type=XLSX.media_type
    )
    return _kept_by_nobody(answer)


def _as_xlsx(lines: Iterable[Number]) -> IO[bytes]:
    """Return a workbook in a file that is gone when it is closed."""
    file = TemporaryFile(dir=incoming_folder())  # noqa: SIM115  (the answer closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with xlsxwriter.Workbook(file, options) as book:
            head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#f3e9d8"})
            wrap = book.add_format({"text_wrap": True, "valign": "top"})
            day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
            sheet = book.add_worksheet(_("Sổ văn bản đi"))
            sheet.freeze_panes(1, 1)
            for place, (heading, width) in enumerate(zip(columns(), WIDTHS, strict=True)):
                sheet.set_column(place, place, width)
                sheet.write_string(0, place, heading, head)
            for row, number in enumerate(lines, start=1):
                for place, words in enumerate(words_of(number)):
                    sheet.write_string(row, place, words, wrap)
                sheet.write_datetime(row, 1, datetime.combine(number.dated, time()), day)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


@signed_in
@require_GET
def as_paper(request: HttpRequest) -> HttpResponseBase:
    """Hand out the lines that are asked for as a PDF, to be printed and bound."""
    asked = asked_of(request)
    lines = list(found(request, asked).order_by("year", "kind", "number")[: MOST_PRINTED + 1])
    if len(lines) > MOST_PRINTED:
        messages.error(request, _("Nhiều số quá để in một lần: hãy chọn một năm, một loại."))
        return redirect("numbers:index")
    made = attempt(request, set_for_reading, book_paper(asked, lines))
    if made is None:
        return redirect("numbers:index")
    answer = HttpResponse(made, content_type="application/pdf")
    name = f"so-van-ban-di-{asked.year or 'moi-nam'}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return _kept_by_nobody(answer)


def _kept_by_nobody(response: HttpResponseBase) -> HttpResponseBase:
    """Let no cache keep names and titles."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
