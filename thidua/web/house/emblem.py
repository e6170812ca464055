"""The house's own emblem, which stands on every page."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from thidua.house.queries import house
from thidua.web.files import file_preview

A_YEAR = "public, max-age=31536000, immutable"


@require_GET
def emblem(request: HttpRequest, digest: str) -> HttpResponseBase:
    """Show the emblem. Its address changes with it, so browsers may keep it."""
    blob = house().emblem
    if blob is None or blob.digest != digest or blob.is_blanked:
        raise Http404
    response = file_preview(request, blob)
    if response.status_code == 200:
        response["Cache-Control"] = A_YEAR
    return response
