"""Checking a paper without an account: by the code or QR on it, or by dropping the file.

Of a paper that the visitor may not read, only what stands at its head is told (kind, number, day,
issuer), what it is worth now, and whether the file in hand is unchanged.
"""

from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thidua.core.numbers import format_number
from thidua.documents.certified import found_in
from thidua.documents.codes import shown
from thidua.documents.proving import BY_CERTIFICATE, proven_of
from thidua.documents.verifying import (
    Known,
    Verdict,
    by_code,
    check_file,
    legal_standing,
)
from thidua.files.uploads import MEGABYTE, most_bytes
from thidua.typesetting.official import Signatory, from_data
from thidua.web.access import acting
from thidua.web.verifying.forms import CodeForm, DropForm
from thidua.web.verifying.limits import is_barred, note_miss

TAGS = {
    "frozen": "quiet",
    "issued": "done",
    "signing": "open",
    "in_force": "done",
    "amended": "late",
    "reopened": "danger",
    "withdrawn": "danger",
}
OURS = (Verdict.UNCHANGED, Verdict.UNCHANGED_TEXT)


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a file; a code leads to its page, a file is answered here and let go."""
    code, drop = CodeForm(), DropForm()
    if request.method == "POST" and is_barred(request):
        return _barred(request)
    if request.method == "POST" and "code" in request.POST:
        code = CodeForm(request.POST)
        if code.is_valid():
            found = code.cleaned_data["code"]
            return redirect("verifying:show", shown(found) if len(found) == 10 else found)
    elif request.method == "POST":
        drop = DropForm(request.POST, request.FILES)
        if drop.is_valid() and _fits(drop):
            return _checked(request, drop.cleaned_data["file"])
    status = 422 if code.errors or drop.errors else 200
    return render(request, "verifying/index.html", {"code": code, "drop": drop}, status=status)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Say in plain words what the paper with this code (or SHA-256) is, and what it is worth."""
    if is_barred(request):
        return _barred(request)
    known = by_code(code)
    if known is None:
        note_miss(request)
        form = CodeForm(initial={"code": code[:100]})
        told = {"form": form, "drop": DropForm()}
        return render(request, "verifying/unknown.html", told, status=404)
    return render(request, "verifying/show.html", _facts(request, known))


def _fits(drop: DropForm) -> bool:
    size = drop.cleaned_data["file"].size or 0
    if size <= most_bytes():
        return True
    told = {"size": format_number(size // MEGABYTE), "limit": most_bytes() // MEGABYTE}
    sentence = _(
        "Tệp nặng %(size)s MB, chỉ đối chiếu được tệp nhiều nhất %(limit)d MB. Văn bản do hệ thống "
        "phát hành nhẹ hơn nhiều: hãy gõ mã in trên văn bản."
    )
    drop.add_error("file", sentence % told)
    return False


def _checked(request: HttpRequest, upload: UploadedFile) -> HttpResponse:
    finding = check_file(cast(BinaryIO, upload.file))
    if finding.verdict not in OURS:
        note_miss(request)
    context = {"finding": finding, "is_ours": finding.verdict in OURS, "name": upload.name}
    if finding.verdict is not Verdict.UNCHANGED:
        context["signed"] = found_in(cast(BinaryIO, upload.file))
    if finding.known:
        context |= _facts(request, finding.known)
    return render(request, "verifying/file.html", {**context, "drop": DropForm()})


def _facts(request: HttpRequest, known: Known) -> dict[str, Any]:
    standing, who = known.standing, acting(request)
    may_read = standing.is_public or bool(
        standing.permission and who.has_perm(standing.permission, standing.thing)
    )
    signatures = known.signatures() if may_read else []
    return {
        "known": known,
        "version": known.version,
        "standing": standing,
        "tag": TAGS[standing.state],
        "may_read": may_read,
        "signatures": [(one, legal_standing(one), proven_of(one)) for one in signatures],
        "has_signed_pdf": any(one.method in BY_CERTIFICATE for one in signatures),
        "named": _named(known) if may_read and not signatures else [],
        "illustration": standing.is_illustration or known.version.is_illustration,
    }


def _named(known: Known) -> list[Signatory]:
    """Return who is to sign as the paper itself says, with the name of each that it names."""
    official = known.version.official
    return [one for one in from_data(official).signatories if one.name] if official else []


def _barred(request: HttpRequest) -> HttpResponse:
    return render(request, "verifying/barred.html", status=429)
