"""Giving sheets out: the empty form, what is there, and the file that was brought."""

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from thidua.files.kinds import XLSX
from thidua.imports.filling import as_csv, as_xlsx
from thidua.web.access import acting, signed_in
from thidua.web.files import file_response
from thidua.web.imports.doors import found_import, found_kind


@signed_in
@require_GET
def empty_form(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Hand out the form of a kind, with examples and notes."""
    kind = found_kind(request, slug)
    return _kept_by_nobody(
        FileResponse(
            as_xlsx(kind.form),
            as_attachment=True,
            filename=f"mau-{kind.slug}.xlsx",
            content_type=XLSX.media_type,
        )
    )


@signed_in
@require_GET
def as_workbook(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Hand out what is there, in the same form."""
    kind = found_kind(request, slug)
    rows = kind.exported(acting(request))
    return _kept_by_nobody(
        FileResponse(
            as_xlsx(kind.form, rows),
            as_attachment=True,
            filename=f"{kind.slug}.xlsx",
            content_type=XLSX.media_type,
        )
    )


@signed_in
@require_GET
def as_text(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Hand out what is there as CSV."""
    kind = found_kind(request, slug)
    lines = as_csv(kind.form, kind.exported(acting(request)))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind.slug}.csv"'
    return _kept_by_nobody(response)


@signed_in
@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand back the file that was brought."""
    imported = found_import(request, pk)
    return file_response(request, imported.blob, imported.file_name)


def _kept_by_nobody(response: HttpResponseBase) -> HttpResponseBase:
    """Let no cache keep names and addresses."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
