"""The page on which anybody with an account has a PDF's layout checked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from thidua.web.access import bind, perform, signed_in
from thidua.web.layout.checking import check_upload
from thidua.web.layout.forms import CheckForm


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
