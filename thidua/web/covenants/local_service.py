"""What the signing service of a person's own machine asks of us: the file, and to take it back.

It has neither session nor cookies, so both addresses carry the asking's secret; that is why, and
the only reason why, bringing the file is asked for no CSRF token.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from thidua.core.errors import DomainError
from thidua.covenants.actions.local_signing import (
    asking_of,
    refuse_unread,
    take_from_local_service,
    why_shut,
)
from thidua.covenants.models import LocalSigning
from thidua.documents.actions.originals import signing_original
from thidua.documents.signed_pdfs import signed_pdf_of
from thidua.files.uploads import MEGABYTE, most_bytes
from thidua.web.covenants import vgca
from thidua.web.files import file_response

NAME = "giao-uoc"


def _asking(secret: str) -> LocalSigning:
    found = asking_of(secret) if settings.VGCA_URL else None
    if found is None:
        raise Http404
    return found


@require_safe
def fetch(request: HttpRequest, token: str) -> HttpResponseBase:
    """Hand out the newest PDF to be signed; nothing once the asking is used up or too old."""
    asking = _asking(token)
    if why_shut(asking):
        raise Http404
    blob = signed_pdf_of(asking.version) or signing_original(asking.version).blob
    return file_response(request, blob, NAME)


@csrf_exempt
@require_POST
def take(request: HttpRequest, token: str) -> HttpResponse:
    """Take the signed file. Nothing of the request is read before the secret was known to us."""
    asking = _asking(token)
    try:
        if shut := why_shut(asking):
            raise DomainError(shut)
        _take(request, asking)
    except DomainError as refusal:
        return _answered(is_taken=False, message=refusal.sentence)
    return _answered(is_taken=True, message="")


def _take(request: HttpRequest, asking: LocalSigning) -> None:
    sent = request.FILES.get(vgca.UPLOADED)
    why_unread = ""
    if sent is None or not sent.size:
        why_unread = _("Phần mềm ký số không nộp tệp nào. Chưa có gì được ký.")
    elif sent.size > most_bytes():
        told = {"limit": most_bytes() // MEGABYTE}
        sentence = _("Tệp nặng quá %(limit)d MB. Tệp đã ký chỉ nặng hơn bản tải về một chút.")
        why_unread = sentence % told
    if sent is None or why_unread:
        refuse_unread(asking, why_unread)
        raise DomainError(why_unread)
    take_from_local_service(asking, sent.read())


def _answered(*, is_taken: bool, message: str) -> HttpResponse:
    # 200 also for a refusal: what public handlers answer, and so what the service can read.
    told = vgca.answer_of_handler(is_taken=is_taken, message=message, name=f"{NAME}.pdf")
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response
