"""Two pages for the tests: one that receives a file, and those that hand it out."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path

import config.urls
from thidua.files.actions import keep_file
from thidua.files.models import Blob
from thidua.web.access import acting, perform
from thidua.web.files import file_preview, file_response
from thidua.web.upload import FileField

NAME = "Minh chứng số 1.png"


class UploadForm(forms.Form):
    """A title, to see that it is not lost, and the file."""

    title = forms.CharField()
    file = FileField()


def receive(request: HttpRequest) -> HttpResponse:
    """Keep what was sent; show the form again when it is refused."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        blob = perform(form, keep_file, upload, by=acting(request))
        if blob is not None:
            return HttpResponse(f"{type(upload).__name__} {blob.digest}")
    return HttpResponse(str(form))


def save(request: HttpRequest, digest: str) -> HttpResponseBase:
    """Hand the file out."""
    return file_response(request, get_object_or_404(Blob, digest=digest), NAME)


def look(request: HttpRequest, digest: str) -> HttpResponseBase:
    """Show the file."""
    return file_preview(request, get_object_or_404(Blob, digest=digest), NAME)


urlpatterns = [
    path("thu/nhan/", receive),
    path("thu/tai/<str:digest>/", save),
    path("thu/xem/<str:digest>/", look),
    *config.urls.urlpatterns,
]
