"""Signing with a certificate: a PDF signed at the office's own machine, or a key held here."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from thidua.accounts.models import Appointment
from thidua.core.errors import Invalid
from thidua.covenants.actions.by_certificate import sign_by_held_key, sign_by_upload
from thidua.covenants.models import Covenant
from thidua.covenants.queries import parties_of
from thidua.documents.actions import authorization_of
from thidua.documents.actions.held_keys import held_key_of
from thidua.documents.certified import remark_of
from thidua.documents.models import Signature
from thidua.documents.signed_pdfs import signed_pdf_of
from thidua.documents.verifying import LEGAL
from thidua.files.uploads import MEGABYTE, most_bytes
from thidua.web import second_factor
from thidua.web.access import acting, bind, confirm_first, perform, signed_in
from thidua.web.ceremonies.doors import after_signing
from thidua.web.covenants.doors import find_for, head_facts
from thidua.web.covenants.signing import (
    ANSWER,
    no_longer_theirs,
    organization_shown,
    what_was_signed,
)
from thidua.web.covenants.standing import standing_of
from thidua.web.proof import ProofForm, proof_asked, prove
from thidua.web.upload import FileField

Door = tuple[Covenant, Appointment]


class UploadForm(forms.Form):
    """The PDF that the office signed."""

    file = FileField(
        label=gettext_lazy("Tệp PDF đã ký số"),
        help_text=gettext_lazy("Chính tệp vừa tải ở trên, sau khi đã ký bằng phần mềm ký số."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].widget.attrs["accept"] = ".pdf"


def door_to_sign(request: HttpRequest, pk: int) -> Door | HttpResponse:
    """Return the covenant and by which appointment this person may sign it now, or where to go."""
    if moved := no_longer_theirs(request):
        messages.error(request, moved)
        return redirect("work:index")
    who, covenant = acting(request), find_for(request, pk, ANSWER)
    standing = standing_of(covenant, who, parties_of(covenant))
    if not standing.may_sign or standing.appointment is None:
        messages.error(request, standing.why_not)
        return redirect("covenants:show", pk)
    return covenant, standing.appointment


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the file to be signed, and take it back signed."""
    door = door_to_sign(request, pk)
    if isinstance(door, HttpResponse):
        return door
    covenant = door[0]
    form = bind(UploadForm, request)
    if form.is_valid() and (signature := perform(form, _upload, request, covenant, form)):
        return tell_signed(request, covenant, signature)
    version = covenant.version
    newest = signed_pdf_of(version) if version else None
    told = {"has_signed_pdf": newest is not None, "legal": LEGAL[Signature.Method.UPLOAD]}
    return _page(request, "upload", door, form=form, **told)


def _upload(request: HttpRequest, covenant: Covenant, form: UploadForm) -> Signature:
    sent = form.cleaned_data["file"]
    if (sent.size or 0) > most_bytes():
        told = {"limit": most_bytes() // MEGABYTE}
        sentence = _("Tệp nặng quá %(limit)d MB. Tệp đã ký chỉ nặng hơn bản tải về một chút.")
        raise Invalid(sentence % told, field="file")
    return sign_by_upload(
        covenant,
        by=acting(request),
        digest=request.POST.get("digest", ""),
        organization_id=organization_shown(request),
        uploaded=sent.read(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def held(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign with the unit's key that is held here, once the person confirmed by a second factor."""
    door = door_to_sign(request, pk)
    if isinstance(door, HttpResponse):
        return door
    covenant = door[0]
    key = held_key_of(acting(request).organization_id)
    if key is None:
        messages.error(request, _("Hệ thống không giữ khóa nào của đơn vị bạn."))
        return redirect("covenants:sign", pk)
    has_factor = bool(second_factor.factors_of(request))
    form = ProofForm(request.POST or None, proof=proof_asked(request))
    if form.is_bound and form.proof.kind == "key":
        return confirm_first(request, keeps=False)
    is_proven = has_factor and form.is_valid() and prove(form, request)
    if is_proven and (signature := perform(form, _held, request, covenant)):
        return tell_signed(request, covenant, signature)
    told = {"key": key, "has_factor": has_factor, "legal": LEGAL[Signature.Method.HELD_KEY]}
    return _page(request, "held_key", door, form=form, **told)


def _held(request: HttpRequest, covenant: Covenant) -> Signature:
    return sign_by_held_key(
        covenant,
        by=acting(request),
        digest=request.POST.get("digest", ""),
        organization_id=organization_shown(request),
    )


def tell_signed(request: HttpRequest, covenant: Covenant, signature: Signature) -> HttpResponse:
    """Say what was signed, and what was other than wished: side by side, or without a stamp."""
    proof = signature.certified
    messages.success(request, what_was_signed(request, covenant.pk, acting(request)))
    if not proof.is_in_turn:
        sentence = _(
            "Đơn vị khác đã ký trên tệp trước bạn, nên chữ ký của bạn được giữ thành một tệp "
            "riêng, song song. Cả hai đều được tính."
        )
        messages.info(request, sentence)
    if remark := remark_of(proof):
        messages.warning(request, remark)
    return redirect(after_signing(request, covenant))


def _page(request: HttpRequest, template: str, door: Door, **told: Any) -> HttpResponse:
    covenant, appointment = door
    context = {
        **head_facts(covenant),
        "appointment": appointment,
        "authorization": authorization_of(appointment),
        **told,
    }
    status = 422 if told["form"].errors else 200
    return render(request, f"covenants/{template}.html", context, status=status)
