"""The covenant's files: the paper as PDF and Word, and the signing file (hồ sơ ký)."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from thidua.core.text import fold
from thidua.covenants.models import Covenant
from thidua.covenants.queries import covenants_for, seen_by, with_rows
from thidua.documents.actions.originals import signing_original
from thidua.documents.actions.printing import print_version, set_for_reading
from thidua.documents.models import Printing, Version
from thidua.documents.signed_pdfs import signed_pdf_of
from thidua.files.models import Blob
from thidua.typesetting.papers import signing_file
from thidua.web.access import acting
from thidua.web.covenants.signing_facts import signing_facts
from thidua.web.files import NOTHING, file_response

SIGNED = "signed"  # no printing: the newest PDF with certificate signatures


@require_GET
def printing(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Hand out the printing, made now where the background has not come to it yet."""
    covenant, version = _frozen(request, pk)
    if form not in (*Printing.Form.values, SIGNED) or not version.code:
        raise Http404
    blob = _blob(version, form)
    return file_response(request, blob, _name(covenant))


def _blob(version: Version, form: str) -> Blob:
    if form == SIGNED:
        signed = signed_pdf_of(version)
        if signed is None:
            raise Http404
        return signed
    if form == Printing.Form.SIGN:
        return signing_original(version).blob
    return next(one.blob for one in print_version(version) if one.form == form)


@require_GET
def beside(request: HttpRequest, pk: int, proof_pk: int) -> HttpResponseBase:
    """Hand out a PDF that a member signed side by side with the others."""
    covenant, version = _frozen(request, pk)
    proof = get_object_or_404(version.signed_pdfs.select_related("blob", "signature"), pk=proof_pk)
    name = fold(proof.signature.organization_name).replace(" ", "-")
    return file_response(request, proof.blob, f"{_name(covenant)}-{name}")


@require_GET
def signing(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Hand out who signed, how and when, and what happened, as it stands now: PDF or JSON."""
    covenant = get_object_or_404(covenants_for(acting(request)), pk=pk, version__isnull=False)
    facts = signing_facts(covenant, acting(request))
    name = f"ho-so-ky-{_name(covenant)}"
    if form == "json":
        told = signing_file.as_data(facts)
        options = {"ensure_ascii": False, "indent": 2}
        response: HttpResponse = JsonResponse(told, json_dumps_params=options)
    elif form == "pdf":
        content = set_for_reading(signing_file.compose(facts))
        response = HttpResponse(content, content_type="application/pdf")
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Content-Security-Policy"] = NOTHING
    response["Cache-Control"] = "private, no-store"
    return response


def _frozen(request: HttpRequest, pk: int) -> tuple[Covenant, Version]:
    covenant = get_object_or_404(with_rows(seen_by(acting(request))), pk=pk)
    if covenant.version is None:
        raise Http404
    return covenant, covenant.version


def _name(covenant: Covenant) -> str:
    return fold(f"giao ước {covenant.cycle.year} {covenant.cycle.bloc.name}").replace(" ", "-")
