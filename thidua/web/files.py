"""Handing a kept file to whoever may see the row that uses it; the view has asked that first."""

import logging

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from thidua.core.errors import DomainError
from thidua.files.kinds import BY_MEDIA_TYPE
from thidua.files.models import Blob
from thidua.files.names import name_as
from thidua.files.storage import CHUNK, open_bytes

log = logging.getLogger(__name__)
# Opened by itself, it can run nothing and reach nothing, whatever is inside.
NOTHING = "sandbox; default-src 'none'; frame-ancestors 'none'"
ON_OUR_PAGES = "sandbox; default-src 'none'; frame-ancestors 'self'"


class _Streamed(FileResponse):
    block_size = CHUNK


def file_response(request: HttpRequest, blob: Blob, name: str) -> HttpResponseBase:
    """Answer with the bytes, to be saved as ``name``; 410 with the reason when blanked.

    Never shown in place: always an attachment, sandboxed, kept by no cache.
    """
    if blob.is_blanked:
        return _gone(request, blob)
    response = _streamed(blob, name, as_attachment=True)
    response["Content-Security-Policy"] = NOTHING
    return response


def file_preview(request: HttpRequest, blob: Blob, name: str = "") -> HttpResponseBase:
    """Answer with a picture or a PDF to be shown on our own pages: `<img>`, link, `<iframe>`.

    Of any other kind it is the attachment. Chromium 156 and Firefox 153 show a PDF in the sandbox.
    """
    if blob.is_blanked:
        return _gone(request, blob)
    if not (blob.is_picture or blob.is_pdf):
        return file_response(request, blob, name)
    response = _streamed(blob, name, as_attachment=False)
    response["Content-Security-Policy"] = ON_OUR_PAGES
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _streamed(blob: Blob, name: str, *, as_attachment: bool) -> FileResponse:
    try:
        file = open_bytes(blob)
    except FileNotFoundError as fault:
        log.error("the bytes of %s are missing: run check_files", blob.digest)
        sentence = _("Tệp không còn trên máy chủ. Hãy báo người vận hành.")
        raise DomainError(sentence) from fault
    response = _Streamed(
        file,
        as_attachment=as_attachment,
        filename=name_as(BY_MEDIA_TYPE[blob.media_type], name),
        content_type=blob.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _gone(request: HttpRequest, blob: Blob) -> HttpResponse:
    """Say when and why the content was removed."""
    response = render(request, "errors/410.html", {"blob": blob}, status=410)
    response["Cache-Control"] = "private, no-store"
    return response
