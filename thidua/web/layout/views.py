"""The page on which anybody with an account has a PDF's layout checked."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thidua.documents.models import Printing
from thidua.typesetting.official import from_data
from thidua.web.access import bind, perform, signed_in
from thidua.web.layout.checking import check_upload, layout_of
from thidua.web.layout.forms import CheckForm
from thidua.web.papers.doors import found_draft


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Take a PDF in, say rule by rule how it is set; nothing is kept."""
    form, checked = bind(CheckForm, request), None
    if form.is_valid():
        is_other, file = form.cleaned_data["is_other"], form.cleaned_data["file"]
        checked = perform(form, check_upload, file, in_decree=not is_other)
    status = 422 if form.is_bound and checked is None else 200
    told = {"form": CheckForm() if checked else form, "checked": checked}
    if checked:
        told["name"] = form.cleaned_data["file"].name
    return render(request, "layout/index.html", told, status=status)


@signed_in
@require_GET
def of_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Measure the kept PDF of a paper that was issued here."""
    draft = found_draft(request, pk)
    version = draft.version
    printings = version.printings.all() if version else ()
    kept = next((p for p in printings if p.form == Printing.Form.PDF), None)
    if version is None or kept is None or kept.blob.is_blanked:
        raise Http404
    official = from_data(version.official)
    checked = layout_of(kept.blob, in_decree=official.in_decree, style=official.header.style)
    told = {"draft": draft, "cycle": draft.cycle, "checked": checked}
    return render(request, "layout/of_paper.html", told)
